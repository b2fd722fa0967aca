/** The template as the rules read it: resources by logical id, and what leads from one to the other. */
import { z } from 'zod';

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
const templateSchema = z.looseObject({ Resources: z.record(z.string(), resourceSchema) });

export type Resource = z.infer<typeof resourceSchema>;
export type Resources = Readonly<Record<string, Resource>>;

export const readResources = (template: unknown): Resources => templateSchema.parse(template).Resources;

/** Something in the template that a rule does not allow. `detail` tells several findings of one resource apart. */
export interface Finding {
  readonly resource: string;
  readonly detail: string;
}

export interface Rule {
  /** Stands behind `Nachschub-` where a finding is acknowledged. */
  readonly name: string;
  /** What goes wrong without it. */
  readonly why: string;
  readonly check: (resources: Resources) => Finding[];
}

/** Every resource of a type. */
export function ofType(
  resources: Resources,
  type: string,
): { readonly id: string; readonly resource: Resource; readonly properties: Resource['Properties'] }[] {
  return Object.entries(resources).flatMap(([id, resource]) => (resource.Type === type ? [{ id, resource, properties: resource.Properties }] : []));
}

const referenceSchema = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref: id }) => id),
  z
    .object({ 'Fn::GetAtt': z.union([z.tuple([z.string(), z.string()]).transform(([id]) => id), z.string().transform((text) => text.split('.')[0] ?? '')]) })
    .transform(({ 'Fn::GetAtt': id }) => id),
]);

/** The logical id that a `Ref` or `Fn::GetAtt` leads to; undefined for anything else. */
export const idIn = (value: unknown): string | undefined => referenceSchema.safeParse(value).data;

/** One or many: IAM allows both spellings. */
export const oneOrMany = <Item extends z.ZodType>(item: Item) => z.union([item.transform((one) => [one]), z.array(item)]);

/** An ARN or a name as text, with what is only known when it is deployed as `<LogicalId.Attribute>`. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const join = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }).safeParse(value);
  if (join.success) return join.data['Fn::Join'][1].map(textOf).join(join.data['Fn::Join'][0]);
  const sub = z.object({ 'Fn::Sub': z.string() }).safeParse(value);
  if (sub.success) return sub.data['Fn::Sub'];
  const attribute = z.object({ 'Fn::GetAtt': z.array(z.string()) }).safeParse(value);
  if (attribute.success) return `<${attribute.data['Fn::GetAtt'].join('.')}>`;
  const id = idIn(value);
  return id === undefined ? JSON.stringify(value) : `<${id}>`;
}

/** The roles of the template with everything that speaks for them, and which function has which. */
import { z } from 'zod';
import type { ResolvedResource } from '../template/read-assembly.ts';
import { managedPolicy } from './managed-policies.ts';
import { readDocument, type Statement } from './policy-document.ts';

export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly trust: readonly Statement[];
  readonly statements: readonly Statement[];
}

const roleSchema = z.strictObject({
  RoleName: z.string().optional(),
  Description: z.string().optional(),
  Path: z.literal('/').optional(),
  MaxSessionDuration: z.number().optional(),
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() })).default([]),
  Tags: z.unknown().optional(),
});
/** Of `AWS::IAM::Policy` and `AWS::IAM::ManagedPolicy`; users and groups are nobody here. */
const attachedSchema = z.strictObject({
  PolicyName: z.string().optional(),
  ManagedPolicyName: z.string().optional(),
  Description: z.string().optional(),
  Path: z.string().optional(),
  PolicyDocument: z.unknown(),
  Roles: z.array(z.string()).default([]),
});

type Resources = readonly ResolvedResource[];

export function read<Schema extends z.ZodType>({ logicalId, type, properties }: ResolvedResource, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(properties);
  if (!parsed.success) throw new Error(`${logicalId} (${type}): ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

export const ofType = (resources: Resources, ...types: readonly string[]): ResolvedResource[] => resources.filter(({ type }) => types.includes(type));

/** By name. @throws Error naming the resource that is not understood */
export function rolesOf(resources: Resources): Map<string, Role> {
  const attached = ofType(resources, 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').map((resource) => ({ resource, ...attachmentOf(resource) }));
  const roles = ofType(resources, 'AWS::IAM::Role').map((resource): [string, Role] => {
    const { trust, managed, inline } = ownOf(resource);
    const owner = labelOf(resource);
    const named = managed.flatMap((arn) => attached.find(({ resource: policy }) => policy.ref === arn)?.statements ?? managedPolicy(owner, arn));
    const others = attached.filter(({ roles: names }) => names.includes(resource.name)).flatMap(({ statements }) => statements);
    return [resource.name, { name: resource.name, arn: resource.attributes['Arn'] ?? '', trust, statements: [...named, ...inline, ...others] }];
  });
  const byName = new Map(roles);
  for (const { resource, roles: names } of attached)
    for (const name of names) if (!byName.has(name)) throw new Error(`${labelOf(resource)} speaks for ${name}, which is no role of the template`);
  return byName;
}

const labelOf = ({ logicalId, type }: ResolvedResource): string => `${logicalId} (${type})`;

/** Documents are read once each: whoever changes one resource and decides again pays for that one alone. */
export function oncePerResource<Read>(make: (resource: ResolvedResource) => Read): (resource: ResolvedResource) => Read {
  const made = new WeakMap<ResolvedResource, Read>();
  return (resource) => {
    const known = made.get(resource);
    if (known !== undefined) return known;
    const now = make(resource);
    made.set(resource, now);
    return now;
  };
}

const attachmentOf = oncePerResource((resource) => {
  const { PolicyDocument, Roles: roles } = read(resource, attachedSchema);
  return { roles, statements: readDocument(labelOf(resource), 'identity', PolicyDocument) };
});

const ownOf = oncePerResource((resource) => {
  const { AssumeRolePolicyDocument, ManagedPolicyArns: managed, Policies } = read(resource, roleSchema);
  const owner = labelOf(resource);
  const inline = Policies.flatMap(({ PolicyName, PolicyDocument }) => readDocument(`${owner}, policy ${PolicyName}`, 'identity', PolicyDocument));
  return { managed, inline, trust: readDocument(owner, 'trust', AssumeRolePolicyDocument) };
});

const functionSchema = z.looseObject({ Role: z.string() });
const roleArnOf = oncePerResource((resource) => read(resource, functionSchema).Role);

/** Function name → role. @throws Error naming a function whose role is not in the template */
export function rolesOfFunctions(resources: Resources, roles: ReadonlyMap<string, Role>): Map<string, Role> {
  const byArn = new Map([...roles.values()].map((role) => [role.arn, role]));
  return new Map(
    ofType(resources, 'AWS::Lambda::Function').map((resource) => {
      const role = byArn.get(roleArnOf(resource));
      if (role === undefined) throw new Error(`${labelOf(resource)} has no role of the template`);
      return [resource.name, role];
    }),
  );
}

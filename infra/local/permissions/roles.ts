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
    const { AssumeRolePolicyDocument, ManagedPolicyArns, Policies } = read(resource, roleSchema);
    const owner = `${resource.logicalId} (${resource.type})`;
    const managed = ManagedPolicyArns.flatMap((arn) => attached.find(({ resource: policy }) => policy.ref === arn)?.statements ?? managedPolicy(owner, arn));
    const inline = Policies.flatMap(({ PolicyName, PolicyDocument }) => readDocument(`${owner}, policy ${PolicyName}`, 'identity', PolicyDocument));
    const others = attached.filter(({ roles: names }) => names.includes(resource.name)).flatMap(({ statements }) => statements);
    return [
      resource.name,
      {
        name: resource.name,
        arn: resource.attributes['Arn'] ?? '',
        trust: readDocument(owner, 'trust', AssumeRolePolicyDocument),
        statements: [...managed, ...inline, ...others],
      },
    ];
  });
  const byName = new Map(roles);
  for (const { resource, roles: names } of attached)
    for (const name of names)
      if (!byName.has(name)) throw new Error(`${resource.logicalId} (${resource.type}) speaks for ${name}, which is no role of the template`);
  return byName;
}

/** Documents are read once each: whoever changes one resource and decides again pays for that one alone. */
const attachments = new WeakMap<ResolvedResource, { roles: readonly string[]; statements: Statement[] }>();
function attachmentOf(resource: ResolvedResource): { roles: readonly string[]; statements: Statement[] } {
  const known = attachments.get(resource);
  if (known !== undefined) return known;
  const { PolicyDocument, Roles } = read(resource, attachedSchema);
  const made = { roles: Roles, statements: readDocument(`${resource.logicalId} (${resource.type})`, 'identity', PolicyDocument) };
  attachments.set(resource, made);
  return made;
}

const functionSchema = z.looseObject({ Role: z.string() });

/** Function name → role. @throws Error naming a function whose role is not in the template */
export function rolesOfFunctions(resources: Resources, roles: ReadonlyMap<string, Role>): Map<string, Role> {
  const byArn = new Map([...roles.values()].map((role) => [role.arn, role]));
  return new Map(
    ofType(resources, 'AWS::Lambda::Function').map((resource) => {
      const role = byArn.get(read(resource, functionSchema).Role);
      if (role === undefined) throw new Error(`${resource.logicalId} (${resource.type}) has no role of the template`);
      return [resource.name, role];
    }),
  );
}

/** Policy documents as the template writes them. A strict subset: what is not understood stops the start, since ignoring it might allow more than AWS would. */
import { z } from 'zod';
import { conditionSchema, readConditions, type Condition } from './conditions.ts';

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** Only in documents that belong to a resource. */
  readonly principals: readonly StatedPrincipal[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

/** `*` is everybody, a service goes by its domain, and the rest are ARNs and account numbers. */
export type StatedPrincipal = { readonly kind: 'everybody' } | { readonly kind: 'service' | 'account' | 'role'; readonly name: string };

/** `identity` hangs on a role, `resource` on what is called, `trust` says who may take a role on. */
export type DocumentKind = 'identity' | 'resource' | 'trust';

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]);
const principalSchema = z.union([z.literal('*'), z.strictObject({ AWS: texts.optional(), Service: texts.optional() })]);
const members = {
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  // A name that IAM could never match is a slip of the pen: `dynamodb.GetItem`, `GetItem`.
  Action: z.union([z.literal('*').transform((one) => [one]), texts]).pipe(z.array(z.string().regex(/^(\*|[a-z0-9-]+:[A-Za-z*?]+)$/))),
  Condition: conditionSchema,
};
const documentOf = <Statement extends z.ZodType>(statement: Statement) =>
  z.strictObject({
    Version: z.literal('2012-10-17'),
    Id: z.string().optional(),
    Statement: z.preprocess((one): unknown => (Array.isArray(one) ? one : [one]), z.array(statement)),
  });
const SCHEMAS = {
  identity: documentOf(z.strictObject({ ...members, Resource: texts })),
  resource: documentOf(z.strictObject({ ...members, Resource: texts, Principal: principalSchema })),
  trust: documentOf(z.strictObject({ ...members, Principal: principalSchema })),
};

/** @throws Error naming `owner` and what about its document is not understood */
export function readDocument(owner: string, kind: DocumentKind, document: unknown): Statement[] {
  const parsed = SCHEMAS[kind].safeParse(document);
  if (!parsed.success) throw new Error(`${owner}: its policy document is not understood here: ${z.prettifyError(parsed.error)}`);
  return parsed.data.Statement.map((statement) => {
    const resources = 'Resource' in statement ? statement.Resource : ['*'];
    const variable = [...resources, ...Object.values(statement.Condition).flatMap((byKey) => Object.values(byKey).flat())].find((text) => text.includes('${'));
    if (variable !== undefined) throw new Error(`${owner}: the policy variable in ${variable} is not understood here`);
    try {
      return {
        effect: statement.Effect,
        principals: 'Principal' in statement ? principalsOf(statement.Principal) : [],
        actions: statement.Action,
        resources,
        conditions: readConditions(statement.Condition),
      };
    } catch (cause) {
      throw new Error(`${owner}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  });
}

function principalsOf(principal: z.infer<typeof principalSchema>): StatedPrincipal[] {
  if (principal === '*') return [{ kind: 'everybody' }];
  const services = (principal.Service ?? []).map((name): StatedPrincipal => ({ kind: 'service', name }));
  return [...services, ...(principal.AWS ?? []).map(awsPrincipal)];
}

/** `arn:aws:iam::<account>:root`, or the number alone, means the whole account. */
export function awsPrincipal(text: string): StatedPrincipal {
  if (text === '*') return { kind: 'everybody' };
  const account = /^(?:arn:[a-z-]+:iam::)?(\d{12})(?::root)?$/.exec(text)?.[1];
  if (account !== undefined) return { kind: 'account', name: account };
  if (/^arn:[a-z-]+:iam::\d{12}:role\/[^*?]+$/.test(text)) return { kind: 'role', name: text };
  throw new Error(`the principal ${text} is not understood here`);
}

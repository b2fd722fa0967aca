/**
 * AWS IoT policies, as far as the template and the authorizer use them. What is not understood here is refused when the document
 * is read, by the policy's name: a statement that was skipped would allow, or forbid, something else than it does on AWS.
 */
import { z } from 'zod';
import { resourcePattern, type PolicyContext, type ResourcePattern } from './policy-resource.ts';

export const ACTIONS = ['iot:Connect', 'iot:Publish', 'iot:RetainPublish', 'iot:Receive', 'iot:Subscribe'] as const;
export type Action = (typeof ACTIONS)[number];

/** The kind of resource that an action is about (AWS IoT developer guide, “Action resources”). */
const RESOURCE_KINDS = {
  'iot:Connect': 'client',
  'iot:Publish': 'topic',
  'iot:RetainPublish': 'topic',
  'iot:Receive': 'topic',
  'iot:Subscribe': 'topicfilter',
} as const satisfies Record<Action, string>;

/** Quota “Maximum policy document size”: 2,048 characters without white space. */
const DOCUMENT_CHARACTERS_MAX = 2_048;

/** A policy as the template has it. */
export type PolicyDocument = Readonly<{ name: string; document: unknown }>;
export type Effect = 'Allow' | 'Deny';
/** Which effects a policy has on an action; the resource is a client id, a topic or a topic filter. */
export type EffectsOn = (action: Action, resource: string) => readonly Effect[];
export type Policy = Readonly<{ name: string; of: (context: PolicyContext) => EffectsOn }>;

const oneOrMore = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (Array.isArray(value) ? (value as unknown[]) : [value]), z.array(schema).min(1));
const booleanText = z.preprocess((value) => (typeof value === 'boolean' ? String(value) : value), z.enum(['true', 'false']));

const IS_ATTACHED = 'iot:Connection.Thing.IsAttached';
const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore(z.enum(ACTIONS)),
  Resource: oneOrMore(z.string()),
  Condition: z.strictObject({ Bool: z.strictObject({ [IS_ATTACHED]: oneOrMore(booleanText) }) }).optional(),
});
const documentSchema = z.strictObject({ Version: z.literal('2012-10-17'), Id: z.string().optional(), Statement: oneOrMore(statementSchema) });

/** Throws an Error that names the policy and what of it is not understood. */
export function readPolicy({ name, document }: PolicyDocument): Policy {
  const { data, error } = documentSchema.safeParse(document);
  if (error !== undefined) throw new Error(`IoT policy ${name}: ${z.prettifyError(error)}`);
  const characters = JSON.stringify(document).length;
  if (characters > DOCUMENT_CHARACTERS_MAX) throw new Error(`IoT policy ${name}: ${characters} characters, where AWS takes ${DOCUMENT_CHARACTERS_MAX}`);
  const statements = data.Statement.map((statement) => {
    try {
      return readStatement(statement);
    } catch (cause) {
      throw new Error(`IoT policy ${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  });
  return {
    name,
    of: (context) => {
      const bound = statements.map((statement) => statement(context));
      return (action, resource) => bound.flatMap((effectOn) => effectOn(action, `${RESOURCE_KINDS[action]}/${resource}`) ?? []);
    },
  };
}

/** Tells of everything that the policy allows; what it is asked for and does not allow is none of its business. */
export const watched = ({ name, of }: Policy, allowed: (action: Action, resource: string, context: PolicyContext) => void): Policy => ({
  name,
  of: (context) => {
    const effectsOn = of(context);
    return (action, resource) => {
      const effects = effectsOn(action, resource);
      if (effects.includes('Allow')) allowed(action, resource, context);
      return effects;
    };
  },
});

type EffectOn = (action: Action, resource: string) => Effect | undefined;

function readStatement({ Effect: effect, Action: actions, Resource: resources, Condition: condition }: z.output<typeof statementSchema>) {
  const patterns = resources.map(resourcePattern);
  for (const action of actions) mustHaveResource(action, patterns);
  return (context: PolicyContext): EffectOn => {
    // A condition on a key that the connection does not have is not met.
    const attached = context[IS_ATTACHED];
    if (condition !== undefined && (attached === undefined || !condition.Bool[IS_ATTACHED].includes(attached))) return () => undefined;
    const matchers = patterns.map(({ matcher }) => matcher(context));
    return (action, resource) => (actions.includes(action) && matchers.some((matches) => matches(resource)) ? effect : undefined);
  };
}

/** An action on resources of other kinds only says nothing: on AWS it would be a permission, or worse a prohibition, that is not there. */
function mustHaveResource(action: Action, patterns: readonly ResourcePattern[]): void {
  const wanted = RESOURCE_KINDS[action];
  if (!patterns.some(({ kind }) => kind === 'any' || kind === wanted)) throw new Error(`${action} wants a resource ${wanted}/…`);
}

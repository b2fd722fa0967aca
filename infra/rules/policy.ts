/** Policy documents as rules read them. */
import { z } from 'zod';
import { oneOrMany, textOf } from './template.ts';

const statementSchema = z.looseObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMany(z.string()).default([]),
  NotAction: z.unknown().optional(),
  Resource: z.unknown().optional(),
  NotResource: z.unknown().optional(),
  Principal: z.unknown().optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
const documentSchema = z.looseObject({ Statement: oneOrMany(statementSchema) });

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** As text; `<Id.Arn>` for what another resource is called. */
  readonly resources: readonly string[];
  /** "Everything but": allows what nobody has thought of. */
  readonly isInverted: boolean;
  readonly principal: unknown;
  readonly conditions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const statementsOf = (document: unknown): Statement[] =>
  documentSchema.parse(document).Statement.map(({ Effect, Action, NotAction, Resource, NotResource, Principal, Condition }) => ({
    effect: Effect,
    actions: Action,
    resources: (Array.isArray(Resource) ? Resource : Resource === undefined ? [] : [Resource]).map(textOf),
    isInverted: NotAction !== undefined || NotResource !== undefined,
    principal: Principal,
    conditions: Condition,
  }));

export const allowed = (document: unknown): Statement[] => statementsOf(document).filter(({ effect }) => effect === 'Allow');

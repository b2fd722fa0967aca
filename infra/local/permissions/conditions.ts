/** The conditions that the template uses, and no more: one that is not understood might allow what AWS denies. */
import { z } from 'zod';
import { arnLike, textMatches } from './wildcard.ts';

/** What is known of a request beside who does what to which resource. A key that does not apply is absent, as on AWS. */
export const CONTEXT_KEYS = ['aws:SecureTransport', 'aws:SourceArn', 'aws:SourceAccount', 'kms:ViaService', 's3:TlsVersion', 'ses:FromAddress'] as const;
export type ContextKey = (typeof CONTEXT_KEYS)[number];
export type Context = Readonly<Partial<Record<ContextKey, string>>>;

type Test = (wanted: string, actual: string) => boolean;
interface Operator {
  readonly test: Test;
  /** A negated one holds when none of the values matches, and when the key is absent. */
  readonly negated: boolean;
}

const holds = (test: Test): Operator => ({ test, negated: false });
const holdsNot = (test: Test): Operator => ({ test, negated: true });
const equals: Test = (wanted, actual) => wanted === actual;

const OPERATORS = new Map<string, Operator>([
  ['NumericLessThan', holds((wanted, actual) => Number(actual) < Number(wanted))],
  ['Bool', holds((wanted, actual) => wanted.toLowerCase() === actual)],
  ['StringEquals', holds(equals)],
  ['StringNotEquals', holdsNot(equals)],
  ['StringLike', holds(textMatches)],
  ['StringNotLike', holdsNot(textMatches)],
  ['ArnEquals', holds(arnLike)],
  ['ArnLike', holds(arnLike)],
]);

export interface Condition {
  readonly key: ContextKey;
  readonly operator: Operator;
  readonly ifExists: boolean;
  /** One of them is enough. */
  readonly values: readonly string[];
}

const scalar = z.union([z.string(), z.boolean().transform(String), z.number().transform(String)]);
export const conditionSchema = z.record(z.string(), z.record(z.string(), z.union([scalar.transform((one) => [one]), z.array(scalar).min(1)]))).default({});

/** @throws Error naming the operator or key that is not understood */
export function readConditions(block: z.infer<typeof conditionSchema>): Condition[] {
  return Object.entries(block).flatMap(([name, byKey]) => {
    const ifExists = name.endsWith('IfExists');
    const operator = OPERATORS.get(ifExists ? name.slice(0, -'IfExists'.length) : name);
    if (operator === undefined) throw new Error(`the condition operator ${name} is not understood here`);
    return Object.entries(byKey).map(([key, values]) => {
      const known = CONTEXT_KEYS.find((candidate) => candidate.toLowerCase() === key.toLowerCase());
      if (known === undefined) throw new Error(`the condition key ${key} is not understood here`);
      return { key: known, operator, ifExists, values };
    });
  });
}

/** All of them must hold. */
export const conditionsHold = (conditions: readonly Condition[], context: Context): boolean =>
  conditions.every(({ key, operator: { test, negated }, ifExists, values }) => {
    const actual = context[key];
    if (actual === undefined) return ifExists || negated;
    return values.some((wanted) => test(wanted, actual)) !== negated;
  });

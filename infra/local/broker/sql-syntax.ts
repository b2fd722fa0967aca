/** What a rule may say: the strict subset of AWS IoT SQL, version 2016-03-23, that runs here. */

export type Literal = string | number | boolean | null;
export const COMPARISONS = ['=', '<>', '<', '>', '<=', '>='] as const;
export type Comparison = (typeof COMPARISONS)[number];

export type Operand =
  | Readonly<{ kind: 'literal'; value: Literal }>
  | Readonly<{ kind: 'path'; names: readonly string[] }>
  | Readonly<{ kind: 'encoded-payload' }>
  /** `level` counts from 1; without it the whole topic. */
  | Readonly<{ kind: 'topic'; level: number | undefined }>
  | Readonly<{ kind: 'timestamp' | 'clientid' | 'principal' | 'newuuid' }>;

export type Condition =
  | Operand
  | Readonly<{ kind: 'compare'; operator: Comparison; left: Condition; right: Condition }>
  | Readonly<{ kind: 'and' | 'or'; operands: readonly Condition[] }>
  | Readonly<{ kind: 'not'; operand: Condition }>
  | Readonly<{ kind: 'in'; operand: Condition; among: readonly Literal[] }>;

export type SelectItem = Readonly<{ kind: 'everything' }> | Readonly<{ kind: 'column'; name: string; operand: Operand }>;

export type Statement = Readonly<{ items: readonly SelectItem[]; filter: string; where: Condition | undefined }>;

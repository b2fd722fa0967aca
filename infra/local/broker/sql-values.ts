/** How AWS IoT SQL compares values. `undefined` is its Undefined: not a value, and no condition with it in it ever holds. */
import { isDeepStrictEqual } from 'node:util';
import type { Comparison } from './sql-syntax.ts';

/** JSON, or nothing. */
export type SqlValue = unknown;

/** The AND and OR tables: every operand a Boolean (or the text of one), else Undefined. */
export function combine(kind: 'and' | 'or', operands: readonly SqlValue[]): boolean | undefined {
  const truths = operands.map(truthOf);
  if (truths.includes(undefined)) return undefined;
  return kind === 'and' ? !truths.includes(false) : truths.includes(true);
}

export function negate(operand: SqlValue): boolean | undefined {
  const truth = truthOf(operand);
  return truth === undefined ? undefined : !truth;
}

/** `=` and `<>` want two values of one type; the others want two numbers, or texts that are numbers. */
export function compare(operator: Comparison, left: SqlValue, right: SqlValue): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (operator === '=') return isDeepStrictEqual(left, right);
  if (operator === '<>') return !isDeepStrictEqual(left, right);
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (a === undefined || b === undefined) return undefined;
  switch (operator) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      return operator satisfies never;
  }
}

function truthOf(value: SqlValue): boolean | undefined {
  const plain = typeof value === 'string' ? value.toLowerCase() : value;
  if (plain === true || plain === 'true') return true;
  return plain === false || plain === 'false' ? false : undefined;
}

function decimalOf(value: SqlValue): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? Number(value) : undefined;
}

/** Compiles a rule's SQL once, so that a message only runs it. */
import { randomUUID } from 'node:crypto';
import { SqlEvaluationError, SqlSyntaxError } from './sql-error.ts';
import { parseStatement } from './sql-parser.ts';
import type { Condition, Operand, SelectItem } from './sql-syntax.ts';
import { combine, compare, negate, type SqlValue } from './sql-values.ts';

/** What a rule knows of a message. */
export type RuleMessage = Readonly<{
  topic: string;
  payload: Buffer;
  clientId: string;
  principal: string;
  /** Milliseconds since 1970. */
  timestamp: number;
}>;

export type CompiledRule = Readonly<{
  filter: string;
  /** The new message, or undefined when WHERE does not hold. Throws a SqlEvaluationError when the payload is not what the rule needs. */
  evaluate: (message: RuleMessage) => object | undefined;
}>;

/** The message with its payload read as JSON at most once, and only when a rule touches a field. */
type Source = RuleMessage & { readonly fields: () => unknown };
type Evaluate = (source: Source) => SqlValue;

/** Throws a SqlSyntaxError that names the place and what was expected there. */
export function compileRule({ sql, awsIotSqlVersion = '2016-03-23' }: { sql: string; awsIotSqlVersion?: string }): CompiledRule {
  if (awsIotSqlVersion !== '2016-03-23') throw new SqlSyntaxError(0, "a rule of SQL version '2016-03-23'", awsIotSqlVersion);
  const { items, filter, where } = parseStatement(sql);
  const holds = where === undefined ? () => true : conditionOf(where);
  const columns = items.map(entriesOf);
  return {
    filter,
    evaluate: (message) => {
      const source = { ...message, fields: once(() => parsePayload(message.payload)) };
      if (holds(source) !== true) return undefined;
      // fromEntries defines members instead of assigning them: a field named __proto__ stays a field.
      return Object.fromEntries(columns.flatMap((column) => column(source)).filter(([, value]) => value !== undefined));
    },
  };
}

function entriesOf(item: SelectItem): (source: Source) => [string, SqlValue][] {
  if (item.kind === 'everything') return payloadEntries;
  const value = operandOf(item.operand);
  return (source) => [[item.name, value(source)]];
}

function payloadEntries(source: Source): [string, SqlValue][] {
  const payload = source.fields();
  if (!isObject(payload)) throw new SqlEvaluationError('SELECT * needs a payload that is a JSON object');
  return Object.entries(payload);
}

function conditionOf(condition: Condition): Evaluate {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const { kind } = condition;
      const operands = condition.operands.map(conditionOf);
      return (source) =>
        combine(
          kind,
          operands.map((operand) => operand(source)),
        );
    }
    case 'not': {
      const operand = conditionOf(condition.operand);
      return (source) => negate(operand(source));
    }
    case 'compare': {
      const { operator } = condition;
      const [left, right] = [conditionOf(condition.left), conditionOf(condition.right)];
      return (source) => compare(operator, left(source), right(source));
    }
    case 'in': {
      const { among } = condition;
      const operand = conditionOf(condition.operand);
      return (source) => {
        const value = operand(source);
        return value === undefined ? undefined : among.some((literal) => compare('=', value, literal));
      };
    }
    case 'literal':
    case 'path':
    case 'encoded-payload':
    case 'topic':
    case 'timestamp':
    case 'clientid':
    case 'principal':
    case 'newuuid':
      return operandOf(condition);
    default:
      return condition satisfies never;
  }
}

function operandOf(operand: Operand): Evaluate {
  switch (operand.kind) {
    case 'literal':
      return () => operand.value;
    case 'path':
      return (source) =>
        operand.names.reduce<unknown>((value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined), source.fields());
    case 'encoded-payload':
      return (source) => source.payload.toString('base64');
    case 'topic': {
      const { level } = operand;
      return level === undefined ? (source) => source.topic : (source) => source.topic.split('/')[level - 1];
    }
    case 'timestamp':
      return (source) => source.timestamp;
    case 'clientid':
      return (source) => source.clientId;
    case 'principal':
      return (source) => source.principal;
    case 'newuuid':
      return () => randomUUID();
    default:
      return operand satisfies never;
  }
}

function parsePayload(payload: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch (cause) {
    throw new SqlEvaluationError('the rule reads fields of a payload that is no JSON', { cause });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Reads a rule's SQL; whatever is outside the subset is refused here, when the rule is loaded, and not when a message comes. */
import { SqlSyntaxError } from './sql-error.ts';
import { COMPARISONS, type Condition, type Literal, type Operand, type SelectItem, type Statement } from './sql-syntax.ts';
import { tokenize, type Token } from './sql-tokens.ts';
import { TokenReader } from './token-reader.ts';
import { topicFilterProblem } from './topic-filter.ts';

const KEYWORDS = new Set(['SELECT', 'VALUE', 'FROM', 'WHERE', 'SET', 'AS', 'AND', 'OR', 'NOT', 'IN', 'EXISTS', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END']);
const CONSTANTS = new Map<string, Literal>([
  ['TRUE', true],
  ['FALSE', false],
  ['NULL', null],
]);
/** Parentheses and NOTs inside one another; deeper ones would only exhaust the stack. */
const NESTING_MAX = 32;

export function parseStatement(sql: string): Statement {
  const reader = new TokenReader(tokenize(sql));
  reader.needKeyword('SELECT');
  const items = readItems(reader);
  reader.needKeyword('FROM');
  const filter = readFilter(reader);
  const where = reader.takeKeyword('WHERE') ? readOr(reader, 0) : undefined;
  if (reader.next.kind !== 'end') reader.refuse(where === undefined ? 'WHERE or the end' : 'an operator or the end');
  return { items, filter, where };
}

function readItems(reader: TokenReader): SelectItem[] {
  const items: SelectItem[] = [];
  const names = new Set<string>();
  do {
    const item = readItem(reader, names);
    items.push(item);
    names.add(item.kind === 'everything' ? '*' : item.name);
  } while (reader.takeSymbol(',') !== undefined);
  return items;
}

function readItem(reader: TokenReader, taken: ReadonlySet<string>): SelectItem {
  if (reader.next.text === '*' && taken.has('*')) reader.refuse('"*" at most once');
  if (reader.takeSymbol('*') !== undefined) return { kind: 'everything' };
  let { position } = reader.next;
  const operand = readOperand(reader);
  // What AWS calls a column without AS is written down for a plain field only, so anything else has to name itself.
  let name = operand.kind === 'path' && operand.names.length === 1 ? operand.names[0] : undefined;
  if (name === undefined) reader.needKeyword('AS');
  if (name === undefined || reader.takeKeyword('AS')) {
    ({ position } = reader.next);
    name = readName(reader, 'a name after AS');
  }
  if (taken.has(name)) throw new SqlSyntaxError(position, 'a name that no earlier column has', name);
  return { kind: 'column', name, operand };
}

function readFilter(reader: TokenReader): string {
  if (reader.next.kind !== 'text') reader.refuse('a topic filter in single quotes');
  const problem = topicFilterProblem(reader.next.text);
  if (problem !== undefined) reader.refuse(problem);
  return reader.take().text;
}

function readOr(reader: TokenReader, depth: number): Condition {
  const first = readAnd(reader, depth);
  const more: Condition[] = [];
  while (reader.takeKeyword('OR')) more.push(readAnd(reader, depth));
  return more.length === 0 ? first : { kind: 'or', operands: [first, ...more] };
}

function readAnd(reader: TokenReader, depth: number): Condition {
  const first = readNot(reader, depth);
  const more: Condition[] = [];
  while (reader.takeKeyword('AND')) more.push(readNot(reader, depth));
  return more.length === 0 ? first : { kind: 'and', operands: [first, ...more] };
}

function readNot(reader: TokenReader, depth: number): Condition {
  if (depth > NESTING_MAX) reader.refuse(`at most ${NESTING_MAX} levels of nesting`);
  return reader.takeKeyword('NOT') ? { kind: 'not', operand: readNot(reader, depth + 1) } : readComparison(reader, depth);
}

function readComparison(reader: TokenReader, depth: number): Condition {
  const left = readTerm(reader, depth);
  if (reader.takeKeyword('IN')) return { kind: 'in', operand: left, among: readList(reader) };
  const operator = reader.takeSymbol(...COMPARISONS);
  return operator === undefined ? left : { kind: 'compare', operator, left, right: readTerm(reader, depth) };
}

function readTerm(reader: TokenReader, depth: number): Condition {
  if (reader.takeSymbol('(') === undefined) return readOperand(reader);
  const inner = readOr(reader, depth + 1);
  reader.needSymbol(')');
  return inner;
}

function readList(reader: TokenReader): Literal[] {
  reader.needSymbol('[');
  const among: Literal[] = [];
  do {
    const literal = readLiteral(reader);
    among.push(literal === undefined ? reader.refuse('a literal') : literal);
  } while (reader.takeSymbol(',') !== undefined);
  reader.needSymbol(']');
  return among;
}

function readOperand(reader: TokenReader): Operand {
  const literal = readLiteral(reader);
  if (literal !== undefined) return { kind: 'literal', value: literal };
  const first = reader.next;
  const names = [readName(reader, 'a field, a literal or a function')];
  if (reader.takeSymbol('(') !== undefined) return readCall(reader, first);
  while (reader.takeSymbol('.') !== undefined) names.push(readName(reader, 'a field'));
  return { kind: 'path', names };
}

/** The function's name and "(" have been taken. */
function readCall(reader: TokenReader, { text, position }: Token): Operand {
  const operand = readArguments(reader, text.toLowerCase());
  if (operand === undefined) throw new SqlSyntaxError(position, 'one of the functions encode, topic, timestamp, clientid, principal and newuuid', text);
  reader.needSymbol(')');
  return operand;
}

function readArguments(reader: TokenReader, name: string): Operand | undefined {
  switch (name) {
    case 'encode':
      for (const symbol of ['*', ',']) reader.needSymbol(symbol);
      if (reader.next.kind !== 'text' || reader.next.text !== 'base64') reader.refuse("'base64'");
      reader.take();
      return { kind: 'encoded-payload' };
    case 'topic':
      return { kind: 'topic', level: reader.next.kind === 'number' ? readLevel(reader) : undefined };
    case 'timestamp':
    case 'clientid':
    case 'principal':
    case 'newuuid':
      return { kind: name };
    default:
      return undefined;
  }
}

function readLevel(reader: TokenReader): number {
  const level = Number(reader.next.text);
  if (!Number.isSafeInteger(level) || level < 1) reader.refuse('a level of the topic, from 1');
  reader.take();
  return level;
}

function readLiteral(reader: TokenReader): Literal | undefined {
  const { kind, text } = reader.next;
  if (kind === 'text') return reader.take().text;
  if (kind === 'word') {
    const constant = CONSTANTS.get(text.toUpperCase());
    if (constant !== undefined) reader.take();
    return constant;
  }
  if (kind !== 'number') return undefined;
  const value = Number(text);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) reader.refuse('a number between -2^53 and 2^53');
  reader.take();
  return value;
}

function readName(reader: TokenReader, expected: string): string {
  const { kind, text } = reader.next;
  const upper = text.toUpperCase();
  if (kind !== 'word' || KEYWORDS.has(upper) || CONSTANTS.has(upper)) reader.refuse(expected);
  return reader.take().text;
}

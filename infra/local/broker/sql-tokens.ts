/** Cuts the text of a rule into tokens. */
import { SqlSyntaxError } from './sql-error.ts';

export type Token = Readonly<{
  kind: 'word' | 'text' | 'number' | 'symbol' | 'end';
  /** As written; of a text literal what stands between the quotes. */
  text: string;
  /** From 1. */
  position: number;
}>;

/** No rule of ours has a tenth of this; a limit keeps reading short. */
const SQL_LENGTH_MAX = 16_384;

const PATTERNS = [
  ['word', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['text', /'(?:[^']|'')*'/y],
  ['symbol', /<>|<=|>=|[<>=*,.()[\]]/y],
] as const;

export function tokenize(sql: string): Token[] {
  if (sql.length > SQL_LENGTH_MAX) throw new SqlSyntaxError(SQL_LENGTH_MAX + 1, `a rule of at most ${SQL_LENGTH_MAX} characters`);
  const tokens: Token[] = [];
  let at = skipSpace(sql, 0);
  while (at < sql.length) {
    const token = tokenAt(sql, at);
    tokens.push(token.token);
    at = skipSpace(sql, token.end);
  }
  tokens.push({ kind: 'end', text: '', position: sql.length + 1 });
  return tokens;
}

function tokenAt(sql: string, at: number): { token: Token; end: number } {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const text = pattern.exec(sql)?.[0];
    if (text === undefined) continue;
    return { token: { kind, text: kind === 'text' ? text.slice(1, -1).replaceAll("''", "'") : text, position: at + 1 }, end: at + text.length };
  }
  const expected = sql[at] === "'" ? 'a text that ends with a single quote' : 'a name, a number, a text in single quotes or an operator';
  throw new SqlSyntaxError(at + 1, expected, JSON.stringify(sql.slice(at, at + 12)));
}

function skipSpace(sql: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(sql[at] ?? '-')) at += 1;
  return at;
}

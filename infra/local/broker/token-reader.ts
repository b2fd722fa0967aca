/** Walks over the tokens of a rule, one at a time. */
import { SqlSyntaxError } from './sql-error.ts';
import type { Token } from './sql-tokens.ts';

export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  #index = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    this.#end = tokens.at(-1) ?? { kind: 'end', text: '', position: 1 };
  }

  get next(): Token {
    return this.#tokens[this.#index] ?? this.#end;
  }

  /** Takes the next token whatever it is. */
  take(): Token {
    const token = this.next;
    this.#index += 1;
    return token;
  }

  /** Takes the next token if it is one of these symbols. */
  takeSymbol<S extends string>(...symbols: readonly S[]): S | undefined {
    const { kind, text } = this.next;
    const found = kind === 'symbol' ? symbols.find((symbol) => symbol === text) : undefined;
    if (found !== undefined) this.#index += 1;
    return found;
  }

  /** Takes the next token if it is this keyword, in any case. */
  takeKeyword(keyword: string): boolean {
    const { kind, text } = this.next;
    const found = kind === 'word' && text.toUpperCase() === keyword;
    if (found) this.#index += 1;
    return found;
  }

  needSymbol(symbol: string): void {
    if (this.takeSymbol(symbol) === undefined) this.refuse(`"${symbol}"`);
  }

  needKeyword(keyword: string): void {
    if (!this.takeKeyword(keyword)) this.refuse(keyword);
  }

  /** Refuses the token that comes next. */
  refuse(expected: string): never {
    const { kind, text, position } = this.next;
    throw new SqlSyntaxError(position, expected, kind === 'end' ? 'the end' : JSON.stringify(text));
  }
}

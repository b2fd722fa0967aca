/** In which line of a JSON text something stands that a refusal names by its path. */
export interface Fault {
  readonly message: string;
  /** From 1. */
  readonly line?: number;
  readonly isNotJson?: true;
}

/** @param detail `rules.factors.2.weight: expected …` @param root the beginning of the path that is the text itself */
export function faultInText(text: string, detail: string | undefined, root: string): Fault | undefined {
  try {
    JSON.parse(text);
  } catch (error) {
    return { message: error instanceof Error ? error.message : 'JSON', isNotJson: true };
  }
  const [, path, message] = /^([^:]*): (.*)$/s.exec(detail ?? '') ?? [];
  if (path === undefined || message === undefined) return undefined;
  if (!path.startsWith(root)) return { message: `${path}: ${message}` };
  return { message, line: lineOf(text, path.slice(root.length).split('.').filter(Boolean)) };
}

/** Of a text that is JSON; of what is not in it, the line of the nearest that is. @param path names and places, outermost first */
export function lineOf(text: string, path: readonly string[]): number {
  const walk = new Walk(text);
  return text.slice(0, walk.find(path)).split('\n').length;
}

class Walk {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the value begins; where it is not there, where the one around it does. */
  find(path: readonly string[]): number {
    this.#skip();
    const start = this.#at;
    const [wanted, ...rest] = path;
    if (wanted === undefined) return start;
    const open = this.#text[this.#at];
    if (open !== '{' && open !== '[') return start;
    this.#at += 1;
    for (let index = 0; ; index += 1) {
      this.#skip();
      if (this.#text[this.#at] === '}' || this.#text[this.#at] === ']') return start;
      const name = open === '{' ? this.#name() : String(index);
      if (name === wanted) return this.find(rest);
      this.#value();
      this.#skip();
      if (this.#text[this.#at] === ',') this.#at += 1;
    }
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #name(): string {
    const start = this.#at;
    this.#string();
    const name: unknown = JSON.parse(this.#text.slice(start, this.#at));
    this.#skip();
    this.#at += 1;
    this.#skip();
    return String(name);
  }

  #string(): void {
    this.#at += 1;
    while (this.#text[this.#at] !== '"') this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    this.#at += 1;
  }

  #value(): void {
    let depth = 0;
    do {
      const sign = this.#text[this.#at];
      if (sign === '"') this.#string();
      else {
        if (sign === '{' || sign === '[') depth += 1;
        if (sign === '}' || sign === ']') depth -= 1;
        this.#at += 1;
      }
    } while (depth > 0 || !/[,}\]]/.test(this.#text[this.#at] ?? ','));
  }
}

/** Numbers as characters, so that a bank of them fits into a stored item: fixed point, two characters of base 64 for 4,096 steps. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES: ReadonlyMap<string, number> = new Map(Array.from(ALPHABET, (character, value) => [character, value]));

export interface Scale {
  readonly characters: 2 | 3;
  /** What is less, or more, is kept as this. */
  readonly least: number;
  readonly most: number;
}

const stepsOf = ({ characters }: Scale): number => 64 ** characters - 1;

function encodeOne(value: number, scale: Scale): string {
  const share = (Math.min(scale.most, Math.max(scale.least, value)) - scale.least) / (scale.most - scale.least);
  let rest = Math.round(share * stepsOf(scale));
  let text = '';
  for (let character = 0; character < scale.characters; character += 1) {
    text = (ALPHABET[rest % 64] ?? 'A') + text;
    rest = Math.floor(rest / 64);
  }
  return text;
}

/** @param head scales of the first numbers @param repeated scales of those after, again and again */
export const encode = (values: readonly number[], head: readonly Scale[], repeated: readonly Scale[]): string =>
  values.map((value, index) => encodeOne(value, scaleAt(index, head, repeated))).join('');

export function decode(text: string, head: readonly Scale[], repeated: readonly Scale[]): number[] {
  const values: number[] = [];
  for (let from = 0; from < text.length;) {
    const scale = scaleAt(values.length, head, repeated);
    let steps = 0;
    for (let character = 0; character < scale.characters; character += 1) steps = steps * 64 + (VALUES.get(text[from + character] ?? '') ?? 0);
    values.push(scale.least + (steps / stepsOf(scale)) * (scale.most - scale.least));
    from += scale.characters;
  }
  return values;
}

const NONE: Scale = { characters: 2, least: 0, most: 1 };
const scaleAt = (index: number, head: readonly Scale[], repeated: readonly Scale[]): Scale =>
  head[index] ?? repeated[(index - head.length) % repeated.length] ?? NONE;

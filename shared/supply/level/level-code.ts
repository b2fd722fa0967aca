/** Numbers as characters, so that a bank of them fits into a stored item: fixed point, two characters of base 64 for 4,096 steps. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const CODES = Array.from(ALPHABET, (character) => character.charCodeAt(0));
/** By character code; what is no character of ours counts as the first. */
const VALUES = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, CODES.indexOf(code)));

export interface Scale {
  readonly characters: 2 | 3;
  /** What is less, or more, is kept as this. */
  readonly least: number;
  readonly most: number;
}

const STEPS = { 2: 64 ** 2 - 1, 3: 64 ** 3 - 1 } as const;

/** @param scales one for each value */
export function encode(values: readonly number[], scales: readonly Scale[]): string {
  const codes: number[] = [];
  for (let index = 0; index < scales.length; index += 1) {
    const { characters, least, most } = scales[index] ?? NO_SCALE;
    const share = (Math.min(most, Math.max(least, values[index] ?? least)) - least) / (most - least);
    const steps = Math.round(share * STEPS[characters]);
    if (characters === 3) codes.push(CODES[steps >> 12] ?? 0);
    codes.push(CODES[(steps >> 6) & 63] ?? 0, CODES[steps & 63] ?? 0);
  }
  return String.fromCharCode(...codes);
}

export function decode(text: string, scales: readonly Scale[]): number[] {
  const numbers: number[] = [];
  let from = 0;
  for (let index = 0; index < scales.length; index += 1) {
    const { characters, least, most } = scales[index] ?? NO_SCALE;
    let steps = 0;
    for (const end = from + characters; from < end; from += 1) steps = steps * 64 + (VALUES[text.charCodeAt(from)] ?? 0);
    numbers.push(least + (steps / STEPS[characters]) * (most - least));
  }
  return numbers;
}
const NO_SCALE: Scale = { characters: 2, least: 0, most: 0 };

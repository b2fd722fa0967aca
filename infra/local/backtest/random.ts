/** Random numbers that can be drawn again: the same words give the same numbers, so that every method meets the same delays. */

/** A linear congruential generator (Numerical Recipes) from a text's FNV-1a hash; numbers above 0 and below 1. */
export function randomFrom(...words: readonly (string | number)[]): () => number {
  let state = 2_166_136_261;
  for (const character of words.join('\u0000')) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  // The first numbers of neighbouring seeds are alike.
  for (let turn = 0; turn < 8; turn += 1) state = next(state);
  return () => {
    state = next(state);
    return (state + 0.5) / 2 ** 32;
  };
}
const next = (state: number): number => (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;

/** Random draws that can be made again: the same words give the same numbers, so that a repeat of a choice is the same choice. */
import { digest } from '../../digest.ts';

/** Numbers above 0 and below 1, 32 bits each: SHA-256 in counter mode. */
export function drawsFrom(...words: readonly (string | number)[]): () => number {
  let [block, index, hex] = [0, 8, ''];
  return () => {
    if (index === 8) {
      hex = digest([...words, block], 64);
      [block, index] = [block + 1, 0];
    }
    const value = Number.parseInt(hex.slice(8 * index, 8 * index + 8), 16);
    index += 1;
    return (value + 0.5) / 2 ** 32;
  };
}

/** Box and Muller 1958. */
const normal = (draw: () => number): number => Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());

/** Marsaglia and Tsang 2000; below 1 by their remark on powers. @param shape above 0 */
function gamma(shape: number, draw: () => number): number {
  if (shape < 1) return gamma(shape + 1, draw) * draw() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(draw);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(draw()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** From Beta(yes, no), 0–1. @param yes, no above 0 */
export function drawBeta(yes: number, no: number, draw: () => number): number {
  const a = gamma(yes, draw);
  return a / (a + gamma(no, draw));
}

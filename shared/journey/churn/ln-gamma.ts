/** The logarithm of the gamma function and its derivative, to about fifteen digits for every argument above zero. */

/** Below it the recurrence Γ(x + 1) = x Γ(x) carries on to where Stirling's series has all digits. */
const SERIES_FROM = 15;
/** B₂ₙ / (2n(2n − 1)), n = 1…8: Abramowitz and Stegun 6.1.40. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1_260, -1 / 1_680, 1 / 1_188, -691 / 360_360, 1 / 156, -3_617 / 122_400];
const HALF_LN_TWO_PI = Math.log(2 * Math.PI) / 2;

/** @param x above 0; anything else gives NaN */
export function lnGamma(x: number): number {
  if (!(x > 0)) return NaN;
  let product = 1;
  let at = x;
  for (; at < SERIES_FROM; at += 1) product *= at;
  const inverse = 1 / (at * at);
  const series = STIRLING.reduceRight((sum, coefficient) => sum * inverse + coefficient, 0) / at;
  return (at - 0.5) * Math.log(at) - at + HALF_LN_TWO_PI + series - Math.log(product);
}

/** B₂ₙ / 2n, n = 1…8: Abramowitz and Stegun 6.3.18. */
const DIGAMMA = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32_760, 1 / 12, -3_617 / 8_160];

/** The derivative of ln Γ. @param x above 0; anything else gives NaN */
export function digamma(x: number): number {
  if (!(x > 0)) return NaN;
  let before = 0;
  let at = x;
  for (; at < SERIES_FROM; at += 1) before += 1 / at;
  const inverse = 1 / (at * at);
  return Math.log(at) - 1 / (2 * at) - inverse * DIGAMMA.reduceRight((sum, coefficient) => sum * inverse + coefficient, 0) - before;
}

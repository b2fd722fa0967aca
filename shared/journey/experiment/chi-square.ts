/** How likely chance alone is to be at least so far off. */

/**
 * The upper tail of the chi-square distribution, by its recurrence in the degrees of freedom (Abramowitz and Stegun 1964, 26.4.4–26.4.6).
 * @param distance 0 or more @param freedom 1, 2, 3 …
 */
export function tailOfChiSquare(distance: number, freedom: number): number {
  const isOdd = freedom % 2 === 1;
  let tail = isOdd ? tailOfNormal(Math.sqrt(distance)) : Math.exp(-distance / 2);
  // (x/2)^(k/2) e^(−x/2) / Γ(k/2 + 1), from one k to the next but one.
  let step = isOdd ? Math.sqrt((2 * distance) / Math.PI) * Math.exp(-distance / 2) : (distance / 2) * Math.exp(-distance / 2);
  for (let of = isOdd ? 1 : 2; of < freedom; of += 2) {
    tail += step;
    step *= distance / (of + 2);
  }
  return Math.min(1, tail);
}

/** Both tails of the normal distribution beyond ±z, to 1.5 in ten million: Hastings' rational form (Abramowitz and Stegun 1964, 7.1.26). @param z 0 or more */
export function tailOfNormal(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const [a, b, c, d, e] = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
  return t * (a + t * (b + t * (c + t * (d + t * e)))) * Math.exp(-(x ** 2));
}

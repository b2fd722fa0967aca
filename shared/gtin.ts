/** The number below a barcode: what makes it whole. Without zod, so that the app can tell a typing error while somebody types. */

/** From the right, digits weigh 3, 1, 3, … and the check digit fills up to the next ten (GS1 General Specifications §7.9). */
export function gtinCheckDigit(digitsWithoutCheck: string): number {
  const sum = Array.from(digitsWithoutCheck)
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

const LENGTHS: readonly number[] = [8, 12, 13, 14];

export type GtinProblem = 'not-digits' | 'wrong-length' | 'wrong-check-digit';

/** What a person has typed or a camera has read, without the spaces that are printed between the digits. */
export const gtinDigits = (typed: string): string => typed.replaceAll(/[\s-]/g, '');

/** What is wrong with a GTIN, or undefined. @param gtin as `gtinDigits` gives it */
export function gtinProblem(gtin: string): GtinProblem | undefined {
  if (!/^\d*$/.test(gtin)) return 'not-digits';
  if (!LENGTHS.includes(gtin.length)) return 'wrong-length';
  return gtinCheckDigit(gtin.slice(0, -1)) === Number(gtin.at(-1)) ? undefined : 'wrong-check-digit';
}

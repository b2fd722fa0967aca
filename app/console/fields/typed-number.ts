/** A number while somebody types it: not typed yet is no number, so that the schema asks for one. */
const NO_NUMBER = Number.NaN;
export const typedNumber = (typed: number | undefined): number => typed ?? NO_NUMBER;
export const shownNumber = (value: number | undefined): number | undefined => (Number.isNaN(value) ? undefined : value);

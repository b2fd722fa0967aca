/** What a litre, a kilogram or a piece costs. Runs in the app's first view too, so it imports only types. */
import type { BaseQuantity, Money } from '../values.ts';

const inThousandths = (amount: number): number => Math.round(amount * 1_000);

const PRICED_PER = { ml: { per: '1 l', amount: 1_000 }, g: { per: '1 kg', amount: 1_000 }, piece: { per: '1 piece', amount: 1 } } as const;

/**
 * The unit price that stands beside the total (PAngV §4, §5), cents rounded half up.
 * @param pack what the price buys, more than 0, to a thousandth of a base unit; throws a RangeError for nothing.
 */
export function unitPrice(price: Money, pack: BaseQuantity): { amountMinor: number; per: '1 l' | '1 kg' | '1 piece' } {
  const { per, amount } = PRICED_PER[pack.unit];
  const thousandths = inThousandths(pack.amount);
  if (thousandths < 1) throw new RangeError('a pack without an amount has no unit price');
  // In whole numbers below 2^53 (at most 2 × 10^8 cents × 10^6, and 10^11 thousandths): twice the cents plus one divisor, over twice the divisor, is half up.
  const numerator = 2 * price.amountMinor * amount * 1_000 + thousandths;
  const denominator = 2 * thousandths;
  return { amountMinor: (numerator - (numerator % denominator)) / denominator, per };
}

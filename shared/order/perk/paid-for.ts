/**
 * What is paid for each line once perks have taken their share. A voucher is spread over the lines by what they cost; what of a line does not come,
 * or goes back, costs and brings back what was paid for it. A perk that was promised stays, also where its minimum is no longer met. In cents.
 */
import type { Quote } from '../../event-parts.ts';
import { packsInstead, type LineProgress } from '../line-progress.ts';
import type { Gtin } from '../../values.ts';

/** What perks take off each line of the quote, at the same index; with a free delivery they sum to what all perks save. */
export function lineDiscounts({ lineItems, perks = [] }: Pick<Quote, 'lineItems' | 'perks'>): number[] {
  if (perks.length === 0) return lineItems.map(() => 0);
  const packs = lineItems.map((line) => perks.find(({ needId }) => needId === line.needId)?.saves.amountMinor ?? 0);
  const worth = lineItems.map(({ lineTotal }, index) => lineTotal.amountMinor - (packs[index] ?? 0));
  const goods = worth.reduce((sum, minor) => sum + minor, 0);
  const voucher = perks.find(({ kind }) => kind === 'voucher')?.saves.amountMinor ?? 0;
  let [reached, spread] = [0, 0];
  return worth.map((minor, index) => {
    reached += minor;
    // From the sums so far: the shares come to the voucher, to the cent, and none is more than its line.
    const until = goods === 0 ? 0 : Math.floor((voucher * reached) / goods);
    const share = until - spread;
    spread = until;
    return (packs[index] ?? 0) + share;
  });
}

/** What the delivery costs after perks. */
export const feePaid = ({ deliveryFee, perks = [] }: Pick<Quote, 'deliveryFee' | 'perks'>): number =>
  deliveryFee.amountMinor - (perks.find(({ kind }) => kind === 'free-delivery')?.saves.amountMinor ?? 0);

interface PaidLine {
  readonly own: number;
  /** For what came instead. */
  readonly other: number;
}

/** A line's discount goes with the worth of what came for it, rounded for the household, and is never more than all of it. */
function paidForLine(item: Quote['lineItems'][number], line: LineProgress | undefined, discount: number): PaidLine {
  const own = item.unitPrice.amountMinor * (line?.fulfilled ?? 0);
  const other = (line?.substitute?.unitPrice.amountMinor ?? 0) * packsInstead(line, 'fulfilled');
  const ordered = item.lineTotal.amountMinor;
  if (discount === 0 || own + other === 0 || ordered === 0) return { own, other };
  const off = Math.min(discount, Math.ceil((discount * (own + other)) / ordered));
  const offOwn = Math.floor((off * own) / (own + other));
  return { own: own - offOwn, other: other - (off - offOwn) };
}

const paidLines = (quote: Quote, lines: readonly LineProgress[]): PaidLine[] => {
  const discounts = lineDiscounts(quote);
  return quote.lineItems.map((item, index) => paidForLine(item, lines[index], discounts[index] ?? 0));
};

/** What the goods that came cost, with delivery: the most that may be charged for them. */
export const owedMinor = (quote: Quote, lines: readonly LineProgress[]): number =>
  paidLines(quote, lines).reduce((sum, { own, other }) => sum + own + other, feePaid(quote));

/** What was paid for all packs of each product that came. */
export function paidByProduct(quote: Quote, lines: readonly LineProgress[]): Map<Gtin, number> {
  const paid = new Map<Gtin, number>();
  const add = (gtin: Gtin, minor: number) => paid.set(gtin, (paid.get(gtin) ?? 0) + minor);
  for (const [index, { own, other }] of paidLines(quote, lines).entries()) {
    const [item, substitute] = [quote.lineItems[index], lines[index]?.substitute];
    if (item) add(item.gtin, own);
    if (substitute) add(substitute.gtin, other);
  }
  return paid;
}

/** What comes back for the first so many of the packs that came. All of them bring back all that was paid, and no part of them more. */
export const backFor = (paidMinor: number, packs: number, came: number): number =>
  came === 0 ? 0 : paidMinor - Math.floor((paidMinor * Math.max(0, came - packs)) / came);

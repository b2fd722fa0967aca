/**
 * What perks take off a basket: of each line every second pack, the delivery, and one voucher. Thresholds are judged by what the goods cost before
 * any perk, so that no perk spoils another, and none makes a basket dearer. In cents.
 */
import type { LineItem, Quote, QuotePerk } from '../../event-parts.ts';
import type { Perk } from '../../retailer/perk.ts';
import { euros, type Gtin, type Instant } from '../../values.ts';

type Priced = Pick<LineItem, 'gtin' | 'quantity' | 'unitPrice'>;
type Of<Kind extends Perk['kind']> = Extract<Perk, { kind: Kind }>;

/** What the best free packs of a line save. Nothing is added to a line for it: of three packs that are wanted one is free. */
export function freePacks(perks: readonly Perk[], { gtin, quantity, unitPrice }: Priced): { perk: Of<'buy-one-get-one'>; minor: number } | undefined {
  const minor = unitPrice.amountMinor * Math.floor(quantity / 2);
  const perk = minor > 0 ? perks.find((one): one is Of<'buy-one-get-one'> => one.kind === 'buy-one-get-one' && holds(one.gtins, gtin)) : undefined;
  return perk && { perk, minor };
}
const holds = (gtins: readonly Gtin[], gtin: Gtin): boolean => gtins.includes(gtin);

export interface BasketSums {
  readonly subtotalMinor: number;
  readonly freePacksMinor: number;
  readonly feeMinor: number;
}

/** The first that makes delivery free. */
function freeDelivery(perks: readonly Perk[], { subtotalMinor, feeMinor }: BasketSums): Of<'free-delivery'> | undefined {
  if (feeMinor === 0) return undefined;
  return perks.find((one): one is Of<'free-delivery'> => one.kind === 'free-delivery' && subtotalMinor >= one.from.amountMinor);
}

/** The one that saves most; of equal ones the first. */
function bestVoucher(perks: readonly Perk[], { subtotalMinor, freePacksMinor }: BasketSums): { perk: Of<'voucher'>; minor: number } | undefined {
  let best: { perk: Of<'voucher'>; minor: number } | undefined;
  for (const perk of perks) {
    if (perk.kind !== 'voucher' || subtotalMinor < perk.from.amountMinor) continue;
    const minor = Math.min(perk.amount.amountMinor, subtotalMinor - freePacksMinor);
    if (minor > (best?.minor ?? 0)) best = { perk, minor };
  }
  return best;
}

/** What a basket's perks save in all. @param perks `standing`, for one shop */
export function savedMinor(perks: readonly Perk[], sums: BasketSums): number {
  if (perks.length === 0) return 0;
  return sums.freePacksMinor + (freeDelivery(perks, sums) ? sums.feeMinor : 0) + (bestVoucher(perks, sums)?.minor ?? 0);
}

export interface Applied {
  readonly perks: readonly QuotePerk[];
  readonly savedMinor: number;
  /** When the first of them ends. */
  readonly ends: readonly Instant[];
}

export function applyPerks(perks: readonly Perk[], lines: readonly LineItem[], sums: Omit<BasketSums, 'freePacksMinor'>): Applied {
  const free = lines.flatMap((line) => {
    const found = freePacks(perks, line);
    return found ? [{ ...found, needId: line.needId }] : [];
  });
  const all = { ...sums, freePacksMinor: free.reduce((sum, { minor }) => sum + minor, 0) };
  const delivery = freeDelivery(perks, all);
  const voucher = bestVoucher(perks, all);
  const applied = [...free, ...(delivery ? [{ perk: delivery, minor: sums.feeMinor }] : []), ...(voucher ? [voucher] : [])];
  return {
    perks: applied.map(({ perk: { perkId, kind, fundedBy }, minor, ...of }) => ({ perkId, kind, fundedBy, saves: euros(minor), ...of })),
    savedMinor: applied.reduce((sum, { minor }) => sum + minor, 0),
    ends: applied.flatMap(({ perk: { validUntil } }) => (validUntil === undefined ? [] : [validUntil])),
  };
}

export const savedIn = ({ perks = [] }: Pick<Quote, 'perks'>): number => perks.reduce((sum, { saves }) => sum + saves.amountMinor, 0);

/** Whether each perk can be one of this quote: its free packs are in the line, its delivery is the fee, and a voucher takes no more than the goods cost. */
export function arePerksSound({ perks = [], lineItems, subtotal, deliveryFee }: Omit<Quote, 'hash' | 'total'>): boolean {
  const of = (kind: QuotePerk['kind']): QuotePerk[] => perks.filter((perk) => perk.kind === kind);
  const [vouchers, deliveries, packs] = [of('voucher'), of('free-delivery'), of('buy-one-get-one')];
  const needs = new Set(packs.map(({ needId }) => needId));
  const goodsMinor = subtotal.amountMinor - savedIn({ perks: packs });
  return (
    perks.every(({ kind, saves, needId }) => saves.amountMinor > 0 && (kind === 'buy-one-get-one') === (needId !== undefined)) &&
    vouchers.length <= 1 &&
    deliveries.length <= 1 &&
    needs.size === packs.length &&
    packs.every(({ needId, saves }) => lineItems.some((line) => line.needId === needId && halfOf(line) === saves.amountMinor)) &&
    deliveries.every(({ saves }) => saves.amountMinor === deliveryFee.amountMinor) &&
    vouchers.every(({ saves }) => saves.amountMinor <= goodsMinor)
  );
}
const halfOf = ({ unitPrice, quantity }: LineItem): number => unitPrice.amountMinor * Math.floor(quantity / 2);

export type SummedPerk = Pick<QuotePerk, 'kind' | 'fundedBy' | 'saves'>;

/** For whoever reads it: each kind once for each who pays, with what it saves in all. */
export function summedPerks({ perks = [] }: Pick<Quote, 'perks'>): SummedPerk[] {
  const sums = new Map<string, SummedPerk>();
  for (const { kind, fundedBy, saves } of perks) {
    const name = `${kind} ${fundedBy}`;
    sums.set(name, { kind, fundedBy, saves: euros((sums.get(name)?.saves.amountMinor ?? 0) + saves.amountMinor) });
  }
  return [...sums.values()];
}

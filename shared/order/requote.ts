/**
 * What an order that waits would cost with other goods or another number of them: at the same shop, by what it offers now, for the needs
 * that the order was proposed for and the products that the household allows for them.
 */
import type { Quote } from '../event-parts.ts';
import type { Offer, Terms } from '../retailer/offer.ts';
import type { Perk } from '../retailer/perk.ts';
import { AMOUNT_MAX, type BaseUnit, type Gtin, type Instant, type NeedId, type RetailerId, type SupplyId } from '../values.ts';
import { needsOf, type Order } from './order-state.ts';
import { preferredOffer, quoteFor, type UnofferedReason, type Wanted } from './quote.ts';

/** Packs; 0 takes the line out. Needs that no line names stay as they are. */
export interface ChangeLine {
  readonly needId: NeedId;
  readonly gtin: Gtin;
  readonly quantity: number;
}
/** What a household allows for a need. */
export interface Allowed {
  /** What the household calls it. */
  readonly name: string;
  readonly unit: BaseUnit;
  readonly gtins: readonly Gtin[];
  /** What the household has ruled for it: diet, shops, category. */
  readonly rules: Pick<Wanted, 'category' | 'avoid' | 'shops'>;
  readonly packsMax: number;
}
export interface Shop {
  readonly retailerId: RetailerId;
  readonly terms: Terms;
  readonly offers: readonly Offer[];
  readonly perks?: readonly Perk[] | undefined;
}
export type Requoted =
  | { readonly kind: 'quote'; readonly quote: Quote; readonly wanted: readonly Wanted[] }
  | {
      readonly kind: 'refused';
      readonly reason: 'unknown-need' | 'named-twice' | 'nothing-left' | 'not-allowed' | UnofferedReason;
      readonly needId?: NeedId | undefined;
    };

export interface RequoteRequest {
  readonly order: Order;
  readonly lines: readonly ChangeLine[];
  /** By the supply that the need is of; a supply that is gone allows what the order holds already. */
  readonly allowed: ReadonlyMap<SupplyId, Allowed>;
  readonly shop: Shop;
  readonly now: Instant;
}

export function requote({ order, lines, allowed, shop, now }: RequoteRequest): Requoted {
  const needs = needsOf(order);
  const unknown = lines.find(({ needId }) => !needs.some((need) => need.needId === needId));
  if (unknown) return { kind: 'refused', reason: 'unknown-need', needId: unknown.needId };
  const twice = lines.find(({ needId }, index) => lines.findIndex((line) => line.needId === needId) < index);
  if (twice) return { kind: 'refused', reason: 'named-twice', needId: twice.needId };
  const wanted: Wanted[] = [];
  for (const { needId, supplyId } of needs) {
    const before = order.quote.lineItems.find((line) => line.needId === needId);
    const line = lines.find((one) => one.needId === needId) ?? before;
    if (line === undefined || line.quantity === 0) continue;
    const rule = allowed.get(supplyId);
    if (line.gtin !== before?.gtin && rule?.gtins.includes(line.gtin) !== true) return { kind: 'refused', reason: 'not-allowed', needId };
    const product = { needId, supplyId, products: [{ gtin: line.gtin }], packsMax: line.quantity, ...(before?.joined && { joined: before.joined }) };
    const unit = rule?.unit ?? before?.pack.unit ?? 'piece';
    const offer = preferredOffer({ ...product, ...rule?.rules, amount: { amount: 0, unit } }, shop.offers, now);
    if (offer === undefined) return { kind: 'refused', reason: 'not-offered', needId };
    const amount = Math.round(offer.pack.amount * line.quantity * 1_000) / 1_000;
    if (amount > AMOUNT_MAX) return { kind: 'refused', reason: 'no-room', needId };
    wanted.push({ ...product, amount: { amount, unit }, ...rule?.rules });
  }
  if (wanted.length === 0) return { kind: 'refused', reason: 'nothing-left' };
  const { quote, unoffered } = quoteFor({ ...shop, wanted, now });
  const [problem] = unoffered;
  if (quote === undefined || problem !== undefined) return { kind: 'refused', reason: problem?.reason ?? 'not-offered', needId: problem?.needId };
  return { kind: 'quote', quote, wanted };
}

/**
 * Over a shop's threshold: where a little more makes delivery free, or makes an order possible at all, goods that keep and have room come along
 * although their own order is not near, if having them earlier costs less than what it saves.
 */
import { daysToOwnOrder, earlyMinor, hasRoom, isEatenInTime } from '../supply/reorder/join.ts';
import { addDuration, duration, euros, type Instant } from '../values.ts';
import { withJoining, type Joinable, type Market } from './come-along.ts';
import { draftOf, type OrderDraft } from './order-draft.ts';
import { feePaid } from './perk/paid-for.ts';
import { quoteFor, type Wanted } from './quote.ts';
import type { Considered } from './record.ts';

/** A line that could be added at a shop. */
interface Extra {
  readonly wanted: Wanted;
  readonly ownOrderAt: Instant;
  /** Cents: what it costs, and what is lost by having it now and here: held, spoiled, dearer than elsewhere. */
  readonly lineMinor: number;
  readonly lossMinor: number;
}
type Lifts = 'free-delivery' | 'minimum-order';
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const lossOf = (extras: readonly Extra[]): number => sum(extras.map(({ lossMinor }) => lossMinor));

/** The draft with what makes its delivery free, if that saves more than it loses. */
export function withFreeDelivery(draft: OrderDraft, joinable: readonly Joinable[], market: Market): OrderDraft {
  const { quote, shop } = draft;
  const fee = feePaid(quote);
  const gap = shop.terms.freeDeliveryFrom.amountMinor - quote.subtotal.amountMinor;
  if (fee === 0 || gap <= 0) return draft;
  const inDraft = new Set(draft.wanted.map(({ supplyId }) => supplyId));
  const extras = extrasAt(
    shop,
    joinable.filter(({ wanted }) => !inDraft.has(wanted.supplyId)),
    market,
  );
  const isAutomatic = market.isAutomatic(draft);
  const allowed = isAutomatic ? extras.filter((extra) => staysAutomatic(draft, [extra], market)) : extras;
  const chosen = covering(gap, allowed);
  const saves = Math.floor(fee - lossOf(chosen));
  if (chosen.length === 0 || saves <= 0) return draft;
  const lifted = draftOf(shop, [...draft.wanted, ...asJoined(chosen, 'free-delivery', saves)], market.now);
  return lifted === undefined || (isAutomatic && !market.isAutomatic(lifted)) ? draft : lifted;
}

const staysAutomatic = ({ shop, wanted }: OrderDraft, extras: readonly Extra[], { isAutomatic, now }: Market): boolean => {
  const more = draftOf(shop, [...wanted, ...extras.map((extra) => extra.wanted)], now);
  return more !== undefined && isAutomatic(more);
};

/**
 * An order for needs that every shop finds too small, at the shop that serves most of them and where least is lost. What it loses is never more
 * than what is low is worth. Goods that a mandate covers come first; where they do not suffice, somebody is asked rather than left without.
 */
export function liftedOverMinimum(needs: readonly Wanted[], joinable: readonly Joinable[], market: Market): OrderDraft | undefined {
  const drafts = market.shops.flatMap((shop) => liftedAt(shop, needs, { joinable, market }) ?? []);
  return drafts.sort((a, b) => b.served - a.served || a.costMinor - b.costMinor || (a.draft.shop.retailerId < b.draft.shop.retailerId ? -1 : 1))[0]?.draft;
}

interface Lifted {
  readonly draft: OrderDraft;
  readonly served: number;
  readonly costMinor: number;
}

function liftedAt(shop: Considered, needs: readonly Wanted[], { joinable, market }: { joinable: readonly Joinable[]; market: Market }): Lifted | undefined {
  const { now } = market;
  const tooSmall = new Set(
    quoteFor({ ...shop, wanted: needs, now })
      .unoffered.filter(({ reason }) => reason === 'below-minimum-order')
      .map(({ needId }) => needId),
  );
  const wanted = needs.filter(({ needId }) => tooSmall.has(needId));
  const bare = draftOf(withoutMinimum(shop), wanted, now);
  if (wanted.length === 0 || bare === undefined) return undefined;
  // What is worth a place in this order comes along first.
  const base = withJoining(bare, joinable, market);
  const worth = bare.quote.subtotal.amountMinor;
  const gap = shop.terms.minimumOrder.amountMinor - base.quote.subtotal.amountMinor;
  const inBase = new Set(base.wanted.map(({ supplyId }) => supplyId));
  const left = joinable.filter((one) => !inBase.has(one.wanted.supplyId));
  const extras = gap <= 0 ? [] : extrasAt(shop, left, market);
  const covered = market.isAutomatic(base) ? extras.filter((extra) => staysAutomatic(base, [extra], market)) : [];
  for (const allowed of [covered, extras]) {
    const chosen = covering(gap, allowed);
    const draft = draftOf(shop, [...base.wanted, ...asJoined(chosen, 'minimum-order', 0)], now);
    if (draft === undefined || lossOf(chosen) > worth || (allowed === covered && covered.length > 0 && !market.isAutomatic(draft))) continue;
    return { draft, served: wanted.length, costMinor: lossOf(chosen) + draft.quote.total.amountMinor - draft.quote.subtotal.amountMinor };
  }
  return undefined;
}

const withoutMinimum = (shop: Considered): Considered => ({ ...shop, terms: { ...shop.terms, minimumOrder: euros(0) } });

/** What this shop could add: the product that the household prefers of all that are offered, with room and a use in time. */
function extrasAt(shop: Considered, joinable: readonly Joinable[], { shops, now }: Market): Extra[] {
  return joinable.flatMap(({ wanted, figures }) => {
    const lineAt = (at: Considered) => quoteFor({ ...withoutMinimum(at), wanted: [wanted], now }).quote?.lineItems[0];
    const line = lineAt(shop);
    if (line === undefined) return [];
    const rankOf = (gtin: string): number => wanted.products.findIndex((product) => product.gtin === gtin);
    const lines = shops.flatMap((one) => lineAt(one) ?? []);
    const amount = line.quantity * line.pack.amount;
    if (lines.some(({ gtin }) => rankOf(gtin) < rankOf(line.gtin)) || !hasRoom(figures, amount) || !isEatenInTime(figures, amount)) return [];
    const cheapest = Math.min(...lines.filter(({ gtin }) => gtin === line.gtin).map(({ unitPrice }) => unitPrice.amountMinor));
    const early = earlyMinor(figures, { packs: line.quantity, packAmount: line.pack.amount, unitPriceMinor: line.unitPrice.amountMinor });
    const dearer = Math.max(0, line.unitPrice.amountMinor - cheapest) * line.quantity;
    const ownOrderAt = addDuration(now, duration(daysToOwnOrder(figures), 'days'));
    return [{ wanted, ownOrderAt, lineMinor: line.lineTotal.amountMinor, lossMinor: early + dearer }];
  });
}

const worthOf = (extras: readonly Extra[]): number => sum(extras.map(({ lineMinor }) => lineMinor));

/**
 * The knapsack's greedy answer: least loss for each cent first until the gap is closed, without whatever was then not needed for it; or the one
 * line that closes it alone, where that loses less. Empty when it cannot be closed.
 */
function covering(gapMinor: number, extras: readonly Extra[]): Extra[] {
  const byLoss = [...extras].sort((a, b) => a.lossMinor / a.lineMinor - b.lossMinor / b.lineMinor || (a.wanted.needId < b.wanted.needId ? -1 : 1));
  const taken: Extra[] = [];
  for (const extra of byLoss) if (worthOf(taken) < gapMinor) taken.push(extra);
  if (worthOf(taken) < gapMinor) return [];
  const dearestFirst = taken.toSorted((a, b) => b.lossMinor - a.lossMinor);
  const needed = dearestFirst.reduce((kept, extra) => (worthOf(kept) - extra.lineMinor >= gapMinor ? kept.filter((one) => one !== extra) : kept), taken);
  const [alone] = byLoss.filter(({ lineMinor }) => lineMinor >= gapMinor).sort((a, b) => a.lossMinor - b.lossMinor);
  return alone !== undefined && alone.lossMinor < lossOf(needed) ? [alone] : needed;
}

const asJoined = (extras: readonly Extra[], lifts: Lifts, savesMinor: number): Wanted[] =>
  extras.map(({ wanted, ownOrderAt }, index) => ({ ...wanted, joined: { saves: euros(index === 0 ? savesMinor : 0), ownOrderAt, lifts } }));

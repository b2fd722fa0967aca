/**
 * The recorded decision, worked out again with another lead time, other prices or another cap: by the same deciders that made it, so that
 * a person sees what would have tipped it. With nothing supposed it is the recorded decision to the last bit.
 */
import { canonicalJson } from '../../digest.ts';
import type { Quote } from '../../event-parts.ts';
import { recomputeSnapshot, type SupplySnapshot } from '../../supply/snapshot.ts';
import { euros, type SupplyId } from '../../values.ts';
import { chooseMandate, type MandateChoice } from './mandate.ts';
import { cheapestQuote, quotePerRetailer, type Wanted } from '../quote.ts';
import type { Considered, DecisionRecord } from '../record.ts';

/** What is left out stays as it was recorded. */
export interface Supposed {
  /** The mean of every supply's lead time. */
  readonly leadTimeDays?: number;
  /** All prices of goods at every shop: 100 is as it was, 110 a tenth more. Fees stay. */
  readonly pricePercent?: number;
  /** Cents, of every mandate. */
  readonly perOrderMaxMinor?: number;
}

export interface WhatIf {
  readonly needs: readonly { readonly supplyId: SupplyId; readonly snapshot: SupplySnapshot; readonly isLow: boolean }[];
  /** Each shop's basket. */
  readonly quotes: readonly Quote[];
  /** The one that would have been proposed; absent when nobody sells any of it, or nothing is low. */
  readonly quote?: Quote;
  /** Absent when nothing has been decided yet, or there is nothing to decide about. */
  readonly choice?: MandateChoice;
  readonly isAsRecorded: boolean;
}

export function whatIf(record: DecisionRecord, supposed: Supposed = {}): WhatIf {
  const { proposal, decision } = record;
  const needs = proposal.needs.map(({ supplyId, snapshot: recorded }) => {
    const snapshot = suppose(recorded, supposed);
    return { supplyId, snapshot, isLow: snapshot.position <= snapshot.reorderPoint };
  });
  const wanted = proposal.wanted.flatMap((need) => wantedThen(need, record, needs) ?? []);
  const shops = proposal.considered.map((shop) => withPrices(shop, supposed.pricePercent));
  const quotes = quotePerRetailer(shops, wanted, proposal.at);
  const proposed = cheapestQuote(quotes);
  const kept = wanted.filter(({ needId }) => !decision?.without?.includes(needId));
  const quote = decision?.without === undefined ? proposed : cheapestQuote(quotePerRetailer(shops, kept, proposal.at));
  const mandates = decision?.mandates.map((mandate) =>
    supposed.perOrderMaxMinor === undefined ? mandate : { ...mandate, perOrderMax: euros(supposed.perOrderMaxMinor) },
  );
  const choice = decision && mandates && quote && chooseMandate(mandates, decision.spend, quote, decision.at, decision.timeZone, needs);
  const found = { needs, quotes, ...(quote && { quote }), ...(choice && { choice }) };
  return { ...found, isAsRecorded: proposed?.hash === proposal.quoteHash && isAsRecorded(record, found) };
}

function suppose(recorded: SupplySnapshot, { leadTimeDays }: Supposed): SupplySnapshot {
  return recomputeSnapshot(leadTimeDays === undefined ? recorded : { ...recorded, leadTime: { ...recorded.leadTime, meanDays: leadTimeDays } });
}

/** As much more or less as the order-up-to level moves. Undefined when the need would not have stood yet, or nothing is missing. */
function wantedThen(need: Wanted, { proposal }: DecisionRecord, needs: WhatIf['needs']): Wanted | undefined {
  const recorded = proposal.needs.find(({ supplyId }) => supplyId === need.supplyId)?.snapshot;
  const then = needs.find(({ supplyId }) => supplyId === need.supplyId);
  if (recorded === undefined || then === undefined || then.snapshot.orderUpTo === recorded.orderUpTo) return need;
  const wasLow = recorded.position <= recorded.reorderPoint;
  if (wasLow && !then.isLow) return undefined;
  const amount = Math.round((need.amount.amount + then.snapshot.orderUpTo - recorded.orderUpTo) * 1_000) / 1_000;
  return amount <= 0 ? undefined : { ...need, amount: { ...need.amount, amount } };
}

/** Whole cents, and at least one: nothing is free. */
function withPrices(shop: Considered, percent = 100): Considered {
  const priced = (minor: number) => euros(Math.max(1, Math.round((minor * percent) / 100)));
  return percent === 100 ? shop : { ...shop, offers: shop.offers.map((offer) => ({ ...offer, price: priced(offer.price.amountMinor) })) };
}

function isAsRecorded({ proposal, decision }: DecisionRecord, found: Omit<WhatIf, 'isAsRecorded'>): boolean {
  const sameNeeds = proposal.needs.every(({ snapshot }, index) => canonicalJson(snapshot) === canonicalJson(found.needs[index]?.snapshot));
  const outcome = decision?.outcome;
  const verdict = outcome?.kind === 'covered' ? outcome.mandateId : undefined;
  const sameRules = canonicalJson(decision?.tried ?? []) === canonicalJson(found.choice?.tried ?? []);
  return sameNeeds && verdict === found.choice?.mandateId && sameRules;
}

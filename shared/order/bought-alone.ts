/** Whether an order would be bought without a person, by the very rules that will decide about it: mandates, caps, stops and the brake. */
import type { Quote } from '../event-parts.ts';
import type { SupplySnapshot } from '../supply/snapshot.ts';
import { forecastOfSnapshot } from '../supply/snapshot.ts';
import type { Instant, OrderId, SupplyId } from '../values.ts';
import { braked } from './mandate/brake.ts';
import { chooseMandate } from './mandate/mandate.ts';
import { decideSpend, type Spend } from './mandate/spend.ts';

export interface Judge {
  readonly spend: Spend;
  readonly figures: ReadonlyMap<SupplyId, SupplySnapshot>;
  readonly timeZone: string;
  readonly now: Instant;
}

/** SPEND after this order was bought; undefined when somebody would be asked. */
export function boughtAlone({ spend, figures, timeZone, now }: Judge, orderId: OrderId, quote: Quote): Spend | undefined {
  const items = quote.lineItems.flatMap(({ supplyId }) => {
    const snapshot = figures.get(supplyId);
    return snapshot === undefined ? [] : [{ supplyId, snapshot }];
  });
  const { mandateId } = chooseMandate(Object.values(spend.mandates), spend, quote, now, timeZone, items);
  if (mandateId === undefined) return undefined;
  const forecasts = braked(spend.prices, quote, now).flatMap((supplyId) => {
    const known = figures.get(supplyId);
    return known === undefined ? [] : [{ supplyId, perDay: forecastOfSnapshot(known).meanPerDay, orderUpTo: known.orderUpTo }];
  });
  const outcome = decideSpend(spend, { type: 'reserve', orderId, mandateId, quote, now, timeZone, forecasts });
  return outcome.kind === 'changed' && outcome.state.open[orderId] !== undefined ? outcome.state : undefined;
}

/** What a household should see first: what waits for it, what will not last, what comes, and what the month has cost. Pure. */
import type { Answer } from '../api/contract-types.ts';
import type { Instant, Money } from '../../shared/values.ts';
import { localDateOf, localMonthOf } from '../words/local-date.ts';

type Supply = Answer<'readHousehold'>['supplies'][number];
export type OrderRow = Answer<'listOrders'>['orders'][number];

export interface Matters {
  readonly waiting: readonly OrderRow[];
  /** Shops that ask whether they may send something else, and until when. */
  readonly questions: readonly { readonly row: OrderRow; readonly answerBefore: Instant }[];
  readonly today: readonly OrderRow[];
  readonly short: readonly Supply[];
  readonly coming: readonly { readonly row: OrderRow; readonly at: Instant | undefined }[];
  readonly nextOut: readonly Supply[];
  readonly month: { readonly name: string; readonly sum: Money; readonly orders: number };
}

const DAY_MILLIS = 86_400_000;
const NEXT_OUT_MAX = 3;
const onTheWay = new Set<string>(['approved', 'placing', 'placed', 'accepted', 'shipped']);

const arrivalOf = ({ order }: OrderRow): Instant | undefined => ('progress' in order ? order.progress.deliveryAt : undefined);
const daysUntil = (instant: Instant, now: Instant): number => (Date.parse(instant) - Date.parse(now)) / DAY_MILLIS;
const soonest = (a: Instant | undefined, b: Instant | undefined): number => ((a ?? '9') < (b ?? '9') ? -1 : 1);

/** Nobody has been asked, nothing is ordered, and it will be gone before anything could come. */
const isShort = (supply: Supply, now: Instant): boolean =>
  !supply.neverBuy &&
  supply.onOrder <= 0 &&
  supply.decisionOrderId === undefined &&
  daysUntil(supply.projectedStockout.median, now) < Math.max(1, supply.leadTimeDays);

function questionOf(row: OrderRow): Matters['questions'] {
  const open = 'substitutions' in row.order ? (row.order.substitutions ?? []).filter(({ answer }) => answer === undefined) : [];
  const [first] = open.map(({ answerBefore }) => answerBefore).sort();
  return first === undefined ? [] : [{ row, answerBefore: first }];
}

/** What was bought or is bound to be, by the day of the yes: that of what was refused or cancelled is nothing. */
function monthOf(orders: readonly OrderRow[], now: Instant, zone: string): Matters['month'] {
  const name = localMonthOf(now, zone);
  const bought = orders.flatMap(({ order }) => {
    if (order.status !== 'delivered' && !onTheWay.has(order.status)) return [];
    if (!('approval' in order) || order.approval === undefined || localMonthOf(order.approval.at, zone) !== name) return [];
    return [('progress' in order ? order.progress.total : undefined) ?? order.quote.total];
  });
  const amountMinor = bought.reduce((sum, total) => sum + total.amountMinor, 0);
  return { name, sum: { amountMinor, currency: 'EUR' }, orders: bought.length };
}

export function mattersOf(supplies: readonly Supply[], orders: readonly OrderRow[], now: Instant, zone: string): Matters {
  const today = localDateOf(now, zone);
  const moving = orders.filter(({ order }) => onTheWay.has(order.status)).map((row) => ({ row, at: arrivalOf(row) }));
  const isToday = (at: Instant | undefined): boolean => at !== undefined && localDateOf(at, zone) === today;
  const short = supplies.filter((supply) => isShort(supply, now));
  return {
    waiting: orders.filter(({ order }) => order.status === 'awaiting-approval'),
    questions: orders.flatMap(questionOf).sort((a, b) => soonest(a.answerBefore, b.answerBefore)),
    today: moving.filter(({ at }) => isToday(at)).map(({ row }) => row),
    short,
    coming: moving.filter(({ at }) => !isToday(at)).sort((a, b) => soonest(a.at, b.at)),
    nextOut: supplies
      .filter((supply) => !supply.neverBuy && !short.includes(supply))
      .sort((a, b) => soonest(a.projectedStockout.median, b.projectedStockout.median))
      .slice(0, NEXT_OUT_MAX),
    month: monthOf(orders, now, zone),
  };
}

/** Whole days; 0 is today. Counted by the calendar: what runs out tonight does so today, not in half a day. */
export function calendarDaysUntil(instant: Instant, now: Instant, zone: string): number {
  const noon = (at: Instant): number => Date.parse(`${localDateOf(at, zone)}T12:00:00Z`);
  return Math.round((noon(instant) - noon(now)) / DAY_MILLIS);
}

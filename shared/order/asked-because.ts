/**
 * Why a person is asked although there is a mandate, told by the decision record alone: the one reason that weighs most at the mandate that
 * was meant for these goods. A household without a mandate is asked as ever, and needs no reason.
 */
import { z } from 'zod';
import type { Quote } from '../event-parts.ts';
import { usualPrice } from '../retailer/usual-price.ts';
import { mayBuyAlone } from '../supply/automation/may-buy-alone.ts';
import { doubtReasonSchema } from '../supply/trust/doubt-reasons.ts';
import { TRUSTED_FROM } from '../supply/trust/trust.ts';
import { moneySchema, supplyIdSchema } from '../values.ts';
import { brakeFiguresSchema } from './mandate/brake.ts';
import { approvalsInWeek, namesLine, type Mandate } from './mandate/mandate.ts';
import { stopsInTheWay } from './mandate/stop.ts';
import { inEuros } from './quote.ts';
import { offerOf } from './order-draft.ts';
import type { DecisionRecord } from './record.ts';

/** A line whose price is well above what it usually is at this shop: told beside a cap. */
const dearerSchema = z.strictObject({ title: z.string().max(120), price: moneySchema, usual: moneySchema });
/** How many rules stand in the way beside this one. */
const base = { others: z.int().min(0).max(64) };
const aboutItem = { ...base, supplyId: supplyIdSchema };
const scoreFields = { ...aboutItem, right: z.int().min(0), of: z.int().min(0) };
const capFields = { ...base, most: moneySchema, total: moneySchema, dearer: dearerSchema.optional() };
const plain = <Kind extends string>(kind: Kind) => z.strictObject({ kind: z.literal(kind), ...base });

export const askedBecauseSchema = z.discriminatedUnion('kind', [
  plain('objection'),
  z.strictObject({ kind: z.literal('brake'), ...base, figures: brakeFiguresSchema }),
  plain('stopped'),
  z.strictObject({ kind: z.literal('item-stopped'), ...aboutItem }),
  plain('shop-stopped'),
  plain('paused'),
  plain('not-begun'),
  plain('ended'),
  z.strictObject({ kind: z.literal('not-named'), ...base, titles: z.array(z.string().max(120)).min(1).max(50) }),
  plain('other-shop'),
  z.strictObject({ kind: z.literal('sensor-doubted'), ...aboutItem, reason: doubtReasonSchema.optional() }),
  z.strictObject({ kind: z.literal('not-earned'), ...scoreFields }),
  z.strictObject({ kind: z.literal('withdrawn'), ...scoreFields }),
  z.strictObject({ kind: z.literal('order-cap'), ...capFields }),
  z.strictObject({ kind: z.literal('month-cap'), ...capFields }),
  z.strictObject({ kind: z.literal('frequency'), ...base, most: z.int().min(1), orders: z.int().min(0) }),
  plain('price-over'),
  plain('other'),
]);
export type AskedBecause = z.infer<typeof askedBecauseSchema>;
/** A reason, before it is known how many others there are. */
type Reason = AskedBecause extends infer One ? (One extends AskedBecause ? Omit<One, 'others'> : never) : never;

type Decision = NonNullable<DecisionRecord['decision']>;
interface Judged {
  readonly record: DecisionRecord;
  readonly decision: Decision;
  readonly mandate: Mandate;
  readonly quote: Quote;
}

/** What a person can do least about stands last; a switch that somebody has turned, or a doubt, stands before a sum. */
const REASONS: readonly (readonly [rule: string, reason: (judged: Judged) => Reason])[] = [
  ['not-stopped', stoppedBy],
  ['active', () => ({ kind: 'paused' })],
  ['started', () => ({ kind: 'not-begun' })],
  ['not-ended', () => ({ kind: 'ended' })],
  ['every-line-product-allowed', notNamed],
  ['retailer-allowed', () => ({ kind: 'other-shop' })],
  ['sensor-trusted', doubted],
  ['automation-earned', notEarned],
  ['per-order-cap', (judged) => ({ kind: 'order-cap', most: judged.mandate.perOrderMax, ...sumOf(judged) })],
  ['per-month-cap', (judged) => ({ kind: 'month-cap', most: judged.mandate.perMonthMax, ...sumOf(judged) })],
  ['frequency', ({ mandate, decision }) => ({ kind: 'frequency', most: mandate.ordersPerWeekMax, orders: ordersInWeek(mandate, decision) })],
  ['quote-valid', () => ({ kind: 'price-over' })],
];

/** @param quote the order's, as it is now; what was asked about first stands in the record's first change */
export function askedBecause(record: DecisionRecord, quote: Quote): AskedBecause | undefined {
  const { decision } = record;
  if (decision?.outcome.kind !== 'asked') return undefined;
  if (decision.outcome.rulesFailed.some(({ rule }) => rule === 'no-objection-to-profiling')) return { kind: 'objection', others: 0 };
  const meant = meantMandate(decision);
  const mandate = decision.mandates.find(({ mandateId }) => mandateId === meant?.mandateId);
  if (meant === undefined || mandate === undefined) return undefined;
  const failed = new Set(meant.failed);
  const [, reason] = REASONS.find(([rule]) => failed.has(rule)) ?? ['', (): Reason => ({ kind: 'other' })];
  const judged = { record, decision, mandate, quote: record.changes?.[0]?.before ?? quote };
  return askedBecauseSchema.parse({ ...reason(judged), others: Math.max(0, failed.size - 1) });
}

/** The one that names these goods, if any does; of several the one that came closest. */
function meantMandate({ tried }: Decision) {
  const failing = tried.map(({ mandateId, rules }) => ({ mandateId, failed: rules.flatMap(({ rule, passed }) => (passed ? [] : [rule])) }));
  const isForOthers = ({ failed }: (typeof failing)[number]): number => Number(failed.includes('every-line-product-allowed'));
  return failing.sort((a, b) => isForOthers(a) - isForOthers(b) || a.failed.length - b.failed.length)[0];
}

function stoppedBy({ decision, quote }: Judged): Reason {
  const [stop] = stopsInTheWay(decision.spend.stops ?? [], quote);
  if (stop?.kind === 'brake') return { kind: 'brake', figures: stop.figures };
  const line = quote.lineItems.find(({ supplyId }) => supplyId === stop?.stopId);
  if (line !== undefined) return { kind: 'item-stopped', supplyId: line.supplyId };
  return stop?.stopId === quote.retailerId ? { kind: 'shop-stopped' } : { kind: 'stopped' };
}

function notNamed({ mandate, quote }: Judged): Reason {
  const titles = quote.lineItems.filter((line) => !namesLine(mandate, line)).map(({ title }) => title);
  return titles.length === 0 ? { kind: 'other' } : { kind: 'not-named', titles };
}

const needsIn = ({ record, quote }: Judged) => record.proposal.needs.filter(({ supplyId }) => quote.lineItems.some((line) => line.supplyId === supplyId));

function doubted(judged: Judged): Reason {
  const found = needsIn(judged).find(({ snapshot }) => snapshot.trust !== undefined && snapshot.trust.value < TRUSTED_FROM);
  if (found === undefined) return { kind: 'other' };
  const { reason } = found.snapshot.trust ?? {};
  return { kind: 'sensor-doubted', supplyId: found.supplyId, ...(reason && { reason }) };
}

function notEarned(judged: Judged): Reason {
  const { mandate, quote } = judged;
  const { grantedAt } = mandate.evidence;
  for (const { supplyId, snapshot } of needsIn(judged)) {
    const line = quote.lineItems.find((one) => one.supplyId === supplyId && namesLine(mandate, one));
    const { shadow } = snapshot;
    if (line === undefined || shadow === undefined) continue;
    const { standing, right, of } = shadow;
    if (mayBuyAlone(shadow, { grantedAt, namesProduct: mandate.gtins.includes(line.gtin) })) continue;
    return { kind: standing === 'withdrawn' ? 'withdrawn' : 'not-earned', supplyId, right, of };
  }
  return { kind: 'other' };
}

const ordersInWeek = ({ mandateId }: Mandate, { spend, at }: Decision): number => approvalsInWeek(spend, mandateId, at);

/** From here on a price is told as dearer than usual; less is how prices are. */
const DEARER_SHARE = 1.1;

/** What the order comes to, and the line that costs most above its usual price, if that is why. */
function sumOf({ record, decision, quote }: Judged) {
  const shop = record.proposal.considered.find(({ retailerId }) => retailerId === quote.retailerId);
  const dearer = quote.lineItems.flatMap((line) => {
    const offer = shop && offerOf(shop, line);
    const usual = offer && usualPrice(offer, decision.at);
    const { title, unitPrice: price, quantity } = line;
    if (usual === undefined || price.amountMinor < usual.amountMinor * DEARER_SHARE) return [];
    return [{ told: { title, price, usual }, minor: (price.amountMinor - usual.amountMinor) * quantity }];
  });
  const [most] = dearer.sort((a, b) => b.minor - a.minor);
  return { total: quote.total, ...(most && { dearer: most.told }) };
}

const DOUBTS = {
  stuck: 'it stands still',
  drifting: 'it drifts',
  jumping: 'it jumps',
  swapped: 'something else seems to stand there',
  contradicted: 'a person counted less',
} as const;

/** The English sentence of `npm run why`. */
export function askedInWords(because: AskedBecause): string {
  const more = because.others === 0 ? '' : `, and ${because.others === 1 ? 'one more rule' : `${because.others} more rules`} stood in the way`;
  return `Although there is a mandate, a person was asked: ${reasonInWords(because)}${more}.`;
}

function reasonInWords(because: AskedBecause): string {
  const usual =
    'dearer' in because && because.dearer
      ? ` (${because.dearer.title} costs ${inEuros(because.dearer.price)} instead of ${inEuros(because.dearer.usual)})`
      : '';
  switch (because.kind) {
    case 'objection':
      return 'the household has objected to buying by forecast';
    case 'brake': {
      const { goods, limit, days } = because.figures;
      return `the brake has stopped automatic buying, ${inEuros(goods)} in ${days} days where at most ${inEuros(limit)} was expected`;
    }
    case 'stopped':
      return 'a person has stopped automatic buying';
    case 'item-stopped':
      return `a person has stopped automatic buying of ${because.supplyId}`;
    case 'shop-stopped':
      return 'a person has stopped automatic buying at this shop';
    case 'not-named':
      return `it does not name ${because.titles.join(', ')}`;
    case 'sensor-doubted':
      return `the sensor of ${because.supplyId} is doubted${because.reason ? `, ${DOUBTS[because.reason]}` : ''}`;
    case 'not-earned':
      return `${because.supplyId} has not earned yet to be bought without asking (${because.right} of ${because.of} right)`;
    case 'withdrawn':
      return `of ${because.supplyId} we were wrong too often lately (${because.right} of ${because.of} right)`;
    case 'order-cap':
      return `${inEuros(because.total)} is more than its ${inEuros(because.most)} per order${usual}`;
    case 'month-cap':
      return `${inEuros(because.total)} more would pass its ${inEuros(because.most)} per month${usual}`;
    case 'frequency':
      return `there were ${because.orders} orders in seven days, and it allows ${because.most}`;
    case 'paused':
    case 'not-begun':
    case 'ended':
    case 'other-shop':
    case 'price-over':
    case 'other':
      return PLAIN[because.kind];
  }
}

const PLAIN = {
  paused: 'it is paused',
  'not-begun': 'it has not begun yet',
  ended: 'it has come to its end',
  'other-shop': 'it does not name this shop',
  'price-over': 'the price was no longer good',
  other: 'a limit of it stood in the way',
} as const;

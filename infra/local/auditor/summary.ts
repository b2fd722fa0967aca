/** The counts of a run, over distinct things: however often a reading, an event or an answer came, it counts once. */
import { z } from 'zod';
import type { EventEnvelope } from '../../../shared/events.ts';
import { needIdOf } from '../../../shared/supply/need.ts';
import { daysBetween, type Instant } from '../../../shared/values.ts';
import { readingName } from './checks/readings.ts';
import type { Facts, OrderItem, ReadingVerdict } from './facts.ts';
import { violationSchema, type Violation } from './finding.ts';
import { keptEvents } from './kept-events.ts';
import { moodFollowed, moodFollowedSchema } from './mood-followed.ts';
import { WEBSITE } from '../run/seed-company.ts';
import { approvalOf, hasHappened } from './order-story.ts';

const count = z.int().min(0);

export const summarySchema = z.strictObject({
  seed: z.int(),
  productDays: z.number().min(0),
  telemetry: z.strictObject({ published: count, received: count, applied: count, ignored: count, quarantined: count }),
  needs: count,
  orders: z.strictObject({
    ...{ proposed: count, approvedByMandate: count, approvedByPerson: count, declined: count, expired: count, placed: count, accepted: count },
    ...{ rejected: count, shipped: count, delivered: count, deliveredByMandate: count, deliveredByPerson: count, linesDelivered: count },
  }),
  webhooks: z.strictObject({ attempts: count, delivered: count, abandoned: count }),
  /** How often each happened to the run: a process killed, a line cut, and what `--faults` let go wrong. */
  faults: z.record(z.string(), count),
  events: count,
  touchpoints: count,
  /** Of them, what browsers and other systems sent; questions that people answered or skipped; cases that the company answered. */
  life: z.strictObject({ visits: count, told: count, answers: count, casesAnswered: count, mood: moodFollowedSchema }).optional(),
  violations: z.array(violationSchema),
});
export type Summary = z.infer<typeof summarySchema>;

/** @param run.said every event that the bus has taken: items keep only their newest */
export function summaryOf(facts: Facts, run: { seed: number; startsAt: Instant; said?: readonly EventEnvelope[] }, violations: readonly Violation[]): Summary {
  return {
    seed: run.seed,
    productDays: Math.round(Math.max(0, daysBetween(run.startsAt, facts.now)) * 1_000) / 1_000,
    telemetry: telemetryOf(facts),
    needs: needsOf(facts),
    orders: ordersOf(facts.orders),
    webhooks: webhooksOf(facts),
    faults: Object.fromEntries([...tally(facts.faults.map(({ fault }) => fault))].sort(([a], [b]) => (a < b ? -1 : 1))),
    events: new Set([...(run.said ?? []), ...keptEvents(facts.items)].map(({ id }) => id)).size,
    touchpoints: new Set(facts.touchpoints.map(({ state }) => state.touchpointId)).size,
    ...lifeOf(facts),
    violations: [...violations],
  };
}

function lifeOf(facts: Facts): Pick<Summary, 'life'> {
  const mood = moodFollowed(facts);
  return mood === undefined ? {} : { life: lifeCounts(facts.life, mood) };
}

function lifeCounts({ sent, surveys, answered }: Facts['life'], mood: NonNullable<Summary['life']>['mood']): NonNullable<Summary['life']> {
  const visits = sent.filter(({ source }) => source === WEBSITE).length;
  return { visits, told: sent.length - visits, answers: surveys.length, casesAnswered: answered.filter(({ status }) => status === 200).length, mood };
}

/** A reading that came twice is applied once and ignored once: what it did counts. */
const RANK: Record<ReadingVerdict, number> = { applied: 3, quarantined: 2, ignored: 1 };

function telemetryOf({ readings, outcomes }: Facts): Summary['telemetry'] {
  const verdicts = new Map<string, ReadingVerdict>();
  for (const outcome of outcomes) {
    const name = readingName(outcome);
    const before = verdicts.get(name);
    if (before === undefined || RANK[outcome.verdict] > RANK[before]) verdicts.set(name, outcome.verdict);
  }
  const total = tally([...verdicts.values()]);
  const of = (verdict: ReadingVerdict): number => total.get(verdict) ?? 0;
  const published = new Set(readings.map(readingName)).size;
  return { published, received: verdicts.size, applied: of('applied'), ignored: of('ignored'), quarantined: of('quarantined') };
}

/** A supply counts its depletion cycles, each of which had one need, and the need of the cycle under way if it has been told. */
function needsOf({ supplies, orders }: Facts): number {
  const told = supplies.flatMap(({ state }) => {
    const ended = Array.from({ length: state.cycle - 1 }, (_, index) => needIdOf({ ...state, cycle: index + 1 }));
    return state.need === undefined ? ended : [...ended, state.need.needId];
  });
  return new Set([...told, ...orders.flatMap(({ state }) => state.order.quote.lineItems.map(({ needId }) => needId))]).size;
}

function ordersOf(orders: readonly OrderItem[]): Summary['orders'] {
  const having = (...types: Parameters<typeof hasHappened>[1][]): number => orders.filter((item) => types.some((type) => hasHappened(item, type))).length;
  const by = (kind: 'mandate' | 'person') => orders.filter((item) => approvalOf(item)?.by.kind === kind);
  const delivered = (items: readonly OrderItem[]): number => items.filter((item) => hasHappened(item, 'order.delivered')).length;
  return {
    proposed: having('order.proposed'),
    approvedByMandate: by('mandate').length,
    approvedByPerson: by('person').length,
    declined: having('order.declined'),
    expired: having('order.expired'),
    placed: having('order.placed'),
    // A shop that changes an order at once accepts the rest of it with the same word.
    accepted: having('order.accepted', 'order.changed'),
    rejected: having('order.rejected'),
    shipped: having('order.shipped'),
    delivered: having('order.delivered'),
    deliveredByMandate: delivered(by('mandate')),
    deliveredByPerson: delivered(by('person')),
    linesDelivered: orders.filter((item) => hasHappened(item, 'order.delivered')).reduce((sum, { state }) => sum + state.order.quote.lineItems.length, 0),
  };
}

function webhooksOf({ deliveries }: Facts): Summary['webhooks'] {
  const made = deliveries.flatMap(({ state }) => state.attempts.filter(({ outcome }) => outcome !== 'not-made'));
  const ended = tally(deliveries.map(({ state }) => state.status));
  return { attempts: made.length, delivered: ended.get('delivered') ?? 0, abandoned: ended.get('abandoned') ?? 0 };
}

function tally<Word extends string>(words: readonly Word[]): Map<Word, number> {
  const counts = new Map<Word, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

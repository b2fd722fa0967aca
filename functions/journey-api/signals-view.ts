/** What stands now, where it is known from, whom it concerns in a sample of households, and what was done about it: at the same cost for any number of households. */
import { z } from 'zod';
import { concernsOf, endOfSignal } from '../../shared/journey/signal/concern.ts';
import { recallWalkSchema, type RecallWalk } from '../../shared/journey/signal/recall-walk.ts';
import { signalSchema, type Signal } from '../../shared/journey/signal/signal.ts';
import { trendSignals } from '../../shared/journey/signal/trend-signals.ts';
import { actionResultsIn } from '../../shared/journey/next-best/action-result.ts';
import { bucketsOf, mergeCounters } from '../../shared/journey/tally/batch.ts';
import { addDuration, duration, instantSchema, type HouseholdId, type Instant } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { readRoll } from '../runtime/roll.ts';
import { atHome, cheapWindows, lateGoods, signalsPutDown, weatherAt } from '../runtime/signals.ts';
import { list, load } from '../runtime/store.ts';
import { readCounters } from '../runtime/tally.ts';
import { trends } from '../runtime/trends.ts';

const count = z.int().min(0);
/** Ours when it is given: checked where it is taken. */
const given = z.custom<Signal>((signal) => signalSchema.safeParse(signal).success);
export const signalsViewSchema = z.object({
  /** Recalls first, then those that end soonest. */
  signals: z.array(
    z.object({
      signal: given,
      from: z.enum(['weather', 'offers', 'deliveries', 'trends', 'staff']),
      until: instantSchema,
      /** Of the goods or the shop, where it is about one. */
      about: z.string().optional(),
      shop: z.string().optional(),
      /** Of the households that were looked at. A recall has figures of all instead. */
      concerned: z.object({ households: count, supplies: count }).optional(),
      recall: recallWalkSchema.pick({ last: true, sofar: true }).extend({ isWalking: z.boolean() }).optional(),
    }),
  ),
  lookedAt: z.object({ households: count, of: count }),
  /** Of the last four weeks, by what they recommend. */
  actions: z.array(z.object({ action: z.string(), recommended: count, shown: count, taken: count })),
});
type SignalsView = z.infer<typeof signalsViewSchema>;
type Listed = Omit<SignalsView['signals'][number], 'until'>;

/** Three of each part of the roll. */
const SAMPLE = 48;
const ACTED_DAYS = 28;
/** What signals lead to (next-best/candidates-of-home.ts). */
const ACTIONS: readonly string[] = ['cheap-now', 'stock-ahead'];

export async function signalsView(): Promise<SignalsView> {
  const now = productNow();
  const buckets = bucketsOf(addDuration(now, duration(-ACTED_DAYS, 'days')).slice(0, 10), now.slice(0, 10));
  const [cheap, late, putDown, lines, drawn, counters] = await Promise.all([
    cheapWindows(now),
    lateGoods(now),
    signalsPutDown(),
    trends.linesAround(now),
    readRoll(SAMPLE),
    readCounters([...buckets, 'now']),
  ]);
  const homes = await Promise.all(drawn.map(({ householdId }) => homeOf(householdId, now)));
  const known: Listed[] = [
    ...putDown.map((signal): Listed => ({ signal, from: 'staff' })),
    ...[...new Map(homes.flatMap((home) => home?.outside ?? []).map((one) => [one.signalId, one])).values()].map((signal): Listed => ({
      signal,
      from: 'weather',
    })),
    ...cheap.map(({ window, title }): Listed => ({ signal: window, from: 'offers', about: title })),
    ...late.map((signal): Listed => ({ signal, from: 'deliveries' })),
    ...trendSignals(lines, now).map((signal): Listed => ({ signal, from: 'trends' })),
  ];
  const standing = known.filter(({ signal }) => endOfSignal(signal) > now);
  const counted = standing.map(({ signal }) => concernedIn(signal, homes, now));
  const signals = await Promise.all(
    standing.map(async (listed, index) => ({ ...listed, until: endOfSignal(listed.signal), ...(await more(listed.signal)), ...counted[index] })),
  );
  const { now: standingNow = {}, ...days } = counters;
  return {
    signals: signals.sort((a, b) => Number(b.signal.kind === 'recall') - Number(a.signal.kind === 'recall') || (a.until < b.until ? -1 : 1)),
    lookedAt: { households: homes.filter((home) => home !== undefined).length, of: standingNow['now|households'] ?? 0 },
    actions: actionResultsIn(mergeCounters(Object.values(days))).flatMap(({ action, recommended, shown, taken }) =>
      ACTIONS.includes(action) ? [{ action, recommended, shown, taken }] : [],
    ),
  };
}

type Home = Awaited<ReturnType<typeof homeOf>>;
async function homeOf(householdId: HouseholdId, now: Instant) {
  const [household, supplies, outside] = await Promise.all([
    load(kinds.household, keys.household(householdId)),
    list(kinds.supply, householdPk(householdId), 'SUPPLY#'),
    weatherAt(householdId, now),
  ]);
  if (household === undefined) return undefined;
  const shops = household.state.shops.map(({ retailerId }) => retailerId);
  const own = atHome(
    supplies.map(({ state }) => state),
    shops,
    now,
  );
  return { outside, own };
}

function concernedIn(signal: Signal, homes: readonly Home[], now: Instant): Pick<Listed, 'concerned'> {
  if (signal.kind === 'recall') return {};
  const found = homes.map((home) => concernsOf([signal], home?.own ?? [], now).length);
  return { concerned: { households: found.filter((supplies) => supplies > 0).length, supplies: found.reduce((sum, supplies) => sum + supplies, 0) } };
}

/** By name, and for a recall how far it has been told. */
async function more(signal: Signal): Promise<Pick<Listed, 'shop' | 'recall'>> {
  const shop = 'retailerId' in signal ? (await load(kinds.retailer, keys.retailer(signal.retailerId)))?.state.name : undefined;
  const walk = signal.kind === 'recall' ? (await load(kinds.recallWalk, keys.recallWalk(signal.signalId)))?.state : undefined;
  return { ...(shop !== undefined && { shop }), ...(walk && { recall: figuresOf(walk) }) };
}

const figuresOf = ({ sofar, last, part, after }: RecallWalk) => ({
  sofar,
  ...(last && { last }),
  isWalking: last === undefined || part > 0 || after !== undefined,
});

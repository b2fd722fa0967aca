/** A process of the backtest: every method of the scenario over its share of the households. */
import { UsageError } from '../options.ts';
import type { Options } from './options.ts';
import { dayOf, pairsKnownAt, readPurchases, type Pair, type Purchases } from './read-purchases.ts';
import type { Task, Word } from './run.ts';
import { add, NOTHING, type Projection, type Scenario, type Tally, type Trial } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { addScores, Calendar, NO_SCORE, signalScore } from './signals.ts';

/** Waits until it has been said: what fills the pipe is written on only while nothing else runs, and would be lost with the process. */
const say = (word: Word): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(word, (error: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
  });

const isWanted = ({ customers }: Options, customer: string): boolean => customers === 'all' || (Number(customer) % 2 === 0) === (customers === 'even');

function trialsOf(purchases: Purchases, options: Options): Trial[] {
  const splitDay = dayOf(options.split);
  if (splitDay <= purchases.firstDay || splitDay > purchases.lastDay) {
    throw new UsageError(`--split: expected a day inside the purchases, found ${options.split}.`);
  }
  const delays = { leadTimeDays: options['lead-time-days'], approvalHours: options['approval-hours'] };
  return pairsKnownAt(purchases.pairs, splitDay).map((pair) => ({ pair, splitDay, endDay: purchases.lastDay + 1, delays }));
}

function runHousehold(scenario: Scenario, trials: readonly Trial[]): { tallies: Record<string, Tally>; projections: Projection[] } {
  const tallies: Record<string, Tally> = {};
  const projections: Projection[] = [];
  for (const { name, isCalibrated, run } of scenario.methods) {
    for (const trial of trials) {
      const ran = run(trial);
      tallies[name] = add(tallies[name] ?? NOTHING, ran.tally);
      if (isCalibrated) projections.push(...(ran.projections ?? []));
    }
  }
  return { tallies, projections };
}

/** The largest first, each to whoever has least to do by then, so that all shares end at about the same time. */
function shareOf(households: ReadonlyMap<string, Trial[]>, { share, shares }: Task): [string, Trial[]][] {
  const bySize = [...households].sort(([nameA, a], [nameB, b]) => b.length - a.length || (nameA < nameB ? -1 : 1));
  const items = Array.from({ length: shares }, () => 0);
  return bySize.filter(([, trials]) => {
    const idlest = items.indexOf(Math.min(...items));
    items[idlest] = (items[idlest] ?? 0) + trials.length;
    return idlest === share;
  });
}

const calendarOf = (trials: readonly Trial[]): Calendar =>
  new Calendar(
    trials.map(({ pair }) => pair),
    trials[0]?.splitDay ?? 0,
  );

async function work(task: Task): Promise<void> {
  const { options } = task;
  const scenario = SCENARIOS[options.scenario];
  if (scenario === undefined) throw new UsageError(`--scenario: ${options.scenario} cannot be run yet.`);
  const purchases = readPurchases(options.purchases, (customer) => isWanted(options, customer));
  const households = new Map<string, Trial[]>();
  const all = trialsOf(purchases, options);
  for (const trial of all) {
    if (!scenario.includes(trial)) continue;
    const { customer } = trial.pair satisfies Pair;
    households.set(customer, [...(households.get(customer) ?? []), trial]);
  }
  const mine = shareOf(households, task);
  await say({ kind: 'begun', households: mine.length });
  const calendar = scenario.triesSignals && calendarOf(all);
  for (const [customer, trials] of mine) {
    const signals = calendar && trials.map((trial) => signalScore(trial, calendar)).reduce(addScores, NO_SCORE);
    await say({ kind: 'household', customer, items: trials.length, ...runHousehold(scenario, trials), ...(signals && { signals }) });
  }
}

try {
  // Our own process started this one, with what it had read and checked.
  await work(JSON.parse(process.argv[2] ?? '') as Task);
} catch (error) {
  await say({
    kind: 'refused',
    message: error instanceof Error ? (error instanceof UsageError ? error.message : (error.stack ?? error.message)) : String(error),
  });
}
process.disconnect();

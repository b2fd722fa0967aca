/**
 * Puts new touchpoints of a household into the day and the process that each belongs to, sums the days up, and says what the household has
 * entered or left with them. Each level replaces what it read anew, so that a batch that comes twice, late or out of order changes nothing more.
 */
import { groupBy } from '../../shared/group.ts';
import { addRows, foldRows, monthsToRead, rowOf, type Row, type Summary } from '../../shared/journey/fold/summary.ts';
import { dayOf, traceId, traceOf, type Trace, type Traces } from '../../shared/journey/fold/trace.ts';
import { TRACES_OF_A_DAY_MAX, TRACES_OF_A_PROCESS_MAX, withTraces } from '../../shared/journey/fold/traces.ts';
import { isFolded } from '../../shared/journey/retention.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { ignored, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { change, list, load } from '../runtime/store.ts';
import { forgetTraces } from './forget-traces.ts';
import { withSteps } from './look-at-process.ts';
import { noteOutcomes } from './note-outcomes.ts';
import { stand } from './stand.ts';
import { sumUp } from './sum-up.ts';

/** The household's own touchpoints only; a batch may hold the same one twice. */
export async function foldTouchpoints(householdId: HouseholdId, touchpoints: readonly Touchpoint[]): Promise<void> {
  const folded = touchpoints.filter(isFolded);
  if (folded.length === 0) return;
  const known = await load(kinds.journey, keys.journey(householdId));
  if (known?.state.profiling?.allowed === false) return;
  const came: Traces = Object.fromEntries(folded.map((touchpoint) => [traceId(touchpoint), traceOf(touchpoint)]));
  const days = groupBy(Object.entries(came), ([, { at }]) => dayOf(at));
  for (const [day, ofDay] of days) await addToDay(householdId, day, Object.fromEntries(ofDay));
  for (const [about, ofProcess] of groupBy(Object.entries(came), ([, trace]) => trace.about))
    if (about !== undefined) await addToProcess(householdId, about, Object.fromEntries(ofProcess));
  const summary = await sumUp(householdId, (before) => foldDays(before, [...days.keys()], Object.values(came)));
  // Who objected meanwhile has none of it.
  if (summary === undefined) await forgetTraces(householdId);
  else {
    await stand(summary, [...days.keys()]);
    await noteOutcomes(householdId, came);
  }
}

async function addToDay(householdId: HouseholdId, day: string, came: Traces): Promise<void> {
  await change(kinds.dayTraces, keys.dayTraces(householdId, day), (stored) => {
    const traces = withTraces(stored?.traces ?? {}, came, TRACES_OF_A_DAY_MAX);
    return traces === undefined ? ignored('nothing-new') : { kind: 'changed', state: { householdId, day, traces }, events: [] };
  });
}

async function addToProcess(householdId: HouseholdId, about: string, came: Traces): Promise<void> {
  await change(kinds.processTraces, keys.processTraces(householdId, about), (stored) => {
    const traces = withTraces(stored?.traces ?? {}, came, TRACES_OF_A_PROCESS_MAX);
    return traces === undefined ? ignored('nothing-new') : { kind: 'changed', state: withSteps(stored ?? { householdId, about }, traces), events: [] };
  });
}

async function foldDays(before: Summary, days: readonly string[], traces: readonly Trace[]): Promise<Summary> {
  const { householdId } = before;
  const rows = await Promise.all(
    days.map(async (day) => [day, rowOf((await load(kinds.dayTraces, keys.dayTraces(householdId, day)))?.state.traces ?? {})] as const),
  );
  const months = await Promise.all(monthsToRead(before, days).map(async (month) => [month, await readMonth(householdId, month)] as const));
  return foldRows(before, { days: Object.fromEntries(rows), months: Object.fromEntries(months), traces });
}

const DAYS_OF_A_MONTH = 31;
async function readMonth(householdId: HouseholdId, month: string): Promise<Row> {
  const days = await list(kinds.dayTraces, householdPk(householdId), `DAY#${month}`, DAYS_OF_A_MONTH);
  return addRows(days.map(({ state }) => rowOf(state.traces)));
}

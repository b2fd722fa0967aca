/**
 * A household's journey folded once more from all of its touchpoints: after an objection was taken back, or when it has become known or doubtful
 * whose a touchpoint is. Touchpoints that come meanwhile stay: only what stood before they were read, and is not among them, is taken away.
 */
import { foldAll, summaryOf, type Folded } from '../../shared/journey/fold/fold-all.ts';
import type { Traces } from '../../shared/journey/fold/trace.ts';
import { TRACES_OF_A_DAY_MAX, TRACES_OF_A_PROCESS_MAX, withTraces } from '../../shared/journey/fold/traces.ts';
import { ignored, type HouseholdId, type Outcome } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { change, list } from '../runtime/store.ts';
import { forgetTraces } from './forget-traces.ts';
import { journeyOf } from './journey-of.ts';
import { withSteps } from './look-at-process.ts';
import { noteOutcomesAnew } from './note-outcomes.ts';
import { stand } from './stand.ts';
import { sumUp } from './sum-up.ts';

/** What stands folded. */
export async function readFolded(householdId: HouseholdId): Promise<Folded> {
  const pk = householdPk(householdId);
  const [days, processes] = await Promise.all([list(kinds.dayTraces, pk, 'DAY#', Infinity), list(kinds.processTraces, pk, 'PROCESS#', Infinity)]);
  return {
    days: Object.fromEntries(days.map(({ state }) => [state.day, state.traces])),
    processes: Object.fromEntries(processes.map(({ state }) => [state.about, state.traces])),
  };
}

export async function refold(householdId: HouseholdId): Promise<void> {
  const before = await readFolded(householdId);
  const expected = foldAll(await journeyOf(householdId));
  for (const day of namesOf(before.days, expected.days)) {
    await change(kinds.dayTraces, keys.dayTraces(householdId, day), (stored) =>
      replaced(stored?.traces ?? {}, { before: before.days[day], expected: expected.days[day], max: TRACES_OF_A_DAY_MAX }, (traces) => ({
        householdId,
        day,
        traces,
      })),
    );
  }
  for (const about of namesOf(before.processes, expected.processes)) {
    await change(kinds.processTraces, keys.processTraces(householdId, about), (stored) =>
      replaced(stored?.traces ?? {}, { before: before.processes[about], expected: expected.processes[about], max: TRACES_OF_A_PROCESS_MAX }, (traces) =>
        withSteps(stored ?? { householdId, about }, traces),
      ),
    );
  }
  const summary = await sumUp(householdId, async ({ profiling }) => ({
    ...summaryOf(householdId, (await readFolded(householdId)).days),
    ...(profiling !== undefined && { profiling }),
  }));
  if (summary === undefined) await forgetTraces(householdId);
  else {
    await stand(summary, [...namesOf(before.days, expected.days)]);
    await noteOutcomesAnew(householdId, (await readFolded(householdId)).days);
  }
}

const namesOf = (...records: readonly Readonly<Record<string, unknown>>[]): Set<string> => new Set(records.flatMap((record) => Object.keys(record)));

function replaced<State>(
  stored: Traces,
  { before = {}, expected = {}, max }: { readonly before: Traces | undefined; readonly expected: Traces | undefined; readonly max: number },
  state: (traces: Traces) => State,
): Outcome<State, never> {
  const kept = Object.fromEntries(Object.entries(stored).filter(([id]) => before[id] === undefined || expected[id] !== undefined));
  const traces = withTraces(kept, expected, max) ?? kept;
  const isSame = Object.keys(traces).length === Object.keys(stored).length && Object.keys(traces).every((id) => stored[id] !== undefined);
  return isSame ? ignored('as-it-stands') : { kind: 'changed', state: state(traces), events: [] };
}

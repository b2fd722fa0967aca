/** A whole journey folded at once: what all the small steps together have to come to. */
import { groupBy } from '../../group.ts';
import type { HouseholdId, Instant } from '../../values.ts';
import { isFolded } from '../retention.ts';
import type { Touchpoint } from '../touchpoint.ts';
import { addRows, foldRows, newSummary, rowOf, type Summary } from './summary.ts';
import { dayOf, inTime, traceId, traceOf, type Traces } from './trace.ts';
import { TRACES_OF_A_DAY_MAX, TRACES_OF_A_PROCESS_MAX, withTraces } from './traces.ts';

export interface Folded {
  /** `YYYY-MM-DD` → its traces. */
  readonly days: Readonly<Record<string, Traces>>;
  /** Order, case, mandate or thing → its traces. */
  readonly processes: Readonly<Record<string, Traces>>;
  /** When time alone last made a process look different: who looked knows, touchpoints do not tell. */
  readonly lookedAt?: Readonly<Record<string, Instant>>;
}

export function foldAll(touchpoints: readonly Touchpoint[]): Folded {
  const named = touchpoints.filter(isFolded).map((touchpoint) => [traceId(touchpoint), traceOf(touchpoint)] as const);
  const days = [...groupBy(named, ([, { at }]) => dayOf(at))].map(([day, ofDay]) => [day, bounded(ofDay, TRACES_OF_A_DAY_MAX)] as const);
  const processes = [...groupBy(named, ([, { about }]) => about)].flatMap(([about, ofProcess]) =>
    about === undefined ? [] : [[about, bounded(ofProcess, TRACES_OF_A_PROCESS_MAX)] as const],
  );
  return { days: Object.fromEntries(days), processes: Object.fromEntries(processes) };
}

const bounded = (named: readonly (readonly [string, Traces[string]])[], max: number): Traces => withTraces({}, Object.fromEntries(named), max) ?? {};

export function summaryOf(householdId: HouseholdId, days: Folded['days']): Summary {
  const sorted = Object.entries(days)
    .filter(([, traces]) => Object.keys(traces).length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = sorted.map(([day, traces]) => [day, rowOf(traces)] as const);
  const months = [...groupBy(rows, ([day]) => day.slice(0, 7))].map(([month, ofMonth]) => [month, addRows(ofMonth.map(([, row]) => row))] as const);
  return foldRows(newSummary(householdId), {
    ...{ days: Object.fromEntries(rows), months: Object.fromEntries(months) },
    traces: sorted.flatMap(([, traces]) => inTime(traces)),
  });
}

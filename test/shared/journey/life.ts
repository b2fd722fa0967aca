/** Journeys made by hand for tests: touchpoints by day and hour of a product time, and the summary that the fold makes of them. */
import { foldRows, newSummary, rowOf, type Row, type Summary } from '../../../shared/journey/fold/summary.ts';
import { dayOf, monthOf, type Trace, type Traces } from '../../../shared/journey/fold/trace.ts';
import { householdIdSchema, instantOf, type Instant } from '../../../shared/values.ts';

const BEGIN = Date.parse('2026-01-01T00:00:00.000Z');
export const anna = householdIdSchema.parse('hh_anna');
/** @param day 0 is the first of January 2026 */
export const on = (day: number, hour = 12): Instant => instantOf(BEGIN + day * 86_400_000 + hour * 3_600_000);

export type Step = Partial<Trace> & Pick<Trace, 'type' | 'at'>;
export const step = (at: Instant, type: string, more: Partial<Trace> = {}): Step => ({ at, type, ...more });
export const trace = (given: Step): Trace => ({ channel: 'app', initiator: 'customer', phase: 'information', ...given });

/** The id of each follows from its place, so that a shuffled copy has the same ids. */
export const tracesOf = (steps: readonly Step[]): Traces =>
  Object.fromEntries(steps.map((given, index) => [(index + 1).toString(16).padStart(16, '0'), trace(given)]));

export function summaryOf(traces: Traces): Summary {
  const rows = (nameOf: (at: Instant) => string): Record<string, Row> => {
    const names = new Set(Object.values(traces).map(({ at }) => nameOf(at)));
    return Object.fromEntries([...names].map((name) => [name, rowOf(Object.fromEntries(Object.entries(traces).filter(([, { at }]) => nameOf(at) === name)))]));
  };
  return foldRows(newSummary(anna), { days: rows(dayOf), months: rows(monthOf), traces: Object.values(traces) });
}
export const lived = (...steps: Step[]): Summary => summaryOf(tracesOf(steps));

/** So many days, each with an order that was approved by whom and has come. */
export const orders = (days: readonly number[], by: 'automation' | 'customer', line = 'groceries'): Step[] =>
  days.flatMap((day) => [
    step(on(day, 8), 'order.approved', { initiator: by, line }),
    step(on(day, 18), 'order.delivered', { initiator: 'company', channel: 'retailer', line, valueMinor: 2_500 }),
  ]);

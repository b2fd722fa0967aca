/**
 * Once a day: which of a household's touch paths are over. What closes on a day is made anew from the touchpoints around it, and written only if nobody else has
 * written it since these were read; that it was done is noted only if nothing has come meanwhile, so that a touch that comes late, or a death on the way, is made up for.
 */
import { canonicalJson } from '../../shared/digest.ts';
import type { ClosedPath } from '../../shared/journey/attribution/closed-path.ts';
import { closedPathsOf, readFor } from '../../shared/journey/attribution/closing.ts';
import { closingsDue, isWhole, monthsOf, type Span } from '../../shared/journey/attribution/late.ts';
import { ignored, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds, type AggregateKind } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change, list, load, type Stored } from '../runtime/store.ts';

const ROUNDS_MAX = 8;

export async function closePaths(householdId: HouseholdId): Promise<void> {
  const key = keys.standing(householdId);
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const standing = await load(kinds.standing, key);
    if (standing === undefined) return;
    const now = productNow();
    const spans = closingsDue(standing.state, now);
    if (spans.length === 0 || (await closeAll(householdId, spans))) {
      const result = await change(kinds.standing, key, (state, current) => {
        if (state === undefined || current?.version !== standing.version) return ignored('touched-meanwhile');
        return spans.length === 0 ? ignored('closed') : { kind: 'changed', state: { ...state, closedUpTo: now.slice(0, 10), late: undefined }, events: [] };
      });
      if (result.kind === 'changed' || result.reason === 'closed') return;
    }
  }
  throw new Error(`paths of ${householdId} were touched ${ROUNDS_MAX} times in a row while they were closed`);
}

async function closeAll(householdId: HouseholdId, spans: readonly Span[]): Promise<boolean> {
  for (const span of spans) if (!(await closeSpan(householdId, span))) return false;
  return true;
}

/** False when somebody else has written meanwhile. */
async function closeSpan(householdId: HouseholdId, span: Span): Promise<boolean> {
  const pk = householdPk(householdId);
  // Before the days: whoever reads an older look at a day finds the item written.
  const stored = await listBetween(kinds.closedDay, { pk, prefix: keys.closedDay(householdId, '').sk }, span);
  const stands = new Map(stored.map((item) => [item.state.day, item]));
  const read = isWhole(span) ? span : readFor(span.from, span.to);
  const days = await listBetween(kinds.dayTraces, { pk, prefix: keys.dayTraces(householdId, '').sk }, read);
  const made = closedPathsOf(Object.fromEntries(days.map(({ state }) => [state.day, state.traces])));
  const inSpan = (day: string): boolean => day >= span.from && day <= span.to;
  for (const day of [...new Set([...stands.keys(), ...Object.keys(made).filter(inSpan)])].sort())
    if (!(await closeDay(householdId, day, made[day] ?? [], stands.get(day)))) return false;
  return true;
}

async function closeDay(
  householdId: HouseholdId,
  day: string,
  paths: ClosedPath[],
  before: Stored<{ readonly paths: readonly ClosedPath[] }> | undefined,
): Promise<boolean> {
  if (canonicalJson(paths) === canonicalJson(before?.state.paths ?? [])) return true;
  const result = await change(kinds.closedDay, keys.closedDay(householdId, day), (_, current) =>
    current?.version === before?.version ? { kind: 'changed', state: { householdId, day, paths }, events: [] } : ignored('written-by-somebody-else'),
  );
  return result.kind === 'changed';
}

/** Items of days, month by month. */
async function listBetween<State extends { readonly day: string }>(
  kind: AggregateKind<State>,
  { pk, prefix }: { readonly pk: string; readonly prefix: string },
  span: Span,
): Promise<Stored<State>[]> {
  const months = isWhole(span) ? [''] : monthsOf(span);
  const found = await Promise.all(months.map((month) => list(kind, pk, `${prefix}${month}`, Infinity)));
  return found.flat().filter(({ state }) => state.day >= span.from && state.day <= span.to);
}

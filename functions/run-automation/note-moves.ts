/** Once a day: whether a household went along where a campaign was steered to another channel. What it did is read only while one is being watched. */
import { isWatched, sidesOf, type Steered } from '../../shared/journey/campaign/steering.ts';
import type { KeptCampaign } from '../../shared/journey/campaign/campaign.ts';
import type { Traces } from '../../shared/journey/fold/trace.ts';
import type { HouseholdId, Instant } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { createOnce, list, load } from '../runtime/store.ts';

export async function noteMoves(householdId: HouseholdId, kept: readonly KeptCampaign[], now: Instant): Promise<void> {
  const watched = kept.flatMap(({ campaign: { campaign }, steering }): Steered[] =>
    steering !== undefined && isWatched(steering, now) ? [{ campaign, steering }] : [],
  );
  if (watched.length === 0) return;
  const summary = await load(kinds.journey, keys.journey(householdId));
  if (summary === undefined || summary.state.profiling?.allowed === false) return;
  const days = await list(kinds.dayTraces, householdPk(householdId), 'DAY#', Infinity);
  const traces = Object.assign({}, ...days.map(({ state }) => state.traces)) as Traces;
  for (const steered of watched)
    for (const side of sidesOf(steered, traces, { householdId, now })) await createOnce(kinds.exposure, keys.exposure(householdId, side.experiment, 0), side);
}

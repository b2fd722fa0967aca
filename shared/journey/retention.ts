/** How long what is kept of a journey is kept, by what it is kept for (GDPR Art. 5 (1) e). DynamoDB removes it within days of its end. */
import type { Purpose } from '../household/purposes.ts';
import { addDuration, duration, latest, type Instant } from '../values.ts';
import type { Traces } from './fold/trace.ts';
import type { Lead } from './lead/lead.ts';
import type { Touchpoint } from './touchpoint.ts';

/**
 * In days. `contract`: what belongs to the running of the household's orders: two years, within which goods may be complained of (BGB §438), and a
 * month to deal with it. `profiling`: as long. `product-news`: whoever has not reacted for a year is not asked on. `optional-telemetry`: a season.
 */
export const keptDays: Readonly<Record<Purpose | 'contract', number>> = { contract: 761, profiling: 761, 'product-news': 396, 'optional-telemetry': 92 };

export const touchpointKeptUntil = ({ purpose, at }: Pick<Touchpoint, 'purpose' | 'at'>): Instant =>
  addDuration(at, duration(keptDays[purpose ?? 'contract'], 'days'));

/** Of a lead, in days after the last sign of life or decision: a season. What it was made of stays with the touchpoints, as long as these do. */
const LEAD_KEPT = duration(92, 'days');
export const leadKeptUntil = ({ standing: { since, heardAt }, decisions }: Pick<Lead, 'standing' | 'decisions'>): Instant =>
  addDuration(latest(heardAt, since, ...decisions.map(({ at }) => at)), LEAD_KEPT);

/** Days, processes and what is read off them stay as long as a contract's touchpoints: what must go sooner is not folded, and told from the touchpoints alone. */
export const isFolded = ({ purpose }: Pick<Touchpoint, 'purpose'>): boolean => keptDays[purpose ?? 'contract'] >= keptDays.contract;

/** A month after the last of them would go, so that what is reported of two years is there to the day; undefined: there is none. */
export function tracesKeptUntil(traces: Traces): Instant | undefined {
  const [first, ...rest] = Object.values(traces).map(({ at }) => at);
  return first === undefined ? undefined : addDuration(latest(first, ...rest), duration(keptDays.contract + 31, 'days'));
}

/** On which day an order comes. */
import { randomFrom } from './random.ts';
import type { Trial } from './scenario.ts';

/**
 * Lead times are whole days and approvals take their time before them; goods come in the morning, so that what is approved during a day
 * comes a morning later. The same order of the same item takes as long whichever method made it.
 * @param ordered how many orders of this item came before
 */
export function arrivalDay({ pair, delays: { leadTimeDays, approvalHours } }: Trial, day: number, ordered: number): number {
  const random = randomFrom(pair.customer, pair.item, ordered);
  const lead = leadTimeDays.least + Math.floor(random() * (leadTimeDays.most - leadTimeDays.least + 1));
  const approval = approvalHours.least + random() * (approvalHours.most - approvalHours.least);
  return day + Math.max(1, Math.ceil(lead + approval / 24));
}

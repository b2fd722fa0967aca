/** Every distinct reading that a device sent is applied, ignored or quarantined, and nothing else is. */
import { addDuration, duration } from '../../../../shared/values.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

export const readingName = ({ thing, bootId, seq }: { thing: string; bootId: number; seq: number }): string => `${thing}/${bootId}/${seq}`;

/**
 * An acknowledged reading must have an outcome. One that was never acknowledged still lies in its device's buffer and will come again, so it
 * is no loss as such; but time waits for devices, so after the grace it means that the device was not heard.
 */
export function readingsKept({ readings, outcomes, now, readingGraceHours }: Facts): Finding[] {
  const known = new Set(outcomes.map(readingName));
  const heardBefore = addDuration(now, duration(-readingGraceHours, 'hours'));
  return readings.flatMap((reading): Finding[] => {
    if (reading.dropped || known.has(readingName(reading))) return [];
    const about = { subject: readingName(reading), at: reading.at };
    if (reading.acknowledged) return [{ rule: 'reading-lost', ...about, expected: 'applied, ignored or quarantined', actual: 'acknowledged, and no outcome' }];
    if (reading.at > heardBefore) return [];
    return [{ rule: 'reading-unheard', ...about, expected: 'acknowledged while its device was connected', actual: 'never acknowledged' }];
  });
}

/** A message that names no reading (boot 0) cannot be compared with what was sent; it stands in the quarantine for a person to see. */
export function readingsReal({ readings, outcomes, now }: Facts): Finding[] {
  const sent = new Set(readings.map(readingName));
  // A device of somebody's own keeps no ledger here; only things that are simulated can be compared.
  const simulated = new Set(readings.map(({ thing }) => thing));
  const strangers = outcomes
    .filter(({ bootId, thing }) => bootId > 0 && simulated.has(thing))
    .map(readingName)
    .filter((name) => !sent.has(name));
  return [...new Set(strangers)].map((subject) => ({
    ...{ rule: 'reading-never-sent', subject, at: now },
    ...{ expected: 'in the ledger of its device', actual: 'it has an outcome, but no device sent it' },
  }));
}

/** What a supply holds is what its device measured last, as far as the sensor can tell. */
import { noiseBetween } from '../../../../shared/supply/stock.ts';
import type { Facts, SentReading } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { readingName } from './readings.ts';

/** A reading may be ignored because it is within the noise of the stored one, which itself may be as far from what was measured. */
const NOISES = 2;
/** Amounts are kept to a thousandth. */
const ROUNDING = 0.001;

export function stockAsMeasured({ supplies, readings, outcomes }: Facts): Finding[] {
  const newest = newestOfSlot(readings, outcomes);
  return supplies.flatMap(({ state }): Finding[] => {
    const { supplyId, thing, slot, onHand } = state;
    const reading = newest.get(`${thing ?? ''}/${slot ?? ''}`);
    if (reading?.measured === undefined) return [];
    const { amount, uncertainty } = reading.measured;
    if (Math.abs(onHand - amount) <= NOISES * noiseBetween(state, uncertainty) + ROUNDING) return [];
    const expected = `${amount} ± ${uncertainty}, as ${readingName(reading)} says`;
    return [{ rule: 'stock-differs', subject: supplyId, at: reading.at, expected, actual: String(onHand) }];
  });
}

/** Of those that reached us and were believed; a device counts its starts, and its readings within each. */
function newestOfSlot(readings: Facts['readings'], outcomes: Facts['outcomes']): Map<string, SentReading> {
  const heard = new Set(outcomes.map(readingName));
  const refused = new Set(outcomes.filter(({ verdict }) => verdict === 'quarantined').map(readingName));
  const newest = new Map<string, SentReading>();
  for (const reading of readings) {
    const name = readingName(reading);
    if (reading.measured === undefined || !heard.has(name) || refused.has(name)) continue;
    const place = `${reading.thing}/${reading.measured.slot}`;
    const known = newest.get(place);
    if (known === undefined || reading.bootId > known.bootId || (reading.bootId === known.bootId && reading.seq > known.seq)) newest.set(place, reading);
  }
  return newest;
}

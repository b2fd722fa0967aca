/** Readings meet their supplies: thing → household and slots, slot → supply, and one decision and write per supply. */
import { textWithoutMessagesShown, textWithoutOptional, withoutMessagesShown, withoutOptional } from '../../shared/device/optional-fields.ts';
import { observe } from '../../shared/supply/observe.ts';
import { millisOf, type SupplyId, type ThingName } from '../../shared/values.ts';
import type { Device } from '../../shared/household/household.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { findDevice } from '../runtime/find-device.ts';
import { correlated, correlation } from '../runtime/correlation.ts';
import { groupBy } from '../../shared/group.ts';
import { logger } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { change } from '../runtime/store.ts';
import { weather } from '../runtime/weather.ts';
import { confirmDevice } from './confirm-device.ts';
import { keepUse } from './keep-use.ts';
import { quarantine, type Observed, type ReadingOutcome } from './quarantine.ts';
import { readingKey, type UnderstoodReading } from './read-telemetry.ts';

const refuse = (read: UnderstoodReading, reason: string, device?: Device) => ({
  ...read,
  ...{ key: readingKey(read.reading), bootId: read.reading.bootId, seq: read.reading.seq, reason },
  ...(device !== undefined && { householdId: device.householdId }),
});

/** What the household has not said yes to is gone before anything of it is stored or logged. */
function permittedOf({ optionalTelemetry }: Partial<Pick<Device, 'optionalTelemetry'>>, read: UnderstoodReading): UnderstoodReading {
  const { reading, payload } = read;
  if (optionalTelemetry?.allowed !== true) return { ...read, reading: withoutOptional(reading), payload: textWithoutOptional(payload) };
  return optionalTelemetry.messagesShown === true ? read : { ...read, reading: withoutMessagesShown(reading), payload: textWithoutMessagesShown(payload) };
}

export async function observeReadings(understood: readonly UnderstoodReading[]): Promise<Observed[]> {
  const perThing = [...groupBy(understood, ({ thing }) => thing)];
  return (await Promise.all(perThing.map(([thing, readings]) => observeThing(thing, readings)))).flat();
}

async function observeThing(thing: ThingName, readings: readonly UnderstoodReading[]): Promise<Observed[]> {
  try {
    const device = await findDevice(thing);
    const permitted = readings.map((read) => permittedOf(device ?? {}, read));
    if (device === undefined) return await quarantine(permitted.map((read) => refuse(read, 'this thing belongs to no household')));
    const perSlot = [...groupBy(permitted, ({ reading }) => reading.slot)];
    const observed = (await Promise.all(perSlot.map(([slot, ofSlot]) => observeSlot(device, device.slots[slot], ofSlot)))).flat();
    if (device.optionalTelemetry?.allowed === true) await keepUse(device, permitted, observed);
    // Afterwards, so that whoever hears of it finds what it said.
    await confirmDevice(device);
    return observed;
  } catch (error) {
    return [failAll(thing, readings, error)];
  }
}

async function observeSlot(device: Device, supplyId: SupplyId | undefined, readings: readonly UnderstoodReading[]): Promise<Observed[]> {
  if (supplyId === undefined) return quarantine(readings.map((read) => refuse(read, `no supply is linked to slot ${read.reading.slot}`, device)));
  try {
    return await observeSupply(device, supplyId, readings);
  } catch (error) {
    return [failAll(device.thing, readings, error)];
  }
}

const observeSupply = (device: Device, supplyId: SupplyId, reads: readonly UnderstoodReading[]): Promise<Observed[]> =>
  correlated({ subject: keys.supply(device.householdId, supplyId) }, () => observeInScope(device, supplyId, reads));

async function observeInScope(device: Device, supplyId: SupplyId, reads: readonly UnderstoodReading[]): Promise<Observed[]> {
  const now = productNow();
  const outside = device.deviceType === 'heating' ? await weather.daysAround(device, now) : [];
  let verdicts: ReturnType<typeof observe>['verdicts'] = [];
  await change(kinds.supply, keys.supply(device.householdId, supplyId), (supply) => {
    if (supply === undefined) throw new Error(`${device.thing} names the supply ${supplyId}, which does not exist`);
    const observed = observe(
      supply,
      reads.map(({ reading }) => reading),
      now,
      outside,
    );
    ({ verdicts } = observed);
    return observed.changed ? { kind: 'changed', state: observed.supply, events: observed.events } : { kind: 'ignored', reason: 'nothing-changed' };
  });
  const verdictOf = new Map(verdicts.map((verdict) => [readingKey(verdict), verdict]));
  const bad = reads.flatMap((read) => {
    const verdict = verdictOf.get(readingKey(read.reading));
    return verdict?.verdict === 'quarantined' ? [refuse(read, verdict.reason ?? 'implausible', device)] : [];
  });
  const kept = verdicts.filter(({ verdict }) => verdict !== 'quarantined');
  const outcomes = kept.map(({ bootId, seq, verdict, reason }): ReadingOutcome =>
    reason === undefined ? [device.thing, bootId, seq, verdict] : [device.thing, bootId, seq, verdict, reason],
  );
  const readOf = new Map(reads.map((read) => [readingKey(read.reading), read]));
  const times = kept.flatMap((verdict) => {
    const read = readOf.get(readingKey(verdict));
    return read === undefined ? [] : [[read.reading.sampledAt, read.receivedAt] as const];
  });
  for (const { verdict, bootId, seq } of kept) {
    const receivedAt = readOf.get(readingKey({ bootId, seq }))?.receivedAt;
    if (verdict === 'applied' && receivedAt !== undefined) measure('ReadingLag', millisOf(now) - millisOf(receivedAt));
  }
  return [{ outcomes, about: { supplyId, times, correlationid: correlation() }, failed: [] }, ...(await quarantine(bad))];
}

function failAll(thing: ThingName, readings: readonly UnderstoodReading[], error: unknown): Observed {
  logger.error('readings could not be stored and will come again', { thing, error: error instanceof Error ? error : String(error) });
  return { outcomes: [], failed: readings.map(({ recordId }) => recordId) };
}

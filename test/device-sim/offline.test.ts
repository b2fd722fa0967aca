import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Faults } from '../../device-sim/faults.ts';
import { deviceFaultSchema } from '../../device-sim/past.ts';
import type { ThingSpec } from '../../device-sim/simulation.ts';
import { readingSchema } from '../../shared/device/telemetry.ts';
import { day, fridgeSpec, heatingSpec, heatingThing, startsAt, thing } from './examples.ts';
import { openHouse, type OpenHouse } from './house.ts';
import { linesOf, makeCertificates, newDirectory, removeDirectory } from './stage.ts';

const things = [thing, heatingThing];
let certificates = '';
let house: OpenHouse;
beforeAll(async () => {
  certificates = await newDirectory();
  await makeCertificates(certificates, things);
});
afterAll(() => removeDirectory(certificates));
afterEach(() => house.close());

/** Nobody takes eggs or butter, so that their heartbeats go together at night. */
function quietFridge(): ThingSpec {
  const spec = fridgeSpec(join(certificates, thing));
  return { ...spec, slots: spec.slots.map((slot) => (slot.slot === 'milk' ? slot : { ...slot, usePerDay: 0 })) };
}
const open = async (faults: readonly string[]) => {
  const specs = [quietFridge(), heatingSpec(join(certificates, heatingThing))];
  house = await openHouse({ certificates, things: specs, more: { faults } });
  const simulator = await house.start('devices');
  return { simulator, plan: new Faults({ seed: 3, startsAt, things, kinds: faults }) };
};
const sentBy = (client: string) =>
  house.broker
    .telemetry()
    .filter(({ clientId }) => clientId === client)
    .map(({ payload }) => readingSchema.parse(JSON.parse(payload)));
const ledger = () => linesOf(join(house.directory, 'ledgers', 'devices.ndjson'));
const noted = async (fault: string) => (await linesOf(join(house.directory, 'faults.ndjson'))).filter((line) => line.fault === fault);
const numbersOf = (readings: { seq: number }[]) => readings.map(({ seq }) => seq);

// A process takes a second to start, and several on a machine that is busy.
describe('devices with faults', { timeout: 90_000 }, () => {
  it('go off the net for a day: nothing leaves, the clock goes on, and afterwards everything leaves in order', async () => {
    const { simulator, plan } = await open(['device-offline']);
    const from = plan.nextChangeAfter(startsAt) ?? NaN;
    const until = plan.nextChangeAfter(from) ?? NaN;
    const victim = things.find((one) => plan.spanAt('device-offline', one, from) !== undefined) ?? '';
    const next = await house.liveUntil(from, startsAt);
    const before = sentBy(victim).length;
    const connections = house.broker.connects.all.length;
    await house.liveUntil(until - 1, next);
    expect(sentBy(victim)).toHaveLength(before);
    expect(house.broker.connects.all).toHaveLength(connections);
    const held = (await ledger()).filter(({ kind, thing: said }) => kind === 'reading' && said === victim).slice(before);
    expect(held.length).toBeGreaterThanOrEqual(1);
    await house.liveUntil(until, until);
    expect(sentBy(victim).slice(before)).toEqual(held.map(({ reading }) => reading));
    expect(numbersOf(sentBy(victim))).toEqual(sentBy(victim).map((_, index) => index + 1));
    expect((await ledger()).filter(({ kind }) => kind === 'offline' || kind === 'online')).toMatchObject([
      { kind: 'offline', thing: victim },
      { kind: 'online', thing: victim },
    ]);
    expect(await noted('device-offline')).toEqual([
      { fault: 'device-offline', at: expect.any(String) as string, subject: expect.stringContaining(victim) as string },
    ]);
    expect(await simulator.kill('SIGTERM')).toBe(0);
    expect(simulator.stderr()).toBe('');
  });

  it('say things twice, backwards and at the wrong time; each is counted once, and the ledger says what was sent', async () => {
    const { simulator } = await open(deviceFaultSchema.options.filter((fault) => fault !== 'device-offline'));
    await house.liveUntil(startsAt + 8 * day, startsAt);
    expect(await simulator.kill('SIGTERM')).toBe(0);
    const sent = things.flatMap((client) => sentBy(client));
    const distinct = new Set(sent.map((reading) => JSON.stringify(reading)));
    const written = (await ledger()).filter(({ kind }) => kind === 'reading');
    expect(distinct).toEqual(new Set(written.map(({ reading }) => JSON.stringify(reading))));
    expect(await noted('reading-duplicated')).toHaveLength(sent.length - distinct.size);
    expect(sent.length).toBeGreaterThan(distinct.size);
    const steps = things.flatMap((client) => numbersOf(sentBy(client)).map((seq, index, all) => seq - (all[index - 1] ?? 0)));
    expect((await noted('reading-out-of-order')).length).toBeGreaterThan(0);
    expect(steps.filter((step) => step === -1).length).toBeGreaterThanOrEqual((await noted('reading-out-of-order')).length);
    const skewed = written.filter(({ trueAt }) => trueAt !== undefined);
    expect(skewed.length).toBeGreaterThan(0);
    expect(skewed.every(({ trueAt, at, reading }) => trueAt === at && (reading as { sampledAt: string }).sampledAt !== at)).toBe(true);
    expect(await noted('clock-wrong')).toHaveLength(2);
  });
});

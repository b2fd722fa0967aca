import { spawn } from 'node:child_process';
import { appendFile, mkdir, truncate, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readingSchema } from '../../shared/device/telemetry.ts';
import { instantOf } from '../../shared/values.ts';
import { day, fridgeSpec, milkGtin, startsAt } from './examples.ts';
import {
  linesOf,
  makeCertificates,
  newDirectory,
  removeDirectory,
  startBroker,
  startConductor,
  startSimulator,
  writeSimulation,
  type Broker,
  type Running,
  type TestConductor,
} from './stage.ts';

let certificates = '';
beforeAll(async () => {
  certificates = await newDirectory();
  await makeCertificates(certificates, ['fridge-anna']);
});
afterAll(() => removeDirectory(certificates));

let directory = '';
let broker: Broker;
let conductor: TestConductor;
let running: Running[] = [];
let simulation = '';
const ledger = () => join(directory, 'ledgers', 'devices.ndjson');
const start = () => {
  const process = startSimulator('devices', simulation);
  running.push(process);
  return process;
};

beforeEach(async () => {
  directory = await newDirectory();
  await mkdir(join(directory, 'doorstep'));
  [broker, conductor] = await Promise.all([startBroker(certificates), startConductor()]);
  simulation = await writeSimulation(directory, {
    ...{ seed: 5, startsAt: instantOf(startsAt), conductorPort: conductor.port, brokerPort: broker.port, brokerCa: join(certificates, 'ca.pem') },
    ...{
      apiUrl: 'http://127.0.0.1:1/api',
      ledgers: join(directory, 'ledgers'),
      doorstep: join(directory, 'doorstep'),
      retailers: [{ retailerId: 'rt_frischhof' }],
    },
    households: [{ householdId: 'hh_anna', name: 'Anna', account: 'acc-hh_anna', members: [], things: [fridgeSpec(join(certificates, 'fridge-anna'))] }],
  });
});
afterEach(async () => {
  for (const { kill } of running) await kill('SIGKILL');
  running = [];
  await Promise.all([broker.close(), conductor.close()]);
  await removeDirectory(directory);
});

/** Turns at each `next` until a product moment; answers the last `next`. */
async function liveUntil(end: number, from = startsAt): Promise<number> {
  let next = (await conductor.turn(from)) ?? Infinity;
  while (next <= end) next = (await conductor.turn(next)) ?? Infinity;
  return next;
}
const isTelemetry = ({ topic }: { topic: string }): boolean => topic.endsWith('/telemetry');
const names = (readings: { payload: string }[]) =>
  readings.map(({ payload }) => {
    const { bootId, seq } = readingSchema.parse(JSON.parse(payload));
    return `${bootId}/${seq}`;
  });
const namesIn = (lines: Record<string, unknown>[], kind: string) =>
  lines.filter((line) => line.kind === kind).map(({ bootId, seq }) => `${String(bootId)}/${String(seq)}`);

// A process takes a second to start, and several on a machine that is busy.
describe('the process of the devices', { timeout: 90_000 }, () => {
  it('connects with its certificate, says its presence, asks what it has missed, and publishes only what its ledger holds', async () => {
    const simulator = start();
    await conductor.hellos(1);
    expect(await conductor.turn(startsAt)).toBeGreaterThan(startsAt);
    const first = broker.telemetry();
    expect(names(first)).toEqual(['1/1', '1/2', '1/3']);
    expect(
      first.every(
        ({ clientId, commonName, qos, topic }) =>
          clientId === 'fridge-anna' &&
          commonName === 'fridge-anna' &&
          qos === 1 &&
          topic === '$aws/rules/nachschub_telemetry/dt/nachschub/fridge-anna/telemetry',
      ),
    ).toBe(true);
    await broker.published.until(({ topic }) => topic === 'cmd/nachschub/fridge-anna/sync');
    const [presence] = await broker.published.until(({ topic }) => topic === 'dt/nachschub/fridge-anna/presence');
    expect(JSON.parse(presence?.payload ?? '')).toEqual({ connected: true });

    await broker.publish('cmd/nachschub/fridge-anna/message', { messageId: 'm1', kind: 'order-placed', title: 'Bestellt' });
    await liveUntil(startsAt + 3 * day);
    expect(await simulator.kill('SIGTERM')).toBe(0);
    const said = broker.published.all.filter(({ topic }) => topic.endsWith('/presence')).at(-1);
    expect(JSON.parse(said?.payload ?? '')).toEqual({ connected: false });
    const lines = await linesOf(ledger());
    const readings = lines.filter(({ kind }) => kind === 'reading');
    expect(broker.telemetry().map(({ payload }) => JSON.parse(payload) as unknown)).toEqual(readings.map(({ reading }) => reading));
    expect(namesIn(lines, 'acknowledged')).toEqual(namesIn(lines, 'reading'));
    expect(lines.filter(({ kind }) => kind === 'told')).toMatchObject([{ thing: 'fridge-anna', messageId: 'm1' }]);
    expect(simulator.stderr()).toBe('');
  });

  it('survives kill -9: what was not acknowledged goes out again as it was, and the new boot counts on', async () => {
    start();
    await conductor.hellos(1);
    await liveUntil(startsAt + day);
    const before = broker.telemetry().length;
    broker.holdPubacks();
    const later = startsAt + 2 * day;
    conductor.beginTurn(later);
    await broker.published.until(isTelemetry, before + 3);
    await running[0]?.kill('SIGKILL');
    const open = namesIn(await linesOf(ledger()), 'reading').slice(before);
    const sentBefore = broker.telemetry().slice(before);
    expect(names(sentBefore)).toEqual(open.slice(0, sentBefore.length));
    const { port } = broker;
    await broker.close();
    broker = await startBroker(certificates, port);

    start();
    await conductor.hellos(2);
    await conductor.turn(later);
    const sent = broker.telemetry();
    expect(names(sent)).toEqual([...open, '2/1', '2/2', '2/3']);
    expect(sent.slice(0, sentBefore.length).map(({ payload }) => payload)).toEqual(sentBefore.map(({ payload }) => payload));
    expect(await running[1]?.kill('SIGTERM')).toBe(0);
    const lines = await linesOf(ledger());
    expect(new Set(namesIn(lines, 'acknowledged'))).toEqual(new Set(namesIn(lines, 'reading')));
    expect(new Set(namesIn(lines, 'reading')).size).toBe(namesIn(lines, 'reading').length);
  });

  it('buffers while the broker is away, does not hold the clock, and sends all in order when it is back', async () => {
    start();
    await conductor.hellos(1);
    let next = (await conductor.turn(startsAt)) ?? 0;
    const { port } = broker;
    await broker.close();
    for (let turn = 0; turn < 2; turn += 1) next = (await conductor.turn(next)) ?? 0;
    const buffered = namesIn(await linesOf(ledger()), 'reading').slice(3);
    expect(buffered.length).toBeGreaterThan(1);
    broker = await startBroker(certificates, port);
    await broker.published.until(isTelemetry, buffered.length);
    expect(names(broker.telemetry())).toEqual(buffered);
    const times = broker.telemetry().map(({ payload }) => readingSchema.parse(JSON.parse(payload)).sampledAt);
    expect(times).toEqual([...times].sort());
  });

  it('carries goods in from the doorstep, once, and forgets nothing of a torn ledger', async () => {
    start();
    await conductor.hellos(1);
    let next = (await conductor.turn(startsAt)) ?? 0;
    const handover = { at: instantOf(startsAt), orderId: 'ord_1', lines: [{ gtin: milkGtin, packs: 2 }] };
    await appendFile(join(directory, 'doorstep', 'acc-hh_anna.ndjson'), `${JSON.stringify(handover)}\n{"at":"2026`);
    next = (await conductor.turn(next)) ?? 0;
    const stocked = (await linesOf(ledger())).filter(({ kind }) => kind === 'stocked');
    expect(stocked).toMatchObject([{ thing: 'fridge-anna', slot: 'milk', orderId: 'ord_1', amount: 2, unit: 'l' }]);
    await running[0]?.kill('SIGKILL');
    await truncate(ledger(), (await readFile(ledger())).length - 20);

    start();
    await conductor.hellos(2);
    await conductor.turn(next);
    const lines = await linesOf(ledger());
    expect(lines.filter(({ kind }) => kind === 'stocked')).toEqual(stocked);
    expect(lines.filter(({ kind }) => kind === 'boot').map(({ bootId }) => bootId)).toEqual([1, 2]);
    const milk = broker
      .telemetry()
      .map(({ payload }) => readingSchema.parse(JSON.parse(payload)))
      .find(({ bootId, slot }) => bootId === 2 && slot === 'milk');
    expect(milk?.level.amount).toBeGreaterThan(2);
  });

  it('ends when its parent is gone', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'device-sim/devices.ts', simulation], { stdio: ['pipe', 'ignore', 'inherit'] });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await conductor.hellos(1);
    child.stdin.end();
    expect(await ended).toBe(0);
  });
});

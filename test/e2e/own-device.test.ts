/** A stranger's first five minutes: a device of their own, added by command, speaks through any MQTT client, and only as itself. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import mqtt from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readFeed } from '../../infra/local/run/screen/feed-reader.ts';
import type { Snapshot, SupplyCard } from '../../infra/local/window/snapshot.ts';
import { Run } from '../run.ts';

const root = path.join(import.meta.dirname, '..', '..');
const run = promisify(execFile);
const node = (...args: string[]) => run(process.execPath, args, { cwd: root });
const failureSchema = z.object({ code: z.int(), stderr: z.string() });
const failureOf = async (running: Promise<unknown>) => failureSchema.parse(await running.then(() => undefined).catch((error: unknown) => error));

describe('a device of a stranger', () => {
  let house: Run;
  let ended: Promise<unknown>;
  let brokerPort: string;
  const data = () => path.join(house.data, 'data');
  const own = (file: string) => path.join(house.data, 'own', file);
  const add = (...args: string[]) => node('--import', 'tsx', 'infra/local/commands/device.ts', 'add', ...args, '--data', data());
  const reading = (seq: number, litres: number, sampledAt: string) =>
    JSON.stringify({ bootId: 1, seq, sampledAt, slot: 'milk', level: { amount: litres, unit: 'l' }, uncertainty: 0.05 });
  /** The command of a package that knows nothing of us. */
  const publish = (thing: string, message: string) =>
    node(
      ...['node_modules/mqtt/build/bin/mqtt.js', 'publish', '-h', 'localhost', '-p', brokerPort, '-C', 'mqtts', '-i', thing, '-q', '1'],
      ...['--ca', own('ca.pem'), '--cert', own('certificate.pem'), '--key', own('key.pem')],
      ...['-t', `dt/nachschub/${thing}/telemetry`, '-m', message],
    );
  /** Rejects where the command would go on trying for ever. */
  const say = async (folder: string, clientId: string, thing: string, message: string) => {
    const credentials = {
      ca: await readFile(own('ca.pem')),
      cert: await readFile(path.join(folder, 'certificate.pem')),
      key: await readFile(path.join(folder, 'key.pem')),
    };
    const client = await mqtt.connectAsync({ protocol: 'mqtts', host: 'localhost', port: Number(brokerPort), clientId, ...credentials, reconnectPeriod: 0 });
    try {
      const ended = new Promise<never>((_, reject) => client.once('close', () => reject(new Error('the connection was ended'))));
      await Promise.race([client.publishAsync(`dt/nachschub/${thing}/telemetry`, message, { qos: 1 }), ended]);
    } finally {
      client.end(true);
    }
  };
  /** The window's snapshot as soon as it is as expected. */
  const snapshotWhen = (isThere: (snapshot: Snapshot) => boolean) =>
    new Promise<Snapshot>((resolve) => {
      const stop = readFeed(`http://127.0.0.1:${house.port}`, (snapshot) => {
        if (!isThere(snapshot)) return;
        stop();
        resolve(snapshot);
      });
    });
  const milkOf = ({ households }: Snapshot, supplyId: string): SupplyCard | undefined =>
    households.flatMap(({ supplies }) => supplies).find((supply) => supply.supplyId === supplyId);

  beforeAll(async () => {
    house = await Run.prepare();
    ended = house.start(['--headless', '--no-sim', '--speed', '1', '--households', '2']);
    await house.says(/Open http/);
    const { stdout } = await add('--household', 'hh_anna', '--type', 'fridge', '--thing', 'fridge-own', '--out', own(''));
    brokerPort = / -p (\d+) /.exec(stdout)?.[1] ?? '';
  }, 120_000);
  afterAll(async () => {
    house.stop();
    await ended;
    await house.remove();
  });

  it('moves its own supply with one line of a stock client', async () => {
    const { now } = await snapshotWhen(() => true);
    await publish('fridge-own', reading(1, 0.65, now));
    const moved = await snapshotWhen((snapshot) => milkOf(snapshot, 'sup_fridge-own-milk')?.inHouse === 650);
    expect(milkOf(moved, 'sup_anna-milk')?.inHouse).toBeGreaterThan(1_000);
  });

  it('moves nothing of another thing, and cannot be another thing', async () => {
    const { now } = await snapshotWhen(() => true);
    await add('--household', 'hh_berger', '--type', 'fridge', '--thing', 'fridge-other', '--out', own('other'));
    await expect(say(own(''), 'fridge-own', 'fridge-other', reading(1, 0.1, now))).rejects.toThrow('the connection was ended');
    await expect(say(own(''), 'fridge-other', 'fridge-other', reading(2, 0.2, now))).rejects.toThrow(/Not authorized/);
    // The other thing itself is heard, so whatever had been said in its name before would have been heard by now.
    await say(own('other'), 'fridge-other', 'fridge-other', reading(3, 0.3, now));
    // The log tells of a reading after the table has it.
    const appliedOf = ({ flow }: Snapshot) => flow.flatMap(({ figures }) => figures).find(({ figure }) => figure === 'applied')?.count ?? 0;
    const told = await snapshotWhen((snapshot) => milkOf(snapshot, 'sup_fridge-other-milk')?.inHouse === 300 && appliedOf(snapshot) >= 2);
    expect(appliedOf(told)).toBe(2);
  });

  it('is refused in one sentence where it cannot be', async () => {
    const nobody = await failureOf(add('--household', 'hh_nobody', '--type', 'fridge', '--out', own('none')));
    expect(nobody).toEqual({ code: 2, stderr: 'No household hh_nobody lives here.\n' });
    const taken = await failureOf(add('--household', 'hh_berger', '--type', 'fridge', '--thing', 'fridge-own', '--out', own('none')));
    expect(taken).toEqual({ code: 2, stderr: 'fridge-own belongs to another household already; choose another --thing.\n' });
    const again = await failureOf(add('--household', 'hh_anna', '--type', 'fridge', '--out', own('')));
    expect(again.stderr).toMatch(/holds a key already; choose another --out/);
    const wrong = await failureOf(add('--type', 'car', '--out', own('none')));
    expect(wrong.stderr).toMatch(/^--type: expected fridge, heating, tv\n/);
  });
});

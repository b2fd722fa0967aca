/** A device that nobody has yet, made as a stranger would, and what it says over mutual TLS. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import mqtt from 'mqtt';
import { inject } from 'vitest';
import { z } from 'zod';
import { findRunningCloud } from '../../infra/local/commands/running-cloud.ts';

const root = path.join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

export interface OwnDevice {
  readonly thing: string;
  readonly code: string;
  /** Resolves when the broker has taken it. */
  say(slot: string, level: { readonly amount: number; readonly unit: string }): Promise<void>;
  remove(): Promise<void>;
}

const found = (text: string, pattern: RegExp): string => {
  const [, word] = pattern.exec(text) ?? [];
  if (word === undefined) throw new Error(`expected ${String(pattern)} in ${text}`);
  return word;
};

export async function makeDevice(type: 'fridge' | 'heating' | 'tv'): Promise<OwnDevice> {
  const directory = await mkdtemp(path.join(tmpdir(), 'nachschub-own-'));
  const data = inject('cloudData');
  const out = path.join(directory, 'own');
  const command = ['--import', 'tsx', 'infra/local/commands/device.ts', 'make', '--type', type, '--out', out, '--data', data];
  const { stdout } = await run(process.execPath, command, { cwd: root });
  const thing = found(stdout, /^(\S+) belongs to nobody yet/);
  const { brokerPort, url } = findRunningCloud(data);
  let seq = 0;
  return {
    thing,
    code: found(stdout, /Pairing code: (\S+)/),
    say: async (slot, level) => {
      const { now } = z.object({ now: z.string() }).parse(await (await fetch(`${url}/snapshot`)).json());
      const read = (file: string) => readFile(path.join(out, file));
      const credentials = { ca: await read('ca.pem'), cert: await read('certificate.pem'), key: await read('key.pem') };
      const client = await mqtt.connectAsync({ protocol: 'mqtts', host: 'localhost', port: brokerPort, clientId: thing, ...credentials });
      seq += 1;
      const reading = { bootId: 1, seq, sampledAt: now, slot, level, uncertainty: 0.05 };
      await client.publishAsync(`dt/nachschub/${thing}/telemetry`, JSON.stringify(reading), { qos: 1 });
      await client.endAsync();
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

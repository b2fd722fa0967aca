/** The scenario's shops as processes of their own, in a good mood: what is ordered is confirmed at once, sent, and comes on the day that was said. */
import { fork } from 'node:child_process';
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { articles } from '../../infra/local/scenario/articles.ts';
import { apiClient } from '../../infra/local/run/api-client.ts';
import { goLive } from '../../infra/local/run/go-live.ts';
import type { RunningCloud } from '../../infra/local/commands/running-cloud.ts';

const root = path.join(import.meta.dirname, '..', '..');
/** Groceries and fuel; a third would only make the machine warmer. */
const OPEN = ['rt_frischhof', 'rt_waermewerk'] as const;
/** Of cheese and butter it always asks whether something else may come; without an answer what was ordered does. */
const KEEPS_ITS_WORD = { reject: 0, change: 0, substitute: 1, leadTimeSdDays: 0, answerMinutes: [1, 2] };
const RUNS_SHORT: readonly string[] = [articles.cheese.gtin, articles.butter.gtin];
const retailerSchema = z.looseObject({
  retailerId: z.string(),
  port: z.int(),
  secretToRetailer: z.string(),
  substitutes: z.array(z.looseObject({ insteadOf: z.string() })),
});
type Retailer = z.infer<typeof retailerSchema>;
const simulationSchema = z.looseObject({ retailers: z.array(retailerSchema) });
/** Two minutes: this machine may have other things to do. */
const TRIES = 1_200;

export interface Shops {
  /** Resolves when both have published what they sell, and have passed their conformance run. */
  readonly published: Promise<unknown>;
  close(): void;
}

export function openShops(cloud: RunningCloud): Shops {
  const simulation = simulationSchema.parse(JSON.parse(readFileSync(cloud.inside('simulation.json'), 'utf8')));
  const file = cloud.inside('good-shops.json');
  const retailers = simulation.retailers.map((retailer) => ({
    ...retailer,
    temper: KEEPS_ITS_WORD,
    substitutes: retailer.substitutes.filter(({ insteadOf }) => RUNS_SHORT.includes(insteadOf)),
  }));
  writeFileSync(file, JSON.stringify({ ...simulation, retailers }), { mode: 0o600 });
  const children = OPEN.map((retailerId) => {
    const log = openSync(cloud.inside('logs', `${retailerId}.log`), 'a');
    return fork(path.join(root, 'retailer-sim', 'main.ts'), [file, retailerId], { execArgv: ['--import', 'tsx'], stdio: ['ignore', log, log, 'ipc'] });
  });
  return {
    published: Promise.all(retailers.filter(({ retailerId }) => OPEN.some((open) => open === retailerId)).map((retailer) => isThere(cloud, retailer))),
    close: () => {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}

async function isThere(cloud: RunningCloud, { retailerId, port, secretToRetailer }: Retailer): Promise<void> {
  await hasPublished(cloud, retailerId);
  const operator = apiClient(cloud.apiUrl, z.string().parse(await cloud.ask({ call: 'operatorToken' })));
  await goLive(operator, { retailerId, url: `http://127.0.0.1:${port}`, secretToRetailer }, cloud.inside('clock.json'));
}

/** A shop's book says so first, and no event reaches us from another's process: so its ledger is read until it does. */
async function hasPublished(cloud: RunningCloud, retailerId: string): Promise<void> {
  const book = cloud.inside('ledgers', `${retailerId}.ndjson`);
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (existsSync(book) && readFileSync(book, 'utf8').includes('"message-taken"')) return;
    await pause(100);
  }
  throw new Error(`${retailerId} has published nothing; see its log`);
}

/** Ten thousand events of Segment's own library against the running local cloud, over a line on which answers get lost: exactly those are stored. */
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { scanTables } from '../../infra/local/auditor/scan.ts';
import { findRunningCloud, type RunningCloud } from '../../infra/local/commands/running-cloud.ts';
import { openTroubledApi, type TroubledApi } from '../functions/troubled-api.ts';
import { tellAll } from '../functions/segment-client.ts';
import { Run } from '../run.ts';

const SEED = Number(process.env['SEED'] ?? '1');
const EVENTS = Number(process.env['EVENTS'] ?? '10000');
const HOUSEHOLD = 'hh_anna';
let run: Run;
let cloud: RunningCloud;
let api: TroubledApi;

beforeAll(async () => {
  run = await Run.prepare();
  void run.start(['--headless', '--no-sim']);
  await run.says(/Open http/);
  cloud = findRunningCloud(path.join(run.data, 'data'));
  api = await openTroubledApi(
    async ({ path: at, headers, body }) => {
      const sent = { authorization: headers['authorization'] ?? '', 'content-type': 'application/json' };
      const response = await fetch(`${cloud.apiUrl}${at}`, { method: 'POST', headers: sent, body });
      return { status: response.status, body: await response.text() };
    },
    { seed: SEED, share: 0.3 },
  );
});
afterAll(async () => {
  await api.close();
  await run.remove();
});

const touchpointSchema = z.object({ sk: z.string().startsWith('TP#'), state: z.object({ source: z.literal('src_proof'), messageId: z.string() }) });

it(`stores each of ${EVENTS} events once (seed ${SEED})`, async () => {
  const operator = z.string().parse(await cloud.ask({ call: 'operatorToken' }));
  const put = async (at: string, body?: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${operator}`, 'content-type': 'application/json' };
    const response = await fetch(`${cloud.apiUrl}${at}`, { method: 'PUT', headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    expect(response.status).toBe(200);
    return response.json();
  };
  await put('/sources/src_proof', { name: 'Proof', perMinute: 100_000 });
  const { writeKey } = z.object({ writeKey: z.string() }).parse(await put('/sources/src_proof/keys/one'));
  const { said, givenUp } = await tellAll({ url: api.url, writeKey, events: EVENTS, householdId: HOUSEHOLD, flushAt: 100 });
  expect(givenUp).toEqual([]);
  const stored = (await scanTables(cloud.access)).flatMap((item) => touchpointSchema.safeParse(item).data?.state.messageId ?? []);
  process.stdout.write(`${JSON.stringify({ said: said.length, stored: stored.length, ...api.happened })}\n`);
  expect(stored.sort()).toEqual(said.sort());
});

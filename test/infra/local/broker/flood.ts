/** Many things on one broker, one of which says as much as its line carries, while the others each publish a few readings. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { QueuesOnDisk, WORK, workAndLetters } from '../queues/queue-set-up.ts';
import { BrokerHarness, TELEMETRY_RULE } from './broker-harness.ts';

export const FLOODER = 'flooder';
export interface FloodPlan {
  readonly devices: number;
  /** Of each device, so many milliseconds apart. */
  readonly readings: number;
  readonly everyMillis: number;
}

export const thingSchema = z.strictObject({ thing: z.string(), cert: z.string(), key: z.string() });
/** What the two other processes are told. */
export const floodFileSchema = z.strictObject({
  port: z.int(),
  ca: z.string(),
  things: z.array(thingSchema),
  flooder: thingSchema,
  readings: z.int(),
  everyMillis: z.number(),
});
const saidSchema = z.strictObject({ acknowledged: z.array(z.string()), disconnected: z.int(), slowestMillis: z.number() });
const floodedSchema = z.strictObject({ sent: z.int(), disconnected: z.boolean() });

/** The name of a reading in all ledgers. */
export const nameOf = (thing: string, index: number): string => `${thing}/${index}`;
const bodySchema = z.looseObject({ thing: z.string(), payload: z.string() });

export async function flood({ devices, readings, everyMillis }: FloodPlan) {
  const disk = await QueuesOnDisk.create(workAndLetters);
  const { queues } = await disk.open();
  const rules = [{ ...TELEMETRY_RULE, actions: [{ queueArn: WORK }] }];
  const harness = await BrokerHarness.open(undefined, { rules, deliver: (queueArn, body) => queues.send(queueArn, body) });
  const children: ChildProcess[] = [];
  try {
    const things = [];
    for (let index = 0; index < devices; index += 1) things.push(await certificateOf(harness, `fridge-${index}`));
    const file = join(harness.directory, 'flood.json');
    const ca = await readFile(harness.broker.caFile, 'utf8');
    const plan = { port: harness.broker.port, ca, things, flooder: await certificateOf(harness, FLOODER), readings, everyMillis };
    await writeFile(file, JSON.stringify(floodFileSchema.parse(plan)));
    const [crowd, flooder] = ['flood-crowd.ts', 'flooder.ts'].map((script) => start(script, file));
    if (crowd === undefined || flooder === undefined) throw new Error('expected two processes');
    children.push(crowd, flooder);
    await Promise.all([next(crowd), next(flooder)]);
    // The broker knows of a connection a moment after its client does.
    while (harness.broker.connected().length <= devices) await new Promise((resolve) => setImmediate(resolve));
    const connected = harness.broker.connected().length;
    flooder.send('go');
    await next(flooder);
    const since = performance.now();
    crowd.send('go');
    const said = saidSchema.parse(await next(crowd));
    const seconds = (performance.now() - since) / 1_000;
    flooder.send('stop');
    const flooded = floodedSchema.parse(await next(flooder));
    const bodies = (await queues.receive(WORK, 1_000_000)).map(({ body }) => bodySchema.parse(JSON.parse(body)));
    const delivered = bodies.filter(({ thing }) => thing !== FLOODER).map(({ payload }) => Buffer.from(payload, 'base64').toString());
    return { connected, said, flooded, seconds, delivered, deliveredOfFlooder: bodies.length - delivered.length, reports: harness.reports };
  } finally {
    for (const child of children) child.kill();
    await harness.close();
    await disk.remove();
  }
}

async function certificateOf(harness: BrokerHarness, thing: string): Promise<z.infer<typeof thingSchema>> {
  const { certificatePem: cert, keyPem: key } = await harness.broker.issueCertificate(thing);
  return { thing, cert, key };
}

const start = (script: string, file: string): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, script), file], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

/** What the process says next; throws when it ends instead. */
async function next(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const message = once(child, 'message', { signal: ended.signal }).then(([said]: unknown[]) => said);
  child.once('exit', () => ended.abort(new Error('a process of the flood ended')));
  return message;
}

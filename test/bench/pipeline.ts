/** One run through everything that a reading meets on this machine, in figures and in ratios between them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openBroker } from '../../infra/local/broker/open-broker.ts';
import { thingPoliciesOf } from '../../infra/local/cloud/definitions.ts';
import { openBenchCloud, type BenchCloud } from './bench-cloud.ts';
import { bareBundles, functionBundles } from './bundles.ts';
import { Child } from './child.ts';
import { doneSchema, wroteSchema, type PublishCommand } from './messages.ts';
import { millis, quantile, table, times, whole } from './table.ts';
import { delays, writesPerMessage } from './writes.ts';

/** Each below the broker's limit of twenty messages a second and connection. */
const THINGS = 100;
const BURST = 18;
const SINGLES = 300;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

interface Rates {
  readonly flow: number;
  readonly written: number;
  readonly broker: number;
  readonly store: number;
}

export async function pipeline(): Promise<void> {
  print(`Opening the local cloud with ${THINGS} things (half a minute)\n`);
  const bench = await openBenchCloud(THINGS);
  try {
    const publishers = await startPublishers(bench, bench.cloud.broker.port);
    // The first messages warm functions and connections up.
    await say(publishers, { burst: 1, from: 1 });
    await bench.cloud.activity.whenIdle();
    await second();
    const flow = await throughFlow(bench, publishers);
    await second();
    const seen = await delays(bench, () => say(publishers, { single: SINGLES, everyMillis: 25, from: BURST + 10 }));
    publishers.stop();
    const rates = { ...flow, broker: await brokerAlone(bench), store: await storeAlone(bench) };
    printRates(rates);
    print(
      `\nPublish → visible in the store, ${seen.length} single readings, forty a second: p50 ${millis(quantile(seen, 0.5))}, p99 ${millis(quantile(seen, 0.99))}\n`,
    );
    print(table(['writes of', 'now', 'goal'], await writesPerMessage(bench)));
    await printBundles(bench);
  } finally {
    await bench.close();
  }
}

async function startPublishers({ cloud, things }: BenchCloud, port: number): Promise<Child> {
  const child = new Child('publishers.ts', { port, caFile: cloud.broker.caFile, things });
  await child.next(z.object({ connected: z.literal(things.length) }));
  return child;
}

async function say(publishers: Child, command: PublishCommand) {
  const done = publishers.next(doneSchema);
  publishers.send(command);
  return done;
}

/** The broker counts messages by the second. */
const second = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_100));

async function throughFlow({ cloud, access, directory }: BenchCloud, publishers: Child): Promise<{ flow: number; written: number }> {
  const stream = cloud.store.streamOf(access.tables.households);
  const writesBefore = Number(stream.lastSequence);
  const heardBefore = heardIn(directory);
  const from = performance.now();
  await say(publishers, { burst: BURST, from: 2 });
  await cloud.activity.whenIdle();
  const seconds = (performance.now() - from) / 1_000;
  const heard = heardIn(directory) - heardBefore;
  if (heard !== THINGS * BURST) print(`Of ${THINGS * BURST} readings ${heard} were heard of: the figures below are of those.`);
  return { flow: heard / seconds, written: (Number(stream.lastSequence) - writesBefore) / seconds };
}

/** Readings that the functions' journal knows: applied or, when newer ones of their batch came first, ignored. */
function heardIn(directory: string): number {
  const lines = readFileSync(path.join(directory, 'data', 'journal.ndjson'), 'utf8')
    .split('\n')
    .slice(0, -1);
  const outcomes = z.object({ outcomes: z.array(z.unknown()).default([]) });
  return lines.reduce((sum, line) => sum + outcomes.parse(JSON.parse(line)).outcomes.length, 0);
}

/** The same messages over the same connections, to a broker without rules. */
async function brokerAlone(bench: BenchCloud): Promise<number> {
  const { cloud, directory } = bench;
  const broker = await openBroker({
    ...{ directory: path.join(directory, 'data', 'broker'), rules: [], deliver: () => Promise.resolve(), activity: cloud.activity, now: Date.now },
    thingPolicies: thingPoliciesOf(cloud.template),
    authorizeConnection: () => Promise.resolve({ isAuthenticated: false }),
  });
  const publishers = await startPublishers(bench, broker.port);
  try {
    await say(publishers, { burst: 1, from: 1 });
    await second();
    const { millis: took, published } = await say(publishers, { burst: BURST, from: 2 });
    return (published.length / took) * 1_000;
  } finally {
    publishers.stop();
    await broker.close();
  }
}

async function storeAlone({ access }: BenchCloud): Promise<number> {
  const { endpointUrl: endpoint, accessKeyId, secretAccessKey, tables } = access;
  const writer = new Child('store-writer.ts', { endpoint, accessKeyId, secretAccessKey, table: tables.retailers, items: 32, rounds: 60 });
  const { writes, millis: took } = await writer.next(wroteSchema);
  writer.stop();
  return (writes / took) * 1_000;
}

function printRates({ flow, written, broker, store }: Rates): void {
  const rows = [
    ['whole flow: publish → queue → function → store', whole(flow), times(1)],
    ['  writes that it made (a batch of one supply is one write)', whole(written), times(written / flow)],
    ['store alone: conditional updates', whole(store), times(store / flow)],
    ['broker alone: QoS 1, acknowledged', whole(broker), times(broker / flow)],
  ];
  print(table(['a second', 'now', 'to the whole flow'], rows));
}

async function printBundles({ directory, bundles }: BenchCloud): Promise<void> {
  const { plain, lean } = await bareBundles(directory);
  const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(0)} kB`;
  const row = (name: string, gzipBytes: number, loadMillis: number) => [
    ...[name, kilobytes(gzipBytes), times(gzipBytes / plain.gzipBytes), times(gzipBytes / lean.gzipBytes)],
    ...[millis(loadMillis), times(loadMillis / plain.loadMillis)],
  ];
  const rows = [
    row('a bare DynamoDB client, as esbuild bundles it', plain.gzipBytes, plain.loadMillis),
    row('the same, bundled as our functions are', lean.gzipBytes, lean.loadMillis),
    ...functionBundles(bundles).map(({ name, gzipBytes, loadMillis }) => row(name, gzipBytes, loadMillis)),
  ];
  print(`\n${table(['bundle', 'gzip', 'to the bare one (goal 1.2)', 'to the lean one', 'load (CPU)', 'to the bare one'], rows)}`);
}

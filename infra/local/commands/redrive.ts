/** `npm run redrive`: what lies in the dead-letter queues, why, and back with it. The same command works on AWS, on one queue, with `--queue-url`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ListDeadLetterSourceQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { runSchema } from '../cloud/control.ts';
import { UsageError } from '../options.ts';
import { deadLetterQueuesOf, type DeadLetterQueue } from '../redrive/dead-letter-queues.ts';
import { reasonsOf } from '../redrive/reasons.ts';
import { hold, redrive, release, type Clients, type Held, type Redriven } from '../redrive/redrive.ts';
import { REGION } from '../template/identity.ts';
import { readAssembly } from '../template/read-assembly.ts';
import { runCommand } from './run-command.ts';
import { findRunningCloud } from './running-cloud.ts';

const usage = `npm run redrive -- [--queue NAME] [--data DIR] [--dry-run]
npm run redrive -- --queue-url URL [--to URL] [--dry-run]
  --queue NAME      only queues whose name holds this, such as decide-order
  --data DIR        of the running local cloud (default .nachschub)
  --dry-run         shows what lies there, and leaves it
  --queue-url URL   a dead-letter queue on AWS, with the credentials and the region of your shell
  --to URL          where its messages belong (default: the queue that has it for its dead letters)`;

function readOptions(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = {
      queue: text,
      data: { ...text, default: '.nachschub' },
      'dry-run': { type: 'boolean', default: false },
      'queue-url': text,
      to: text,
    } as const;
    const { values } = parseArgs({ args, options });
    return { ...values, isDryRun: values['dry-run'], queueUrl: values['queue-url'] };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : 'the options were not understood'}\n\n${usage}`);
  }
}
type Options = ReturnType<typeof readOptions>;

interface Place {
  readonly clients: Clients;
  readonly queues: readonly DeadLetterQueue[];
  /** Of its logs; on AWS they are in CloudWatch. */
  readonly data?: string;
}

function onThisMachine({ data, queue: part = '' }: Options): Place {
  const cloud = findRunningCloud(data);
  const { endpointUrl, accessKeyId, secretAccessKey } = cloud.access;
  const { assemblyDirectory } = runSchema.parse(JSON.parse(readFileSync(cloud.inside('cloud.json'), 'utf8')));
  const settings = { endpoint: endpointUrl, region: REGION, credentials: { accessKeyId, secretAccessKey } };
  const plain = (name: string): string => name.replaceAll('-', '').toLowerCase();
  const queues = deadLetterQueuesOf(readAssembly(assemblyDirectory, { endpointUrl })).filter(({ name }) => plain(name).includes(plain(part)));
  if (queues.length === 0) throw new UsageError(`No dead-letter queue has ${part} in its name.`);
  return { clients: { sqs: new SQSClient(settings), events: new EventBridgeClient(settings) }, queues, data: path.resolve(data) };
}

async function onAws(url: string, to: string | undefined): Promise<Place> {
  const sqs = new SQSClient({});
  const sourceUrl = to ?? (await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url }))).queueUrls?.[0];
  const name = url.split('/').at(-1) ?? url;
  return { clients: { sqs, events: new EventBridgeClient({}) }, queues: [{ name, url, ...(sourceUrl !== undefined && { sourceUrl }) }] };
}

function listed({ letter }: Held, reasons: ReadonlyMap<string, string>): string {
  const key = letter.kind === 'report' ? undefined : letter.key;
  const reason = key === undefined ? undefined : reasons.get(key);
  return `  ${letter.words}${reason === undefined ? '' : `\n    failed: ${reason}`}`;
}

const outcomeOf = (results: readonly Redriven[]): string[] => {
  const [moved, published, kept] = (['moved', 'published', 'kept'] as const).map((done) => results.filter((result) => result.done === done));
  const whys = new Set((kept ?? []).flatMap((result) => (result.done === 'kept' ? [result.why] : [])));
  return [
    ...(moved?.length ? [`  → ${moved.length} went back to their queue`] : []),
    ...(published?.length ? [`  → ${published.length} were put on the bus`] : []),
    ...(kept?.length ? [`  → ${kept.length} stay here. ${[...whys].join(' ')}`] : []),
  ];
};

async function workThrough(queue: DeadLetterQueue, { clients, data }: Place, isDryRun: boolean): Promise<number> {
  const held = await hold(clients, queue);
  if (held.length === 0) return 0;
  const keys = held.flatMap(({ letter }) => (letter.kind === 'report' || letter.key === undefined ? [] : [letter.key]));
  const reasons = data === undefined ? new Map<string, string>() : await reasonsOf(data, keys);
  const lines = [`${queue.name}: ${held.length} dead letters`, ...(queue.errorImpact === undefined ? [] : [`  ${queue.errorImpact}`])];
  lines.push(...held.map((one) => listed(one, reasons)));
  if (isDryRun) await release(clients, queue, held);
  else lines.push(...outcomeOf(await redrive(clients, queue, held)));
  process.stdout.write(`${lines.join('\n')}\n\n`);
  return held.length;
}

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  const place = options.queueUrl === undefined ? onThisMachine(options) : await onAws(options.queueUrl, options.to);
  let found = 0;
  for (const queue of place.queues) found += await workThrough(queue, place, options.isDryRun);
  if (found === 0) process.stdout.write(`No dead letters in ${place.queues.length} queues.\n`);
});

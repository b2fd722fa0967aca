/** What a reading costs in writes, and how long it takes until everybody sees it. */
import { z } from 'zod';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { functionsOf } from '../../infra/local/cloud/definitions.ts';
import { instantOf } from '../../shared/values.ts';
import type { BenchCloud } from './bench-cloud.ts';
import type { Done } from './messages.ts';

const image = z.custom<Record<string, AttributeValue>>((value) => typeof value === 'object' && value !== null);
const supplySchema = z.object({ sk: z.string(), state: z.object({ thing: z.string(), lastReading: z.object({ seq: z.int() }) }) });

/** Milliseconds from the publish to the moment when the table's stream shows the write that knows the reading. */
export async function delays({ cloud, access }: BenchCloud, publish: () => Promise<Done>): Promise<number[]> {
  const stream = cloud.store.streamOf(access.tables.households);
  const visible: { thing: string; seq: number; at: number }[] = [];
  let position = stream.lastSequence;
  let reading: Promise<void> = Promise.resolve();
  const read = async (): Promise<void> => {
    const at = performance.timeOrigin + performance.now();
    const records = await stream.readAfter(position, 1_000);
    position = records.at(-1)?.dynamodb.SequenceNumber ?? position;
    for (const { dynamodb } of records) {
      const supply = supplySchema.safeParse(unmarshall(image.parse(dynamodb.NewImage)));
      if (supply.success) visible.push({ thing: supply.data.state.thing, seq: supply.data.state.lastReading.seq, at });
    }
  };
  const stop = stream.onRecord(() => void (reading = reading.then(read)));
  const { published } = await publish();
  await cloud.activity.whenIdle();
  stop();
  await reading;
  return published.flatMap(({ thing, seq, at }) => {
    const first = visible.find((seen) => seen.thing === thing && seen.seq >= seq);
    return first === undefined ? [] : [first.at - at];
  });
}

/** Counted by the tables' own streams, which know every write. */
export async function writesPerMessage({ cloud, access, things }: BenchCloud): Promise<string[][]> {
  const ingest = functionsOf(cloud.template).find(({ environment }) => environment['POWERTOOLS_SERVICE_NAME'] === 'ingest-telemetry');
  const [first] = things;
  if (ingest === undefined || first === undefined) throw new Error('the template has no ingest-telemetry');
  const written = (): number => Object.values(access.tables).reduce((sum, table) => sum + Number(cloud.store.streamOf(table).lastSequence), 0);
  const hear = async (readings: readonly object[]): Promise<number> => {
    const before = written();
    const result = await cloud.functions.invoke(ingest.name, { Records: readings.map((one, index) => recordOf(first.thing, one, index)) });
    if (!result.ok) throw new Error(result.errorMessage);
    await cloud.activity.whenIdle();
    return written() - before;
  };
  const reading = (seq: number, litres: number) => ({
    ...{ bootId: 2, seq, sampledAt: instantOf(cloud.conductor.now()), slot: 'milk', level: { amount: litres, unit: 'l' }, uncertainty: 0.02 },
  });
  await hear([reading(1, 60)]);
  return [
    ['a reading that says nothing new', String(await hear([reading(2, 60)])), '0'],
    ['a reading that says something new', String(await hear([reading(3, 59)])), '1'],
    ['ten readings of one supply in a batch', String(await hear(Array.from({ length: 10 }, (_, index) => reading(4 + index, 58 - index)))), '1'],
  ];
}

/** As the rule's SQL wraps it and Lambda hands it on. */
const recordOf = (thing: string, reading: object, index: number) => ({
  messageId: `bench-${index}`,
  receiptHandle: `bench-${index}`,
  body: JSON.stringify({
    payload: Buffer.from(JSON.stringify(reading)).toString('base64'),
    ...{ thing, clientId: thing, principal: 'bench', receivedAt: Date.now() },
  }),
});

import { watch } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Activity } from '../../../../infra/local/activity.ts';
import { compilePattern } from '../../../../infra/local/bus/pattern.ts';
import { RunMeter } from '../../../../infra/local/cost/run-meter.ts';
import { stagesOf } from '../../../../infra/local/cost/stages.ts';
import { readTally, type TallyContent } from '../../../../infra/local/cost/tally.ts';
import { readMapping } from '../../../../infra/local/functions/mapping-properties.ts';
import { openSqsMapping } from '../../../../infra/local/functions/sqs-mapping.ts';
import { openQueues } from '../../../../infra/local/queues/queues.ts';
import { openStore } from '../../../../infra/local/store/open-store.ts';
import { BrokerHarness, closed, publishOutcome, TELEMETRY_RULE } from '../broker/broker-harness.ts';
import { openTiny, STARTS_AT, temporaryDirectory } from '../functions/tiny-functions.ts';
import { households } from '../store/households.ts';

const INGEST = 'arn:ingest';
const MINUTE = 60_000;
const LINE = JSON.stringify({ journal: 'readings', outcomes: [] });
const METRICS = JSON.stringify({
  _aws: { CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['service']], Metrics: [{ Name: 'Heard' }] }] },
  ...{ service: 's', Heard: 1 },
});
/** Says a line of the journal and one of metrics. */
const SOURCE = `export const handler = async () => {
  for (const line of ${JSON.stringify([LINE, METRICS])}) console.log(line);
  return { batchItemFailures: [] };
};`;

const definition = {
  ...{ name: 'Ingest', arn: 'arn:Ingest', bundleDirectory: '', handler: 'index.handler', timeoutSeconds: 20, memoryMegabytes: 512 },
  environment: { POWERTOOLS_SERVICE_NAME: 'ingest-telemetry' },
};

/** Broker, queue, function and table as they are in the local cloud, on a clock that a test moves. */
async function openWay() {
  const directory = temporaryDirectory();
  const file = path.join(directory, 'cost.json');
  const clock = { now: STARTS_AT };
  const now = () => clock.now;
  const openMeter = () =>
    new RunMeter({ file, startsAt: STARTS_AT, now }, [definition], stagesOf([definition], [{ sourceArn: INGEST, functionName: 'Ingest' }]));
  const meter = openMeter();
  const activity = new Activity();
  const queues = await openQueues({
    directory: path.join(directory, 'queues'),
    queues: [queueOf(INGEST), queueOf(`${INGEST}-errors`)],
    activity,
    sent: meter.sent,
  });
  const store = await openStore({ directory: path.join(directory, 'store'), tables: [households], now, meterFor: meter.storeFor });
  const functions = openTiny({ Ingest: SOURCE }, { memoryMegabytes: 512 }, 1, undefined, meter);
  const mapping = openSqsMapping(
    readMapping('M', { EventSourceArn: INGEST, FunctionName: 'Ingest', FunctionResponseTypes: ['ReportBatchItemFailures'] }, compilePattern),
    queues,
    functions.invoke,
    (bytes) => meter.received(INGEST, bytes),
  );
  const harness = await BrokerHarness.open((arn, body) => queues.send(arn, body), { rules: [TELEMETRY_RULE], meter: meter.broker, now });
  onTestFinished(async () => {
    await mapping.close();
    await harness.close();
    await queues.close();
    await store.close();
  });
  const ask = async (caller: string, operation: string, data: object) => {
    const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}` };
    const { status } = await store.handle({
      caller,
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers,
      body: Buffer.from(JSON.stringify(data)),
    });
    return status;
  };
  const counts = (): TallyContent => {
    meter.close();
    return readTally(file);
  };
  /** Resolves when the file is there. */
  const written = async (): Promise<void> => {
    for await (const { filename } of watch(directory)) if (filename === 'cost.json') return;
  };
  return { clock, file, openMeter, harness, activity, ask, counts, written };
}

const queueOf = (arn: string) => ({ name: arn.replace(':', '-'), arn, url: `http://127.0.0.1/${arn}`, properties: {} });
const item = (more: object = {}) => ({ pk: { S: 'HH#1' }, sk: { S: 'SUPPLY#1' }, ...more });
/** With its keys, 5 kB and a little. */
const LARGE = { state: { S: 'x'.repeat(5_000) }, more: { S: 'y'.repeat(120) } };

describe('one reading on its way through the local cloud', () => {
  it('is counted at each step once, in the units that are billed', async () => {
    const { clock, harness, activity, ask, counts } = await openWay();
    clock.now += MINUTE;
    const thing = await harness.thing('fridge-anna');
    expect(await publishOutcome(thing, 'dt/nachschub/fridge-anna/telemetry', '{"level":1}')).toBe('acknowledged');
    await activity.whenIdle();
    expect(await ask('Ingest', 'PutItem', { TableName: 'Households', Item: item(LARGE) })).toBe(200);
    expect(await ask('Ingest', 'GetItem', { TableName: 'Households', Key: item(), ConsistentRead: true })).toBe(200);
    clock.now += 30 * MINUTE;
    await thing.endAsync();
    await closed(thing);

    const { living, movingIn, metrics } = counts();
    expect(movingIn).toEqual({});
    const { 'lambda.gbSeconds': gbSeconds, ...exact } = living;
    expect(exact).toEqual({
      // Its CONNECT, and the PUBLISH; its PUBACK comes from the broker and is free.
      'iot.messages': { things: 1, 'ingest-telemetry': 1 },
      'iot.connectionMinutes': { things: 30 },
      'iot.ruleExecutions': { 'ingest-telemetry': 1 },
      'iot.ruleActions': { 'ingest-telemetry': 1 },
      // Sent, received, deleted.
      'sqs.requests': { 'ingest-telemetry': 3 },
      'lambda.messages': { 'ingest-telemetry': 1 },
      'lambda.requests': { 'ingest-telemetry': 1 },
      // 5.1 kB is six times 1 kB to write and twice 4 kB to read.
      'dynamodb.writeUnits': { 'ingest-telemetry': 6 },
      'dynamodb.writes': { 'ingest-telemetry': 1 },
      // Names and values (6 + 10 + 5,005 + 124), and 100 bytes for the table's own use.
      'dynamodb.storedBytes': { 'ingest-telemetry': 5_245 },
      'dynamodb.readUnits': { 'ingest-telemetry': 2 },
      'logs.bytes': { 'ingest-telemetry': LINE.length + METRICS.length + 2 * 26 },
      'logs.sampledBytes': { 'ingest-telemetry': LINE.length + 26 },
    });
    // Whole milliseconds of half a gigabyte.
    expect(((gbSeconds?.['ingest-telemetry'] ?? 0) * 2_000) % 1).toBeCloseTo(0, 6);
    expect(gbSeconds?.['ingest-telemetry']).toBeGreaterThan(0);
    expect(metrics).toEqual(['N/s/Heard']);
  });

  it('pays for no message of the broker when it passes that by', async () => {
    const { clock, harness, activity, counts } = await openWay();
    clock.now += MINUTE;
    const thing = await harness.thing('fridge-anna');
    expect(await publishOutcome(thing, '$aws/rules/telemetry/dt/nachschub/fridge-anna/telemetry')).toBe('acknowledged');
    await activity.whenIdle();
    const { living } = counts();
    expect(living['iot.messages']).toEqual({ things: 1 });
    expect(living['iot.ruleExecutions']).toEqual({ 'ingest-telemetry': 1 });
  });

  it('is of the moving in as long as product time stands at the beginning, and nobody’s when no function asked', async () => {
    const { ask, counts } = await openWay();
    await ask('Ingest', 'PutItem', { TableName: 'Households', Item: item() });
    await ask('operator', 'GetItem', { TableName: 'Households', Key: item() });
    const { living, movingIn } = counts();
    expect(living).toEqual({});
    expect(movingIn).toMatchObject({ 'dynamodb.writeUnits': { 'ingest-telemetry': 1 } });
    expect(movingIn).not.toHaveProperty(['dynamodb.readUnits']);
  });

  it('is still counted when the cloud has been killed and started again', async () => {
    const { clock, file, openMeter, ask, written } = await openWay();
    clock.now += MINUTE;
    const there = written();
    await ask('Ingest', 'PutItem', { TableName: 'Households', Item: item() });
    // Nobody closes it: what was counted comes to the disk by itself.
    await there;
    clock.now += MINUTE;
    const again = openMeter();
    again.received(INGEST, [100, 100]);
    again.storeFor('Ingest').refused(undefined);
    again.close();
    const { living, until } = readTally(file);
    expect(living).toMatchObject({ 'dynamodb.writeUnits': { 'ingest-telemetry': 2 }, 'sqs.requests': { 'ingest-telemetry': 2 } });
    expect(until).toBe(STARTS_AT + 2 * MINUTE);
  });
});

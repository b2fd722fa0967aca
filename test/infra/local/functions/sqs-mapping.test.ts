import type { SQSRecord } from 'aws-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Activity } from '../../../../infra/local/activity.ts';
import { compilePattern } from '../../../../infra/local/bus/pattern.ts';
import type { InvokeResult } from '../../../../infra/local/functions/instance.ts';
import { readMapping } from '../../../../infra/local/functions/mapping-properties.ts';
import { openSqsMapping, type MappedQueues } from '../../../../infra/local/functions/sqs-mapping.ts';
import { openQueues } from '../../../../infra/local/queues/queues.ts';
import { temporaryDirectory } from './tiny-functions.ts';

const WORK = 'arn:aws:sqs:eu-central-1:000000000000:work';
const LETTERS = 'arn:aws:sqs:eu-central-1:000000000000:letters';

type Handler = (bodies: string[], records: readonly SQSRecord[]) => Promise<InvokeResult> | InvokeResult;

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const succeeded = (payload: unknown = null): InvokeResult => ({ ok: true, payload });

/** A queue whose messages would stay out of sight for ten minutes and are given up after two receipts, and a function that takes from it. */
async function open(handler: Handler, properties: object = {}, maxReceiveCount = 2) {
  const activity = new Activity();
  const queues = await openQueues({
    directory: temporaryDirectory(),
    queues: [
      {
        name: 'work',
        arn: WORK,
        url: 'http://127.0.0.1/work',
        properties: { VisibilityTimeout: 600, RedrivePolicy: { deadLetterTargetArn: LETTERS, maxReceiveCount } },
      },
      { name: 'letters', arn: LETTERS, url: 'http://127.0.0.1/letters', properties: {} },
    ],
    activity,
  });
  const batches: string[][] = [];
  const running = { now: 0, most: 0 };
  const mapping = readMapping('M', { EventSourceArn: WORK, FunctionName: 'work', ...properties }, compilePattern);
  const opened = openSqsMapping(mapping, queues, async (_name, event) => {
    const { Records } = event as { Records: readonly SQSRecord[] };
    const bodies = Records.map(({ body }) => body);
    batches.push(bodies);
    running.now += 1;
    running.most = Math.max(running.most, running.now);
    const result = await handler(bodies, Records);
    running.now -= 1;
    return result;
  });
  onTestFinished(async () => {
    await opened.close();
    await queues.close();
  });
  const sendAll = (bodies: readonly string[]) => Promise.all(bodies.map((body) => queues.send(WORK, body)));
  return { queues, activity, batches, running, sendAll, mapping: opened };
}

describe('a queue mapping', () => {
  it('hands over every message once, as records of Lambda, and removes them', async () => {
    const seen: SQSRecord[] = [];
    const { sendAll, activity, queues } = await open((_bodies, records) => {
      seen.push(...records);
      return succeeded();
    });
    const bodies = Array.from({ length: 57 }, (_, number) => `message ${number}`);
    await sendAll(bodies);
    await activity.whenIdle();
    expect(seen.map(({ body }) => body).sort()).toEqual([...bodies].sort());
    expect(seen[0]).toMatchObject({ eventSource: 'aws:sqs', eventSourceARN: WORK, awsRegion: 'eu-central-1', attributes: { ApproximateReceiveCount: '1' } });
    expect(queues.counts(WORK)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('waits for a burst to settle when it may, and never takes more than the batch size', async () => {
    const { sendAll, activity, batches } = await open(() => succeeded(), { BatchSize: 40, MaximumBatchingWindowInSeconds: 300 });
    await sendAll(Array.from({ length: 100 }, (_, number) => String(number)));
    await activity.whenIdle();
    expect(Math.max(...batches.map(({ length }) => length))).toBe(40);
    expect(batches.length).toBeLessThan(10);
  });

  it('takes only what failed again, after a short pause and not after the queue’s visibility', async () => {
    const counts: (string | undefined)[] = [];
    const { sendAll, activity, batches } = await open(
      (_bodies, records) => {
        const failed = records.filter(({ body, attributes }) => body === 'bad' && attributes.ApproximateReceiveCount === '1');
        counts.push(...records.filter(({ body }) => body === 'bad').map(({ attributes }) => attributes.ApproximateReceiveCount));
        return succeeded({ batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) });
      },
      { FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumBatchingWindowInSeconds: 1 },
    );
    await sendAll(['good', 'bad', 'better']);
    const sentAt = Date.now();
    await activity.whenIdle();
    expect(batches.flat().sort()).toEqual(['bad', 'bad', 'better', 'good']);
    expect(batches.at(-1)).toEqual(['bad']);
    expect(counts).toEqual(['1', '2']);
    expect(Date.now() - sentAt).toBeGreaterThanOrEqual(190);
  });

  it('leaves a whole batch to the dead letters when the function fails each time', async () => {
    const { sendAll, activity, batches, queues } = await open(() => ({ ok: false, errorType: 'Error', errorMessage: 'broken' }));
    await sendAll(['a']);
    await activity.whenIdle();
    expect(batches).toEqual([['a'], ['a']]);
    expect(queues.counts(LETTERS)).toMatchObject({ visible: 1 });
  });

  it('waits longer each time, and gives up exactly when the queue says so', async () => {
    const triedAt: number[] = [];
    const failing = (): InvokeResult => {
      triedAt.push(performance.now());
      return { ok: false, errorType: 'Error', errorMessage: 'broken' };
    };
    const { sendAll, activity, queues } = await open(failing, {}, 4);
    await sendAll(['a']);
    await activity.whenIdle();
    const pauses = triedAt.slice(1).map((at, index) => at - (triedAt[index] ?? at));
    expect(pauses.map((pause, index) => pause >= 200 * 2 ** index - 10)).toEqual([true, true, true]);
    expect(queues.counts(LETTERS)).toMatchObject({ visible: 1 });
  });

  it('drops what its filter leaves out without asking the function', async () => {
    const FilterCriteria = { Filters: [{ Pattern: '{"body":{"kind":["wanted"]}}' }] };
    const { sendAll, activity, batches, queues } = await open(() => succeeded(), { FilterCriteria });
    await sendAll(['{"kind":"wanted"}', '{"kind":"other"}', 'no JSON']);
    await activity.whenIdle();
    expect(batches.flat()).toEqual(['{"kind":"wanted"}']);
    expect(queues.counts(WORK)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('runs as many batches at a time as it may', async () => {
    const slow: Handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return succeeded();
    };
    const { sendAll, activity, running } = await open(slow, { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 3 } });
    await sendAll(Array.from({ length: 30 }, (_, number) => String(number)));
    await activity.whenIdle();
    expect(running.most).toBe(3);
  });

  it('finds messages however their arrival meets the end of a batch', async () => {
    const { queues, activity, batches } = await open(() => succeeded());
    for (let number = 0; number < 300; number += 1) {
      const sent = queues.send(WORK, String(number));
      if (number % 3 === 0) await activity.whenIdle();
      else await sent;
    }
    await activity.whenIdle();
    expect(
      batches
        .flat()
        .map(Number)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 300 }, (_, number) => number));
  });

  it.each(upTo(12))('hears of a message that comes %i moments after the queue said that it has none', async (moments) => {
    const later: SQSRecord[] = [];
    let listener: () => void = () => undefined;
    let received: () => void = () => undefined;
    const delivered = new Promise<void>((resolve) => (received = resolve));
    let isFirst = true;
    const queues: MappedQueues = {
      receive: () => {
        const records = later.splice(0);
        if (isFirst) {
          let moment = Promise.resolve();
          for (let count = 1; count < moments; count += 1) moment = moment.then(() => undefined);
          void moment.then(() => {
            later.push({ messageId: 'late', receiptHandle: 'late', body: 'late' } as SQSRecord);
            listener();
          });
        }
        isFirst = false;
        return Promise.resolve(records);
      },
      remove: () => Promise.resolve(),
      release: () => false,
      onMessage: (_arn, told) => {
        listener = told;
        queueMicrotask(told);
        return () => undefined;
      },
    };
    const mapping = readMapping('M', { EventSourceArn: WORK, FunctionName: 'work', ScalingConfig: { MaximumConcurrency: 2 } }, compilePattern);
    const { close } = openSqsMapping({ ...mapping, concurrencyMax: 1 }, queues, () => {
      received();
      return Promise.resolve(succeeded());
    });
    onTestFinished(close);
    await delivered;
  });

  it('takes nothing while it is disabled or once it is closed', async () => {
    const disabled = await open(() => succeeded(), { Enabled: false });
    await disabled.sendAll(['a']);
    const closed = await open(() => succeeded());
    await closed.mapping.close();
    await closed.sendAll(['b']);
    await new Promise((resolve) => setImmediate(resolve));
    expect([disabled.batches, closed.batches]).toEqual([[], []]);
    expect(closed.queues.counts(WORK)).toMatchObject({ visible: 1 });
  });
});

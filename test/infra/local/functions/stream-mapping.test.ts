import fc from 'fast-check';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Activity } from '../../../../infra/local/activity.ts';
import { compilePattern } from '../../../../infra/local/bus/pattern.ts';
import type { InvokeResult } from '../../../../infra/local/functions/instance.ts';
import { readMapping } from '../../../../infra/local/functions/mapping-properties.ts';
import type { StreamRecord } from '../../../../infra/local/functions/stream-delivery.ts';
import { openStreamMappings } from '../../../../infra/local/functions/stream-mapping.ts';
import { MemoryStream, positionOf } from './memory-stream.ts';
import { temporaryDirectory } from './tiny-functions.ts';

const STREAM = 'arn:aws:dynamodb:eu-central-1:000000000000:table/T/stream/2026-01-01T00:00:00.000';
const LETTERS = 'arn:aws:sqs:eu-central-1:000000000000:letters';

type Handler = (positions: number[], functionName: string) => InvokeResult | Promise<InvokeResult>;
const succeeded: InvokeResult = { ok: true, payload: null };
const failed: InvokeResult = { ok: false, errorType: 'Error', errorMessage: 'broken' };
const reporting = (position: number): InvokeResult => ({ ok: true, payload: { batchItemFailures: [{ itemIdentifier: String(position).padStart(21, '0') }] } });
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** @param mappings function name → properties beside the source */
function open(stream: MemoryStream, directory: string, handler: Handler, mappings: Readonly<Record<string, object>> = { publish: {} }) {
  const activity = new Activity();
  const delivered: { name: string; positions: number[] }[] = [];
  const letters: unknown[] = [];
  const opened = openStreamMappings({
    stream,
    directory,
    activity,
    retryDelayFirstMillis: 1,
    mappings: Object.entries(mappings).map(([name, properties]) =>
      readMapping(name, { EventSourceArn: STREAM, FunctionName: name, ...properties }, compilePattern),
    ),
    invoke: async (name, event) => {
      const positions = (event as { Records: readonly StreamRecord[] }).Records.map(positionOf);
      delivered.push({ name, positions });
      return handler(positions, name);
    },
    send: (arn, body) => {
      letters.push([arn, JSON.parse(body)]);
      return Promise.resolve();
    },
  });
  const positions = (name = 'publish'): number[] => delivered.filter((delivery) => delivery.name === name).flatMap((delivery) => delivery.positions);
  return { activity, delivered, letters, positions, close: opened.close };
}

describe('a stream mapping', () => {
  it('hands over every record once and in order, in batches, and trims what is done with', async () => {
    const stream = new MemoryStream();
    stream.write(5);
    const { activity, delivered, positions, close } = open(stream, temporaryDirectory(), () => succeeded, { publish: { BatchSize: 4 } });
    onTestFinished(close);
    await activity.whenIdle();
    stream.write(20);
    stream.write(3);
    expect(activity.count).toBe(0);
    await Promise.resolve();
    expect(activity.count).toBeGreaterThan(0);
    await activity.whenIdle();
    expect(positions()).toEqual(upTo(28));
    expect(Math.max(...delivered.map((delivery) => delivery.positions.length))).toBe(4);
    expect(stream.kept).toEqual([]);
  });

  it('passes what its filter leaves out', async () => {
    const stream = new MemoryStream();
    stream.write(10);
    const FilterCriteria = { Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"says":{"N":[{"exists":true}]}}}}' }] };
    const { activity, positions, close } = open(stream, temporaryDirectory(), () => succeeded, { publish: { BatchSize: 2, FilterCriteria } });
    onTestFinished(close);
    await activity.whenIdle();
    expect(positions()).toEqual([1, 3, 5, 7, 9]);
    expect(stream.kept).toEqual([]);
  });

  it('goes on from the record that a function reports as failed', async () => {
    const stream = new MemoryStream();
    stream.write(6);
    let patience = 2;
    const handler: Handler = (positions) => (positions.includes(4) && (patience -= 1) >= 0 ? reporting(4) : succeeded);
    const { activity, delivered, close } = open(stream, temporaryDirectory(), handler, { publish: { FunctionResponseTypes: ['ReportBatchItemFailures'] } });
    onTestFinished(close);
    await activity.whenIdle();
    expect(delivered.map(({ positions }) => positions)).toEqual([upTo(6), [4, 5, 6], [4, 5, 6]]);
  });

  it('splits a failing batch until the bad record is alone, gives that up and tells where it was', async () => {
    const stream = new MemoryStream();
    stream.write(8);
    const properties = { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: LETTERS } } };
    const { activity, delivered, letters, positions, close } = open(stream, temporaryDirectory(), (batch) => (batch.includes(6) ? failed : succeeded), {
      publish: properties,
    });
    onTestFinished(close);
    await activity.whenIdle();
    expect(delivered.map((delivery) => delivery.positions)).toEqual([upTo(8), [1, 2, 3, 4], [5, 6, 7, 8], [5, 6], [5], [6], [6], [7, 8]]);
    expect(letters).toEqual([
      [
        LETTERS,
        expect.objectContaining({
          requestContext: expect.objectContaining({ condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 }) as unknown,
          DDBStreamBatchInfo: expect.objectContaining({
            startSequenceNumber: '6'.padStart(21, '0'),
            endSequenceNumber: '6'.padStart(21, '0'),
            batchSize: 1,
          }) as unknown,
        }),
      ],
    ]);
    expect(positions().at(-1)).toBe(8);
    expect(stream.kept).toEqual([]);
  });

  it('holds time and the records behind while a batch fails', async () => {
    const stream = new MemoryStream();
    stream.write(2);
    let healed = false;
    let tries = 0;
    let triedThrice: () => void = () => undefined;
    const thrice = new Promise<void>((resolve) => (triedThrice = resolve));
    const handler: Handler = () => {
      tries += 1;
      if (tries === 3) triedThrice();
      return healed ? succeeded : failed;
    };
    const { activity, positions, close } = open(stream, temporaryDirectory(), handler, { publish: { BatchSize: 2 } });
    onTestFinished(close);
    stream.write(2);
    await thrice;
    expect(positions()).toEqual([1, 2, 1, 2, 1, 2]);
    expect(activity.count).toBe(1);
    expect(stream.kept).toEqual(upTo(4));
    healed = true;
    await activity.whenIdle();
    expect(positions().slice(-2)).toEqual([3, 4]);
  });

  it('trims only what every mapping of the table is past', async () => {
    const stream = new MemoryStream();
    stream.write(3);
    let letSlowGo: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (letSlowGo = resolve));
    const handler: Handler = (_positions, name) => (name === 'slow' ? slow.then(() => succeeded) : succeeded);
    const { activity, positions, close } = open(stream, temporaryDirectory(), handler, { publish: {}, slow: {} });
    onTestFinished(() => {
      letSlowGo();
      return close();
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(positions('publish')).toEqual(upTo(3));
    expect(stream.kept).toEqual(upTo(3));
    letSlowGo();
    await activity.whenIdle();
    expect(positions('slow')).toEqual(upTo(3));
    expect(stream.kept).toEqual([]);
  });
});

describe('a restart', () => {
  it('goes on behind what is done with, and repeats rather than skips', async () => {
    const stream = new MemoryStream();
    const directory = temporaryDirectory();
    // A second mapping that is never done keeps the stream from being trimmed, so that only the position can tell where to go on.
    const handler: Handler = (positions, name) => (name === 'stuck' || positions.includes(5) ? new Promise<never>(() => undefined) : succeeded);
    const mappings = { publish: { BatchSize: 2 }, stuck: {} };
    stream.write(6);
    const first = open(stream, directory, handler, mappings);
    await new Promise((resolve) => setImmediate(resolve));
    expect(first.positions()).toEqual(upTo(6));
    // The process is killed here, while 5 and 6 are under way: the first reader is left as it is.
    const second = open(stream, directory, (_positions, name) => (name === 'stuck' ? failed : succeeded), mappings);
    await new Promise((resolve) => setImmediate(resolve));
    expect(second.positions()).toEqual([5, 6]);
    await second.close();
  });

  it('after a partial failure goes on at the record that failed', async () => {
    const stream = new MemoryStream();
    const directory = temporaryDirectory();
    const properties = { publish: { FunctionResponseTypes: ['ReportBatchItemFailures'] } };
    stream.write(6);
    let reported: () => void = () => undefined;
    const failure = new Promise<void>((resolve) => (reported = resolve));
    const first = open(
      stream,
      directory,
      () => {
        setImmediate(reported);
        return reporting(4);
      },
      properties,
    );
    await failure;
    await first.close();
    const second = open(stream, directory, () => succeeded, properties);
    await second.activity.whenIdle();
    await second.close();
    expect(second.positions()).toEqual([4, 5, 6]);
  });

  it('begins at the first record that is left when the position cannot be read', async () => {
    const stream = new MemoryStream();
    const directory = temporaryDirectory();
    writeFileSync(path.join(directory, 'publish.json'), '{"passed":"0000');
    stream.write(3);
    const { activity, positions, close } = open(stream, directory, () => succeeded);
    await activity.whenIdle();
    await close();
    expect(positions()).toEqual(upTo(3));
    expect(readdirSync(directory)).toEqual(['publish.json']);
  });

  it('at any moment loses no record and never turns back past the one before', async () => {
    const life = fc.record({
      writes: fc.nat({ max: 12 }),
      callsUntilStop: fc.integer({ min: 1, max: 6 }),
      batchSize: fc.integer({ min: 1, max: 5 }),
      failing: fc.array(fc.nat({ max: 40 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 6 }), async (lives) => {
        const stream = new MemoryStream();
        const directory = mkdtempSync(path.join(tmpdir(), 'positions-'));
        const done: number[] = [];
        let written = 0;
        for (const [index, { writes, callsUntilStop, batchSize, failing }] of lives.entries()) {
          const isLast = index === lives.length - 1;
          stream.write(writes);
          written += writes;
          let calls = 0;
          let stop: () => void = () => undefined;
          const stopped = new Promise<void>((resolve) => (stop = resolve));
          const handler: Handler = (positions) => {
            calls += 1;
            if (!isLast && calls >= callsUntilStop) stop();
            const bad = positions.find((position) => failing.includes(position) && calls < callsUntilStop);
            done.push(...positions.filter((position) => bad === undefined || position < bad));
            return bad === undefined ? succeeded : reporting(bad);
          };
          const properties = { BatchSize: batchSize, FunctionResponseTypes: ['ReportBatchItemFailures'] };
          const { activity, close } = open(stream, directory, handler, { publish: properties });
          await Promise.race([activity.whenIdle(), stopped]);
          await close();
        }
        expect([...new Set(done)]).toEqual(upTo(written));
        rmSync(directory, { recursive: true });
      }),
      { numRuns: 40 },
    );
  });
});

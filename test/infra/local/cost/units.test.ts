import { describe, expect, it } from 'vitest';
import { metricsOf } from '../../../../infra/local/cost/embedded-metrics.ts';
import { itemWriteUnits, pollingRequests, readUnits, unitsOf, writeUnits } from '../../../../infra/local/cost/units.ts';

const KB = 1_024;
/** An item of so many bytes: a name of one, a text of the rest. */
const sized = (bytes: number) => ({ t: { S: 'x'.repeat(bytes - 1) } });

describe('steps that are billed', () => {
  it.each([
    [0, 1],
    [5_120, 1],
    [5_121, 2],
    [15_360, 3],
  ])('a message of %i bytes is %i', (bytes, units) => {
    expect(unitsOf(bytes, 5_120)).toBe(units);
  });

  it.each([
    ['one message: received and deleted', [100], 2],
    ['ten messages: the same', Array<number>(10).fill(100), 2],
    ['eleven: twice', Array<number>(11).fill(100), 4],
    ['ten of 7 kB: 70 kB are two steps of 64', Array<number>(10).fill(7_168), 3],
    ['none', [], 0],
  ])('a poller asks for %s', (_name, bytes, requests) => {
    expect(pollingRequests(bytes)).toBe(requests);
  });

  it.each([
    ['nothing, consistently', [], true, 1],
    ['nothing', [], false, 0.5],
    ['4 kB, consistently', [sized(4 * KB)], true, 1],
    ['a byte more', [sized(4 * KB + 1)], true, 2],
    ['two of 3 kB, read together', [sized(3 * KB), sized(3 * KB)], false, 1],
  ])('reading %s', (_name, items, isConsistent, units) => {
    expect(readUnits(items, isConsistent)).toBe(units);
  });

  it('a write takes its larger image', () => {
    expect(itemWriteUnits(sized(3 * KB), sized(KB))).toBe(3);
    expect(itemWriteUnits(undefined, sized(KB + 1))).toBe(2);
    expect(itemWriteUnits(undefined, undefined)).toBe(1);
  });
});

describe('a write to a table with an index', () => {
  const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' }) as const;
  const table = {
    ...({ TableName: 'T', TableStatus: 'ACTIVE', AttributeDefinitions: [], KeySchema: [hash('pk')] } as const),
    GlobalSecondaryIndexes: [{ IndexName: 'byDue', KeySchema: [hash('due')], Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['who'] } }] as const,
  };
  const item = (more: object = {}) => ({ pk: { S: '1' }, ...more });
  const [soon, later, who] = [{ due: { S: 'soon' } }, { due: { S: 'later' } }, { who: { S: 'run-due' } }];

  it.each([
    ['that has no key of it', item(), item({ text: { S: 'new' } }), 1],
    ['that comes into it', item(), item(soon), 2],
    ['that leaves it', item(soon), item(), 2],
    ['that stays where it was in it', item(soon), item({ ...soon, text: { S: 'new' } }), 1],
    ['whose copied attribute changes', item(soon), item({ ...soon, ...who }), 2],
    ['that moves in it: the old entry goes and a new one comes', item(soon), item(later), 3],
  ])('of an item %s', (_name, before, after, units) => {
    expect(writeUnits(table, before, after)).toBe(units);
  });
});

describe('a metric', () => {
  it('is a name with its dimensions, and no other line is one', () => {
    const line = { _aws: { CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['service']], Metrics: [{ Name: 'A', Unit: 'Count' }, { Name: 'B' }] }] } };
    expect(metricsOf(JSON.stringify({ ...line, service: 'ingest', A: 1, B: 2 }))).toEqual(['N/ingest/A', 'N/ingest/B']);
    expect(metricsOf('{"message":"said"}')).toEqual([]);
    expect(metricsOf('{"_aws": broken')).toEqual([]);
  });
});

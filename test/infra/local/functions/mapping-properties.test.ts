import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../../infra/local/bus/pattern.ts';
import { failedItems } from '../../../../infra/local/functions/batch-response.ts';
import { readMapping } from '../../../../infra/local/functions/mapping-properties.ts';

const QUEUE = 'arn:aws:sqs:eu-central-1:000000000000:work';
const STREAM = 'arn:aws:dynamodb:eu-central-1:000000000000:table/T/stream/2026-01-01T00:00:00.000';

describe('the properties of a mapping', () => {
  it('have the defaults of Lambda', () => {
    expect(readMapping('M', { EventSourceArn: QUEUE, FunctionName: 'ingest' }, compilePattern)).toMatchObject({
      enabled: true,
      functionName: 'ingest',
      batchSize: 10,
      gathers: false,
      reportsItemFailures: false,
      bisects: false,
      retriesMax: -1,
      onFailureArn: undefined,
      concurrencyMax: undefined,
    });
    const byArn = { EventSourceArn: STREAM, FunctionName: 'arn:aws:lambda:eu-central-1:000000000000:function:publish' };
    expect(readMapping('M', byArn, compilePattern)).toMatchObject({ functionName: 'publish', batchSize: 100 });
  });

  it('are refused, with the name of the mapping, where this machine would behave otherwise', () => {
    expect(() => readMapping('M', { EventSourceArn: STREAM, FunctionName: 'f', TumblingWindowInSeconds: 30 }, compilePattern)).toThrow(
      /mapping M: .*TumblingWindowInSeconds/s,
    );
  });

  it('pass a record that one of the filters passes', () => {
    const Filters = [{ Pattern: '{"dynamodb":{"NewImage":{"says":{"N":[{"exists":true}]}}}}' }, { Pattern: '{"eventName":["INSERT"]}' }];
    const { matches } = readMapping('M', { EventSourceArn: STREAM, FunctionName: 'f', FilterCriteria: { Filters } }, compilePattern);
    expect(matches({ eventName: 'MODIFY', dynamodb: { NewImage: { says: { N: '3' } } } })).toBe(true);
    expect(matches({ eventName: 'INSERT', dynamodb: {} })).toBe(true);
    expect(matches({ eventName: 'MODIFY', dynamodb: { NewImage: { pk: { S: 'x' } } } })).toBe(false);
  });
});

describe('the answer to a batch', () => {
  const ids = ['a', 'b', 'c'];
  const failing = (...failed: unknown[]) => ({ batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) });

  it.each([
    ['nothing', null, []],
    ['an empty object', {}, []],
    ['no list', { batchItemFailures: null }, []],
    ['an empty list', failing(), []],
    ['one id', failing('b'), ['b']],
    ['ids out of order and twice', failing('c', 'a', 'c'), ['a', 'c']],
    ['an id that is not in the batch', failing('a', 'z'), ids],
    ['an empty id', failing(''), ids],
    ['an id that is no text', failing(7), ids],
    ['another shape', { batchItemFailures: 'all' }, ids],
    ['text', 'done', ids],
  ])('%s', (_name, payload, expected) => {
    expect(failedItems({ ok: true, payload }, ids, true)).toEqual(expected);
  });

  it('is not read where the mapping does not ask for it, and an error fails all', () => {
    expect(failedItems({ ok: true, payload: failing('b') }, ids, false)).toEqual([]);
    expect(failedItems({ ok: false, errorType: 'Error', errorMessage: 'no' }, ids, true)).toEqual(ids);
  });
});

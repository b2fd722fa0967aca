import { expect, test } from 'vitest';
import { instantOf, millisOf } from '../../shared/values.ts';

const START = Date.parse('2026-03-01T08:00:00.000Z');
/** More than are remembered, asked forwards and backwards, each twice. */
const moments = Array.from({ length: 1_000 }, (_, index) => START + index * 61_234_567);

test('an instant is written and read alike however many came before', () => {
  const written = [...moments, ...moments.toReversed()].map((millis) => instantOf(millis));
  expect(written.slice(0, 1_000)).toEqual(moments.map((millis) => new Date(millis).toISOString()));
  expect(written.slice(1_000).toReversed()).toEqual(written.slice(0, 1_000));
  expect(written.map(millisOf)).toEqual([...moments, ...moments.toReversed()]);
});

test('a part of a millisecond is rounded, and a year of five digits is no instant, again and again', () => {
  expect([instantOf(START + 0.4), instantOf(START + 0.6), instantOf(START + 0.4)]).toEqual(
    [START, START + 1, START].map((millis) => new Date(millis).toISOString()),
  );
  for (const _again of [1, 2]) expect(() => instantOf(Date.UTC(12_000, 0))).toThrow(/expected an instant/);
});

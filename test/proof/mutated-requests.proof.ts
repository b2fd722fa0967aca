/** Two million signed requests with something wrong in each: none is believed, and nothing throws. */
import { expect, it } from 'vitest';
import { fuzz } from '../shared/retailer/mutated-requests.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);

it(`are refused, all of them (FUZZ_SEED=${seed})`, () => {
  const { tried, accepted, thrown } = fuzz(2_000_000, seed);
  expect([tried, accepted, thrown]).toEqual([2_000_000, [], []]);
});

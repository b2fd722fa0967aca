/** A hundred thousand signed requests with something wrong in each: none is believed, and nothing throws. Two million: `npm run proof`. */
import { describe, expect, it } from 'vitest';
import { fuzz } from './mutated-requests.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);

describe('a signed request that was changed on its way', () => {
  it(`is never believed, and never throws (FUZZ_SEED=${seed})`, () => {
    const { tried, accepted, thrown, refusals } = fuzz(100_000, seed);
    expect(tried).toBe(100_000);
    expect(accepted).toEqual([]);
    expect(thrown).toEqual([]);
    // Each way of being wrong was really tried.
    const named = ['id-malformed', 'id-missing', 'id-repeated', 'signature-malformed', 'signature-mismatch', 'signature-missing', 'signature-repeated'];
    const times = ['timestamp-malformed', 'timestamp-missing', 'timestamp-repeated', 'timestamp-too-new', 'timestamp-too-old'];
    expect([...refusals.keys()].sort()).toEqual([...named, ...times]);
    expect(Math.min(...refusals.values())).toBeGreaterThan(100);
    // Five seconds on a quiet machine.
  }, 180_000);
});

/** Paths as a generator makes them. */
import fc from 'fast-check';
import type { TouchPath } from '../../../../shared/journey/attribution/path.ts';

export const CHANNELS = ['tv', 'web', 'push', 'fridge', '(start)', 'e-mail'] as const;

export const anyPath: fc.Arbitrary<TouchPath> = fc
  .record({
    steps: fc.array(fc.constantFrom(...CHANNELS), { minLength: 1, maxLength: 9 }),
    conversions: fc.integer({ min: 0, max: 4 }),
    each: fc.integer({ min: 0, max: 900 }),
    nulls: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ steps, conversions, each, nulls }) => ({ steps, conversions, value: conversions * each, nulls }));
export const anyPaths = fc.array(anyPath, { minLength: 1, maxLength: 30 });

export const path = (text: string, conversions: number, value = 0, nulls = 0): TouchPath => ({ steps: text.split(' > '), conversions, value, nulls });

import { expect, it } from 'vitest';
import { bucketsOf } from '../../../../shared/journey/tally/batch.ts';

it('reads whole months where a period holds them, and days at its edges', () => {
  expect(bucketsOf('2026-01-30', '2026-04-02')).toEqual(['2026-01-30', '2026-01-31', '2026-02', '2026-03', '2026-04-01', '2026-04-02']);
  expect(bucketsOf('2026-02-01', '2026-02-28')).toEqual(['2026-02']);
  expect(bucketsOf('2026-02-01', '2026-02-27')).toHaveLength(27);
  expect(bucketsOf('2026-03-02', '2026-03-01')).toEqual([]);
  expect(bucketsOf('2024-02-01', '2025-01-31')).toHaveLength(12);
});

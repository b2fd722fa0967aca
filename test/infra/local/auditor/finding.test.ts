import { expect, it } from 'vitest';
import { asViolation, spanUntil } from '../../../../infra/local/auditor/finding.ts';
import { readOptions } from '../../../../infra/local/options.ts';
import { instant } from '../../../shared/order/order-examples.ts';

const startsAt = instant('2026-03-02T05:00:00.000Z');

it('names the moment as npm start takes it, rounded up to the minute', () => {
  expect(spanUntil(startsAt, instant('2026-03-05T09:11:00.001Z'))).toBe('3d04h12m');
  expect(spanUntil(startsAt, startsAt)).toBe('0d00h01m');
  expect(readOptions(['--until', spanUntil(startsAt, instant('2026-03-05T09:12:00.000Z'))]).untilMillis).toBe(((3 * 24 + 4) * 60 + 12) * 60_000);
});

it('names the households when there is more than one', () => {
  const finding = { rule: 'overdue', subject: 'X', expected: 'a', actual: 'b', at: startsAt };
  expect(asViolation(finding, { startsAt, seed: 41, households: 1 }).reproduce).toBe('npm start -- --seed 41 --until 0d00h01m');
  expect(asViolation(finding, { startsAt, seed: 41, households: 3 }).reproduce).toBe('npm start -- --seed 41 --households 3 --until 0d00h01m');
});

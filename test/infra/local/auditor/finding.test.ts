import { expect, it } from 'vitest';
import { asViolation, spanUntil } from '../../../../infra/local/auditor/finding.ts';
import { faultKinds, type FaultKind } from '../../../../infra/local/faults/kinds.ts';
import { readOptions } from '../../../../infra/local/options.ts';
import { HOUSEHOLDS_DEFAULT } from '../../../../infra/local/scenario/scenario.ts';
import { instant } from '../../../shared/order/order-examples.ts';

const startsAt = instant('2026-03-02T05:00:00.000Z');

it('names the moment as npm start takes it, rounded up to the minute', () => {
  expect(spanUntil(startsAt, instant('2026-03-05T09:11:00.001Z'))).toBe('3d04h12m');
  expect(spanUntil(startsAt, startsAt)).toBe('0d00h01m');
  expect(readOptions(['--until', spanUntil(startsAt, instant('2026-03-05T09:12:00.000Z'))]).untilMillis).toBe(((3 * 24 + 4) * 60 + 12) * 60_000);
});

it('names the households and the faults where they are not the usual ones', () => {
  const finding = { rule: 'overdue', subject: 'X', expected: 'a', actual: 'b', at: startsAt };
  const again = (households: number, faults?: readonly FaultKind[]) =>
    asViolation(finding, { startsAt, seed: 41, households, ...(faults && { faults }) }).reproduce;
  expect(again(HOUSEHOLDS_DEFAULT)).toBe('npm start -- --seed 41 --until 0d00h01m');
  expect(again(9, [])).toBe('npm start -- --seed 41 --households 9 --until 0d00h01m');
  expect(again(9, ['shop-slow', 'shop-down'])).toBe('npm start -- --seed 41 --households 9 --faults shop-slow,shop-down --until 0d00h01m');
  expect(again(HOUSEHOLDS_DEFAULT, faultKinds)).toBe('npm start -- --seed 41 --faults all --until 0d00h01m');
  expect(readOptions(again(9, faultKinds).split(' ').slice(3)).faults).toEqual(faultKinds);
});

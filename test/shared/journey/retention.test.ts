import { expect, it } from 'vitest';
import { foldAll } from '../../../shared/journey/fold/fold-all.ts';
import { touchpointKeptUntil, tracesKeptUntil } from '../../../shared/journey/retention.ts';
import { touchpointSchema } from '../../../shared/journey/touchpoint.ts';

const touchpoint = (digit: string, more: object = {}) =>
  touchpointSchema.parse({
    ...{ touchpointId: `tp_${digit.repeat(32)}`, householdId: 'hh_anna', source: 'web', messageId: digit, type: 'page', channel: 'web', initiator: 'customer' },
    ...{ phase: 'information', at: '2026-01-01T00:00:00.000Z', receivedAt: '2026-01-01T00:00:00.000Z', ...more },
  });

it('a touchpoint is kept as long as what it is kept for allows', () => {
  expect(touchpointKeptUntil(touchpoint('1'))).toBe('2028-02-01T00:00:00.000Z');
  expect(touchpointKeptUntil(touchpoint('1', { purpose: 'optional-telemetry' }))).toBe('2026-04-03T00:00:00.000Z');
});

it('what must go sooner is not in what stays longer', () => {
  const { days } = foldAll([touchpoint('1'), touchpoint('2', { purpose: 'optional-telemetry' })]);
  expect(Object.keys(days['2026-01-01'] ?? {})).toEqual(['1'.repeat(16)]);
  expect(tracesKeptUntil(days['2026-01-01'] ?? {})).toBe('2028-03-03T00:00:00.000Z');
  expect(tracesKeptUntil({})).toBeUndefined();
});

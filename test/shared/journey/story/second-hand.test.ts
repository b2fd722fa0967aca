import { expect, it } from 'vitest';
import { z } from 'zod';
import { identityRecordSchema } from '../../../../shared/journey/identity/identity-record.ts';
import { secondHandThings } from '../../../../shared/journey/story/second-hand.ts';
import { householdIdSchema } from '../../../../shared/values.ts';

const anna = householdIdSchema.parse('hh_anna');
const movesIn = (thing: string, householdId: string, day: number) => ({
  ...{ record: 'link', recordId: `${thing} ${householdId} ${String(day)}`, at: `2026-03-${String(day).padStart(2, '0')}T08:00:00.000Z` },
  ...{ from: { node: 'device', thing }, to: { node: 'household', householdId }, evidence: { kind: 'said', source: 'events' } },
});
const records = z
  .array(identityRecordSchema)
  .parse([
    movesIn('tv-old', 'hh_ben', 1),
    movesIn('tv-old', 'hh_anna', 9),
    movesIn('fridge-anna', 'hh_anna', 1),
    movesIn('lamp', 'hh_anna', 2),
    movesIn('lamp', 'hh_ben', 5),
  ]);

it('a device that lived with others first is second-hand, in whatever order that is heard', () => {
  expect([...secondHandThings(records, anna)]).toEqual(['tv-old']);
  expect([...secondHandThings(records.toReversed(), anna)]).toEqual(['tv-old']);
  expect([...secondHandThings(records, householdIdSchema.parse('hh_ben'))]).toEqual(['lamp']);
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { takeTry, TRIES_PER_HOUR, type Tries } from '../../../shared/household/tries.ts';
import { addDuration, duration, durationBetween, type Instant } from '../../../shared/values.ts';
import { START } from '../supply/milk.ts';

it('nobody has more than ten tries in any hour, whatever the pace', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_800 }), { maxLength: 80 }), (pauses) => {
      let tries: Tries | undefined;
      let now: Instant = START;
      const taken: Instant[] = [];
      for (const seconds of pauses) {
        now = addDuration(now, duration(seconds, 'seconds'));
        const outcome = takeTry(tries, now);
        if (outcome.kind !== 'changed') continue;
        tries = outcome.state;
        taken.push(now);
      }
      // Ten of them with an eleventh less than an hour after the first.
      const tooClose = taken.filter((last, index) => {
        const first = taken[index - TRIES_PER_HOUR];
        return first !== undefined && durationBetween(first, last) < duration(1, 'hours');
      });
      expect(tooClose).toEqual([]);
    }),
    { seed: 61 },
  );
  let tries: Tries | undefined;
  for (let count = 0; count < TRIES_PER_HOUR; count += 1) {
    const outcome = takeTry(tries, START);
    if (outcome.kind === 'changed') tries = outcome.state;
  }
  expect(takeTry(tries, START)).toMatchObject({ kind: 'rejected', reason: 'too-many-tries' });
  expect(takeTry(tries, addDuration(START, duration(1, 'hours')))).toMatchObject({ kind: 'changed' });
});

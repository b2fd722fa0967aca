import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learn, type Lesson } from '../../../shared/household/lesson.ts';
import { lessonSteps } from '../../../shared/household/lesson-steps.ts';
import { deviceTypeSchema } from '../../../shared/values.ts';
import { householdId } from '../order/order-examples.ts';
import { START } from '../supply/milk.ts';

describe('a lesson', () => {
  it('has three to five steps for each kind of device', () => {
    expect(deviceTypeSchema.options.filter((type) => lessonSteps[type].length < 3 || lessonSteps[type].length > 5)).toEqual([]);
  });

  it('is completed once, in whatever order and however often its steps are done', () => {
    const steps = lessonSteps.fridge;
    const walk = fc.tuple(fc.shuffledSubarray([...steps], { minLength: steps.length }), fc.array(fc.constantFrom(...steps), { maxLength: 8 }));
    fc.assert(
      fc.property(walk, ([all, repeats]) => {
        let lesson: Lesson | undefined;
        let completed = 0;
        for (const step of [...repeats, ...all, ...repeats]) {
          const outcome = learn(lesson, { householdId, deviceType: 'fridge', step, at: START });
          if (outcome.kind !== 'changed') continue;
          lesson = outcome.state;
          completed += outcome.events.filter(({ type }) => type === 'lesson.completed').length;
        }
        expect([completed, lesson?.done, lesson?.completedAt]).toEqual([1, [...steps], START]);
      }),
      { seed: 51 },
    );
  });

  it('knows no step of another device', () => {
    expect(learn(undefined, { householdId, deviceType: 'tv', step: 'tank', at: START })).toMatchObject({ kind: 'rejected' });
  });
});

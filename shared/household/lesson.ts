/** The short lessons with which a household learns a new kind of device: which steps each has, and how far a household is. */
import { z } from 'zod';
import type { DomainEvent } from '../events.ts';
import {
  deviceTypeSchema,
  householdIdSchema,
  ignored,
  instantSchema,
  rejected,
  type DeviceType,
  type HouseholdId,
  type Instant,
  type Outcome,
} from '../values.ts';
import { lessonSteps } from './lesson-steps.ts';

export const lessonSchema = z.strictObject({
  householdId: householdIdSchema,
  deviceType: deviceTypeSchema,
  /** Steps that somebody of the household has done, in the order of the lesson. */
  done: z.array(z.string().min(1).max(40)).max(8),
  completedAt: instantSchema.optional(),
});
export type Lesson = z.infer<typeof lessonSchema>;

/** Steps once done stay done, whoever did them; the last one completes the lesson, once. */
export function learn(
  lesson: Lesson | undefined,
  step: { readonly householdId: HouseholdId; readonly deviceType: DeviceType; readonly step: string; readonly at: Instant },
): Outcome<Lesson, DomainEvent> {
  const { householdId, deviceType, at } = step;
  const steps: readonly string[] = lessonSteps[deviceType];
  if (!steps.includes(step.step)) return rejected('unknown-step');
  if (lesson?.done.includes(step.step)) return ignored('done-already');
  const done = steps.filter((one) => one === step.step || lesson?.done.includes(one));
  const isComplete = done.length === steps.length && lesson?.completedAt === undefined;
  const state = { ...(lesson ?? { householdId, deviceType }), done, ...(isComplete && { completedAt: at }) };
  return { kind: 'changed', state, events: isComplete ? [{ type: 'lesson.completed', data: { householdId, deviceType } }] : [] };
}

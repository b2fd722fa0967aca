/** What is to be learnt of each kind of device, step by step; the words stand in the app. No zod here: the app reads it on its first view. */
import type { DeviceType } from '../values.ts';

export const lessonSteps = {
  fridge: ['places', 'put-back', 'first-days', 'yes-or-no'],
  heating: ['tank', 'weather', 'first-days', 'yes-or-no'],
  tv: ['remote', 'questions', 'sign-in'],
  generic: ['places', 'first-days', 'yes-or-no'],
} as const satisfies Record<DeviceType, readonly string[]>;

export type LessonStep = (typeof lessonSteps)[DeviceType][number];

/** A path's definition as the console reads it. What it writes is checked by the door, which names the field. */
import type { Path } from '../../../shared/journey/conversion-path/path.ts';

export type Definition = Path;
export type Step = Definition['steps'][number];

/** The list says of a definition only that it is one. */
export const isDefinition = (given: unknown): given is Definition =>
  typeof given === 'object' && given !== null && 'steps' in given && 'trigger' in given && 'contents' in given;

/** Every wait for a time, wherever it stands, in order; changed where `change` says another number. */
export function withWaits(steps: readonly Step[], change: (minutes: number, index: number) => number, counter = { next: 0 }): Step[] {
  return steps.map((step) => {
    if (step.step === 'branch') {
      const then = withWaits(step.then, change, counter);
      return { ...step, then, otherwise: withWaits(step.otherwise, change, counter) };
    }
    if (step.step !== 'wait' || step.until !== 'passed') return step;
    const index = counter.next;
    counter.next += 1;
    return { ...step, minutes: change(step.minutes, index) };
  });
}

export function waitsOf(steps: readonly Step[]): number[] {
  const found: number[] = [];
  withWaits(steps, (minutes) => {
    found.push(minutes);
    return minutes;
  });
  return found;
}

/** Functions that run out of time: before they have begun, or after they have done their work and before anybody heard of it. */
import type { Functions } from '../functions/functions.ts';
import type { InvokeResult } from '../functions/instance.ts';
import type { OccasionsFor } from './call-faults.ts';
import type { NoteFault } from './fault-log.ts';
import type { Dice, Occasions } from './occasions.ts';

export interface InvokeFaultsOptions {
  readonly occasionsFor: OccasionsFor;
  readonly dice: Dice;
  readonly note: NoteFault;
  /** Product milliseconds. */
  readonly now: () => number;
}

const DAY = 86_400_000;
/** Of each function. */
const TIMED_OUT_EVERY = 10 * DAY;
const TIMED_OUT: InvokeResult = { ok: false, errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out (injected)' };

/** It answers at once: waiting out the real limit would prove no more. */
export function withInvokeFaults(invoke: Functions['invoke'], { occasionsFor, dice, note, now }: InvokeFaultsOptions): Functions['invoke'] {
  const occasions = new Map<string, Pick<Occasions, 'take'>>();
  return async (name, event) => {
    const occasionName = `function-timed-out/${name}`;
    const ofFunction = occasions.get(occasionName) ?? occasionsFor(occasionName, TIMED_OUT_EVERY);
    occasions.set(occasionName, ofFunction);
    const index = ofFunction.take(now());
    if (index === undefined) return invoke(name, event);
    const hasWorked = dice(occasionName, 'when', index) < 0.5;
    note('function-timed-out', `${name}, ${hasWorked ? 'after its work' : 'before it began'}`);
    if (hasWorked) await invoke(name, event);
    return TIMED_OUT;
  };
}

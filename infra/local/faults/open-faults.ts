/** The cloud's own faults, put between its parts: nothing of the product and nothing of the parts themselves knows of them. */
import type { AwsHandler } from '../aws-request.ts';
import type { Service } from '../endpoint/call.ts';
import type { Functions } from '../functions/functions.ts';
import { reportTrouble } from '../functions/trouble.ts';
import { withCallFaults } from './call-faults.ts';
import { faultLog } from './fault-log.ts';
import { withInvokeFaults } from './invoke-faults.ts';
import type { FaultKind } from './kinds.ts';
import { diceOf, Occasions } from './occasions.ts';
import { poisoner, type PoisonOptions } from './poison.ts';

export interface FaultSettings {
  readonly seed: number;
  readonly kinds: readonly FaultKind[];
  /** Gets a line for each. */
  readonly file: string;
}

export interface CloudFaults {
  readonly calls: (service: Service, handle: AwsHandler) => AwsHandler;
  readonly invoke: (invoke: Functions['invoke']) => Functions['invoke'];
  /** Where poison goes, once the queues and the broker are there. */
  readonly poison: (way: Pick<PoisonOptions, 'queueArns' | 'send' | 'publish'>) => void;
}

const DAY = 86_400_000;
const POISONED_EVERY = 3 * DAY;

/** @param clock.startsAt of the run, @param clock.now both in product milliseconds */
export function openFaults({ seed, kinds, file }: FaultSettings, { startsAt, now }: { startsAt: number; now: () => number }): CloudFaults {
  const dice = diceOf(seed);
  const openedAt = now();
  const occasionsFor = (name: string, everyMillis: number) => new Occasions({ name, dice, startsAt, everyMillis, openedAt });
  const note = faultLog(file, now);
  const isOn = (kind: FaultKind): boolean => kinds.includes(kind);
  let poison: () => Promise<void> = () => Promise.resolve();
  return {
    calls: (service, handle) =>
      isOn('call-throttled') || isOn('call-partly-failed') ? withCallFaults(service, handle, { isOn, occasionsFor, dice, note, now }) : handle,
    invoke: (invoke) => {
      const faulty = isOn('function-timed-out') ? withInvokeFaults(invoke, { occasionsFor, dice, note, now }) : invoke;
      if (!isOn('message-poisoned')) return faulty;
      return async (name, event) => {
        // Something runs every fifteen minutes of product time, so this is often enough.
        await poison().catch((error: unknown) => reportTrouble('the poison', error));
        return faulty(name, event);
      };
    },
    poison: (way) => {
      poison = poisoner({ ...way, occasions: occasionsFor('message-poisoned', POISONED_EVERY), seed, dice, note, now });
    },
  };
}

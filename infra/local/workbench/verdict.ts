/** Whether a sample went as it should: one that nobody of ours signed, or long ago, is rightly refused. */
import type { ShopAnswer } from '../conformance/call.ts';
import { isRefused, isTaken } from '../conformance/check.ts';
import type { Sample, Sent } from './exchange.ts';

export const AS_IT_SHOULD_BE = 'refused, as it should be';

const toBeRefused: readonly Sample[] = ['forged', 'changed', 'too-old'];
/** One of several copies is enough: of the others the shop may say that it is at it, or we hung up. */
const oneIsEnough: readonly Sample[] = ['at-once', 'given-up'];

export const mustBeRefused = (sample: Sample): boolean => toBeRefused.includes(sample);

export function verdictOn({ sample, exchanges, told }: Pick<Sent, 'sample' | 'exchanges' | 'told'>): string {
  const answers = exchanges.map(({ answer }) => answer);
  const isKnown = isTaken(told);
  if (mustBeRefused(sample))
    return answers.every(isRefused) && !isKnown ? AS_IT_SHOULD_BE : 'NOT as it should be: expected 401, and 404 when we ask for the order';
  const isGood = (oneIsEnough.includes(sample) ? answers.some(isTaken) : answers.every(isTaken)) && isKnown;
  return isGood ? 'taken, as it should be' : 'NOT as it should be: expected 2xx, and 200 when we ask for the order';
}

/** Of one attempt, for the log; undefined: nothing but its status is to be said. */
export function refusalOf(sample: Sample, answer: ShopAnswer): string | undefined {
  if (!mustBeRefused(sample)) return undefined;
  if (isRefused(answer)) return AS_IT_SHOULD_BE;
  return isTaken(answer) ? 'taken, but it had to be refused' : undefined;
}

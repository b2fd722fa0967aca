/** One thing that a shop has to do, and how it is seen whether it does. */
import type { ConformanceCheck } from '../../../shared/retailer/conformance.ts';
import type { ShopAnswer } from './call.ts';
import type { Bench } from './bench.ts';

export type Outcome = {
  readonly passed: boolean;
  /** What the shop did. */ readonly came: string;
  /** What somebody should change or look at. */ readonly advice?: string;
};
export interface Check {
  readonly check: ConformanceCheck;
  readonly expected: string;
  readonly run: (bench: Bench) => Promise<Outcome>;
}

export const passed = (came: string): Outcome => ({ passed: true, came });
export const failed = (came: string, advice: string): Outcome => ({ passed: false, came, advice });

export const isTaken = (answer: ShopAnswer): boolean => answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
/** A clear no: silence or a 5xx would be tried again, and a redirect is nobody's no. */
export const isRefused = (answer: ShopAnswer): boolean => answer.kind === 'answered' && answer.status >= 400 && answer.status < 500;

export const inWords = (answer: ShopAnswer): string => (answer.kind === 'answered' ? `answered ${answer.status} after ${answer.millis} ms` : answer.reason);

/** What to do about a no to a message that is right in every way. */
export function mend(answer: ShopAnswer): string {
  if (answer.kind === 'silent') return 'Let the address answer from outside, and answer within 15 s: store first, work later.';
  const { status } = answer;
  if (status >= 300 && status < 400)
    return `Answer at the registered address itself, not with a redirect${answer.location === undefined ? '' : ` to ${answer.location}`}: redirects are never followed.`;
  if (status === 401 || status === 403)
    return 'Check the key (whsec_ … of the direction to the shop), and hash `id.timestamp.body` over the raw bytes, before anything parses them.';
  if (status === 404 || status === 405) return 'Check the path: messages are posted to the address exactly as it was given.';
  if (status === 400 || status === 422)
    return 'The signature was taken but not the message: read it as the guide describes it, and let members pass that you do not know.';
  return 'Look into your log for this time: the message was right.';
}

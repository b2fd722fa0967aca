/** What is asked of every answer: it comes from where the call went, and in time. */
import type { Bench } from '../bench.ts';
import { ATTEMPT_MILLIS } from '../call.ts';
import { failed, passed, type Check, type Outcome } from '../check.ts';

/** An answer that takes longer has work in it that belongs after the answer. */
const SLOW_MILLIS = 5_000;

function noRedirect({ heard }: Bench): Outcome {
  const moved = heard.find(({ answer }) => answer.kind === 'answered' && answer.status >= 300 && answer.status < 400);
  if (moved?.answer.kind !== 'answered') return passed(`${heard.length} answers, and no redirect`);
  const { status, location = 'nowhere' } = moved.answer;
  return failed(
    `${moved.what} answered ${status} to ${location}`,
    'Register the address that answers itself: a redirect is a failure and never followed, since the address behind it was not judged.',
  );
}

function inTime({ heard }: Bench): Outcome {
  const slowest = Math.max(0, ...heard.map(({ answer }) => answer.millis));
  const silent = heard.find(({ answer }) => answer.kind === 'silent');
  const came = `the slowest of ${heard.length} answers took ${slowest} ms`;
  if (silent?.answer.kind === 'silent')
    return failed(`${silent.what}: ${silent.answer.reason}`, 'Store the message and answer at once; whatever takes longer belongs after the answer.');
  return slowest > SLOW_MILLIS
    ? { ...passed(came), advice: 'Answer as soon as the message is stored: under load this becomes 15 s, and then it counts as not delivered.' }
    : passed(came);
}

export const mannerChecks: readonly Check[] = [
  { check: 'no-redirect', expected: 'no answer with 3xx', run: (bench) => Promise.resolve(noRedirect(bench)) },
  { check: 'in-time', expected: `every answer within ${ATTEMPT_MILLIS / 1_000} s`, run: (bench) => Promise.resolve(inTime(bench)) },
];

/** What is asked of every answer: it comes from where the call went, and in time. */
import { advice } from '../advice.ts';
import type { Bench } from '../bench.ts';
import { inWords } from '../answer-in-words.ts';
import { about, failed, passed, type Check, type Outcome } from '../check.ts';
import { words } from '../expected.ts';

/** An answer that takes longer has work in it that belongs after the answer. */
const SLOW_MILLIS = 5_000;

function noRedirect({ heard }: Bench): Outcome {
  const moved = heard.find(({ answer }) => answer.kind === 'answered' && answer.status >= 300 && answer.status < 400);
  if (moved?.answer.kind !== 'answered') return passed(words(`${heard.length} answers, and no redirect`, `${heard.length} Antworten, keine Umleitung`));
  const { status, location = '–' } = moved.answer;
  return failed(words(`${moved.what} answered ${status} to ${location}`, `${moved.what} antwortete ${status} nach ${location}`), advice.noRedirect);
}

function inTime({ heard }: Bench): Outcome {
  const slowest = Math.max(0, ...heard.map(({ answer }) => answer.millis));
  const silent = heard.find(({ answer }) => answer.kind === 'silent');
  const came = words(`the slowest of ${heard.length} answers took ${slowest} ms`, `die langsamste von ${heard.length} Antworten brauchte ${slowest} ms`);
  if (silent !== undefined) return failed(about(silent.what, silent.what, inWords(silent.answer)), advice.storeThenAnswer);
  return slowest > SLOW_MILLIS ? { ...passed(came), advice: advice.soonerUnderLoad } : passed(came);
}

export const mannerChecks: readonly Check[] = [
  { check: 'no-redirect', run: (bench) => Promise.resolve(noRedirect(bench)) },
  { check: 'in-time', run: (bench) => Promise.resolve(inTime(bench)) },
];

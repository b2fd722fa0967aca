/** The shop's own words reach us: only we know whether their signature was good. */
import type { TestAnswers } from '../../../../shared/retailer/test-answers.ts';
import { advice } from '../advice.ts';
import { failed, passed, type Check, type Outcome } from '../check.ts';
import { words } from '../expected.ts';

const outcomes: Readonly<Record<'verified' | 'refused' | 'nothing', Outcome>> = {
  verified: passed(words('we took an answer about an order of this run', 'wir haben eine Antwort zu einer Bestellung dieses Laufs angenommen')),
  refused: failed(
    words('an answer came, and we refused its signature (401)', 'eine Antwort kam, und wir haben ihre Signatur abgelehnt (401)'),
    advice.signWithOurs,
  ),
  nothing: failed(
    words('no answer about an order of this run came to us', 'bei uns kam keine Antwort zu einer Bestellung dieses Laufs an'),
    advice.postAnswers,
  ),
};

export const signedAnswerCheck = (testAnswers: () => Promise<TestAnswers>): Check => ({
  check: 'signed-answer',
  run: async (bench) => outcomes[await bench.heardHere(testAnswers)],
});

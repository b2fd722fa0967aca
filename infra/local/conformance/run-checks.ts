/** The whole run, one check after the other, and what is found. */
import { conformanceChecks, type ConformanceCheck, type ConformanceFinding, type ConformanceReport } from '../../../shared/retailer/conformance.ts';
import { advice } from './advice.ts';
import { Bench, type BenchOptions } from './bench.ts';
import { byIdChecks } from './checks/by-id.ts';
import { mannerChecks } from './checks/manners.ts';
import { onceChecks } from './checks/once.ts';
import { refuseChecks } from './checks/refuse.ts';
import { signedAnswerCheck } from './checks/signed-answer.ts';
import { takeChecks } from './checks/take.ts';
import { wishChecks } from './checks/wishes.ts';
import { failed, type Check, type Outcome } from './check.ts';
import { expected, words, type Language, type Words } from './expected.ts';

const checks: readonly Check[] = [...takeChecks, ...byIdChecks, ...refuseChecks, ...onceChecks, ...wishChecks];
/** Where not even a good message is taken the others would find the same, and where nobody answers each would wait its fifteen seconds. */
const FIRST = conformanceChecks[0];
const notTried = failed(words('not tried', 'nicht versucht'), advice.firstThenAgain);
const SENTENCE_MAX = 400;

/** A finding in both languages. */
export interface Found {
  readonly check: ConformanceCheck;
  readonly passed: boolean;
  readonly expected: Words;
  readonly came: Words;
  readonly advice?: Words;
}
export interface Run extends Pick<ConformanceReport, 'webhookUrl' | 'apiUrl'> {
  readonly findings: readonly Found[];
}

export const inLanguage = (language: Language, { check, passed, expected: due, came, advice: mend }: Found): ConformanceFinding => ({
  ...{ check, passed, expected: due[language], came: came[language].slice(0, SENTENCE_MAX) },
  ...(mend !== undefined && { advice: mend[language].slice(0, SENTENCE_MAX) }),
});
/** What is reported is in English, as every answer of the API. */
export const reportOf = ({ webhookUrl, apiUrl, findings }: Run): ConformanceReport => ({
  ...{ webhookUrl, apiUrl },
  findings: findings.map((found) => inLanguage('en', found)),
});

/** @param tell hears of each finding as it is made */
export async function runChecks(options: BenchOptions, tell: (found: Found) => void = () => undefined): Promise<Run> {
  const bench = new Bench(options);
  const findings: Found[] = [];
  const note = ({ check }: Check, outcome: Outcome): void => {
    const found = { check, expected: expected[check], ...outcome };
    findings.push(found);
    tell(found);
  };
  const ours = options.testAnswers === undefined ? [] : [signedAnswerCheck(options.testAnswers)];
  for (const one of [...checks, ...ours]) {
    const isTried = findings.every(({ check, passed }) => check !== FIRST || passed);
    note(one, isTried ? await one.run(bench) : notTried);
  }
  // Last, because they look at every answer.
  for (const one of mannerChecks) note(one, await one.run(bench));
  return { webhookUrl: options.webhookUrl, apiUrl: options.apiUrl, findings };
}

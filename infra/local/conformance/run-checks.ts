/** The whole run, one check after the other, and what is found. */
import { conformanceChecks, type ConformanceFinding, type ConformanceReport } from '../../../shared/retailer/conformance.ts';
import { Bench, type BenchOptions } from './bench.ts';
import { byIdChecks } from './checks/by-id.ts';
import { mannerChecks } from './checks/manners.ts';
import { onceChecks } from './checks/once.ts';
import { refuseChecks } from './checks/refuse.ts';
import { takeChecks } from './checks/take.ts';
import { wishChecks } from './checks/wishes.ts';
import { failed, type Check, type Outcome } from './check.ts';

const checks: readonly Check[] = [...takeChecks, ...byIdChecks, ...refuseChecks, ...onceChecks, ...wishChecks];
/** Where not even a good message is taken the others would find the same, and where nobody answers each would wait its fifteen seconds. */
const FIRST = conformanceChecks[0];
const notTried = failed('not tried', 'Mend the first finding, then run this again.');
const SENTENCE_MAX = 400;

/** @param tell hears of each finding as it is made */
export async function runChecks(options: BenchOptions, tell: (finding: ConformanceFinding) => void = () => undefined): Promise<ConformanceReport> {
  const bench = new Bench(options);
  const findings: ConformanceFinding[] = [];
  const note = ({ check, expected }: Check, { passed, came, advice }: Outcome): void => {
    const finding = { check, passed, expected, came: came.slice(0, SENTENCE_MAX), ...(advice !== undefined && { advice: advice.slice(0, SENTENCE_MAX) }) };
    findings.push(finding);
    tell(finding);
  };
  for (const one of checks) {
    const isTried = findings.every(({ check, passed }) => check !== FIRST || passed);
    note(one, isTried ? await one.run(bench) : notTried);
  }
  // Last, because they look at every answer.
  for (const one of mannerChecks) note(one, await one.run(bench));
  return { webhookUrl: options.webhookUrl, apiUrl: options.apiUrl, findings };
}

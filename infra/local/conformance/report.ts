/** The run as a person reads it: what was seen, and under each failure what was expected and what to do. */
import { isPassed, type ConformanceFinding, type ConformanceReport } from '../../../shared/retailer/conformance.ts';

const NAME_WIDTH = 30;

export function findingInWords({ check, passed, expected, came, advice }: ConformanceFinding): string {
  const line = `${passed ? 'ok  ' : 'NO  '}${check.padEnd(NAME_WIDTH)}${came}`;
  if (passed) return advice === undefined ? line : `${line}\n      look at:  ${advice}`;
  return [line, `      expected: ${expected}`, ...(advice === undefined ? [] : [`      do:       ${advice}`])].join('\n');
}

export function resultInWords(report: ConformanceReport): string {
  const missing = report.findings.filter(({ passed }) => !passed).length;
  return isPassed(report)
    ? `Passed all ${report.findings.length} checks.`
    : `${missing} of ${report.findings.length} checks did not pass. Begin with the first.`;
}

/** Asks the auditor, a process of its own, and shows what it found. */
import path from 'node:path';
import { auditReplySchema, type AuditRequest } from '../auditor/messages.ts';
import type { Summary } from '../auditor/summary.ts';
import type { Access } from '../cloud/control.ts';
import { Child } from './child.ts';
import type { DataDirectory } from './data-directory.ts';

export interface AuditResult {
  readonly summary: Summary;
}

/** @param options.access how it reads the tables, so the cloud must be running and drained. Rejects with one sentence when it cannot check */
export async function audit({ data, ...options }: { data: DataDirectory; access: Access; seed: number; households: number }): Promise<AuditResult> {
  const log = data.inside('logs', 'auditor.log');
  const request: AuditRequest = { data: data.path, ...options };
  let auditor: Child | undefined;
  try {
    return await new Promise((resolve, reject) => {
      auditor = new Child({
        ...{ file: path.join(import.meta.dirname, '..', 'auditor', 'main.ts'), args: [], log },
        onMessage: (message) => {
          const reply = auditReplySchema.parse(message);
          if (reply.kind === 'ready') auditor?.send(request);
          else if (reply.kind === 'audited') resolve({ summary: reply.summary });
          else reject(new Error(`The auditor cannot check this run: ${reply.reason}`));
        },
        onExit: () => reject(new Error(`The auditor ended before it had checked the run; its last words are in ${log}.`)),
      });
    });
  } finally {
    await auditor?.stop();
  }
}

export const printAudit = ({ summary }: AuditResult): void => void process.stdout.write(`${auditInWords(summary).join('\n')}\n`);

/** Violations whose figure stands in a line of its own. */
const figures = [
  ['lost', ['reading-lost', 'reading-unheard']],
  ['doubled', ['order-doubled', 'touchpoint-doubled']],
  ['over cap', ['cap-passed']],
] as const;
const SHOWN_MAX = 20;

/** How well the emotion curve follows what people really felt. */
const lifeInWords = ({ visits, told, answers, casesAnswered, mood: { points, of, rankCorrelation } }: NonNullable<Summary['life']>): string =>
  `${visits} of them from browsers, ${told} from tills and tools, ${answers} answers to how it went, ${casesAnswered} cases answered; feelings known in ${points} of ${of} weeks of households` +
  (rankCorrelation === undefined ? '' : `, rank correlation with their mood ${rankCorrelation}`);

export function auditInWords({ productDays, telemetry, orders, touchpoints, life, faults, violations }: Summary): string[] {
  const counted = (rules: readonly string[]): number => violations.filter(({ rule }) => rules.includes(rule)).length;
  const row = (name: string, text: string): string => `  ${name.padEnd(11)}${text}`;
  const faultsTold = Object.entries(faults).map(([fault, count]) => `${fault} ${count}`);
  return [
    '',
    `  ${Math.round(productDays * 10) / 10} days, checked against the ledgers of devices, people and shops`,
    '',
    row('readings', `${telemetry.published} sent: ${telemetry.applied} applied, ${telemetry.ignored} ignored, ${telemetry.quarantined} quarantined`),
    row('orders', `${orders.proposed} proposed, ${orders.placed} placed, ${orders.delivered} delivered`),
    row('', `${orders.deliveredByMandate} of them inside a mandate, ${orders.deliveredByPerson} on a person’s yes; ${orders.declined} declined`),
    ...(orders.linesDelivered > 0
      ? [row('', `${orders.linesDelivered} things in them: ${(orders.delivered / orders.linesDelivered).toFixed(2)} deliveries for each`)]
      : []),
    row('journey', `${touchpoints} touchpoints`),
    ...(life === undefined ? [] : [row('', lifeInWords(life))]),
    ...figures.map(([name, rules]) => row(name, String(counted(rules)))),
    ...(faultsTold.length > 0 ? [row('survived', faultsTold.join(', '))] : []),
    '',
    ...(violations.length === 0 ? ['  No violation.'] : [`  ${violations.length} ${violations.length === 1 ? 'violation' : 'violations'}:`]),
    ...violations
      .slice(0, SHOWN_MAX)
      .flatMap(({ rule, subject, expected, actual, reproduce }) => [
        '',
        `  ${rule}  ${subject}`,
        `    expected  ${expected}`,
        `    found     ${actual}`,
        `    again     ${reproduce}`,
      ]),
    ...(violations.length > SHOWN_MAX ? ['', `  and ${violations.length - SHOWN_MAX} more; --summary FILE writes them all.`] : []),
    '',
  ];
}

/** The auditor, a process of its own: it shares no memory and no counter with what it checks. */
import { readEvents } from '../bus/kept-events.ts';
import { findingsIn } from './checks/checks.ts';
import { asViolation } from './finding.ts';
import { loadFacts } from './load.ts';
import { auditRequestSchema, type AuditReply } from './messages.ts';
import { summaryOf, type Summary } from './summary.ts';

async function audit(message: unknown): Promise<Summary> {
  const { data, access, seed, households } = auditRequestSchema.parse(message);
  const facts = await loadFacts(data, access);
  const run = { startsAt: facts.startsAt, seed, households, faults: facts.faultsOn };
  return summaryOf(
    facts,
    { ...run, said: await readEvents(data) },
    findingsIn(facts).map((finding) => asViolation(finding, run)),
  );
}

const tell = (reply: AuditReply): void => {
  process.send?.(reply);
};

process.on('message', (message) => {
  audit(message).then(
    (summary) => tell({ kind: 'audited', summary }),
    (error: unknown) => tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready' });

/** Stage 2. What devices said → what their supplies hold, who runs low, and what nobody could understand. */
import type { SQSRecord } from 'aws-lambda';
import { metricOfReading } from '../shared/metrics.ts';
import { observeReadings } from './ingest-telemetry/observe-readings.ts';
import { quarantine, type ReadingOutcome } from './ingest-telemetry/quarantine.ts';
import { readTelemetry } from './ingest-telemetry/read-telemetry.ts';
import { environment } from './runtime/environment.ts';
import { journal } from './runtime/log.ts';
import { count } from './runtime/metrics.ts';
import { batchWorker } from './runtime/worker.ts';

/** One write per supply and batch, however many of its readings the batch holds. Answers the messages that must come again. */
async function ingest(records: SQSRecord[]): Promise<string[]> {
  const { understood, refused } = readTelemetry(records);
  const results = [...(await observeReadings(understood)), ...(await quarantine(refused))];
  for (const { outcomes, about } of results) {
    if (outcomes.length === 0) continue;
    if (isLogged(outcomes)) journal('readings', { outcomes, ...about });
    for (const [, , , outcome] of outcomes) count(metricOfReading[outcome]);
  }
  return results.flatMap(({ failed }) => failed);
}

/** All where the auditor counts them; a sample where they come by the million, for metrics count them all. What nobody could use is always logged. */
const isLogged = (outcomes: readonly ReadingOutcome[]): boolean =>
  outcomes.some(([, , , outcome]) => outcome === 'quarantined') || Math.random() * 100 < Number(environment('READINGS_LOGGED'));

export const handler = batchWorker(ingest);

/** The design that everybody draws first: each message published, a rule that calls a function for each, which reads, writes, says an event and logs everything. */
import type { Billed } from './billed.ts';
import { sumOf, TELEMETRY_STAGE } from './counted.ts';
import { costOf, prices } from './prices.ts';
import type { TallyContent } from './tally.ts';

export interface NaiveLine {
  readonly what: Billed;
  readonly perMessage: number;
  /** For a million messages. */
  readonly usd: number;
}

/** Lambda's start, end and report, the event, and a line of our own: 1.8 kB together. */
const LOG_BYTES = 1_800;

/** It gets our own function's time for one call, which makes the same four calls; an item of 1 kB at most; and pays nothing for being in time. */
export function naivePerMessage(counts: Pick<TallyContent, 'living'>): NaiveLine[] {
  const calls = sumOf(counts, 'lambda.requests', TELEMETRY_STAGE);
  const perCall = calls === 0 ? 0 : sumOf(counts, 'lambda.gbSeconds', TELEMETRY_STAGE) / calls;
  const line = (what: Billed, perMessage: number): NaiveLine => ({ what, perMessage, usd: costOf(prices[what], perMessage * 1_000_000) });
  return [
    ...[line('iot.messages', 1), line('iot.ruleExecutions', 1), line('iot.ruleActions', 1), line('lambda.requests', 1), line('lambda.gbSeconds', perCall)],
    ...[line('dynamodb.writeUnits', 1), line('dynamodb.readUnits', 1), line('events.published', 1), line('logs.bytes', LOG_BYTES)],
  ];
}

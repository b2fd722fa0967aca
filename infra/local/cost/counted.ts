/** Reads the counts of a run. */
import type { Counted } from './billed.ts';
import type { TallyContent } from './tally.ts';

/** Where the messages of devices are taken in. */
export const TELEMETRY_STAGE = 'ingest-telemetry';

/** While households lived, without what moving in took; of one stage, or of all. */
export const sumOf = ({ living }: Pick<TallyContent, 'living'>, what: Counted, stage?: string): number => {
  const counts = living[what] ?? {};
  return stage === undefined ? Object.values(counts).reduce((sum, amount) => sum + amount, 0) : (counts[stage] ?? 0);
};

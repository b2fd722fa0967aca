/** Stage 2'. A supply's moment has come: a crossing is confirmed, a silent or sensorless one is reckoned, a need is asked for again. */
import { review } from '../shared/supply/review.ts';
import { kinds } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { logger } from './runtime/log.ts';
import { change } from './runtime/store.ts';
import { queueWorker } from './runtime/worker.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'due') throw new Error(`expected a supply that is due, got ${work.event.type}`);
  const { pk, sk } = work.due;
  const now = productNow();
  const result = await change(kinds.supply, { pk, sk }, (supply) =>
    supply === undefined ? { kind: 'ignored', reason: 'no-such-supply' } : review(supply, now),
  );
  logger.debug('reviewed', { pk, sk, result: result.kind });
});

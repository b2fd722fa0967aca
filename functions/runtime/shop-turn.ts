/** A call to a shop, which waits for its turn where the shop has been slow. Nothing is written of a shop that answers in time. */
import { endTurn, SLOW_AFTER_MILLIS, takeTurn } from '../../shared/retailer/turn.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import { ignored, type Outcome } from '../../shared/values.ts';
import { keys, kinds } from './aggregates.ts';
import { productNow, stopwatchMillis } from './clock.ts';
import { logger } from './log.ts';
import type { RetailerAnswer } from './outbound.ts';
import { change } from './store.ts';

type Step = (retailer: Retailer) => Outcome<Retailer, never>;
const changeTurn = ({ retailerId }: Retailer, step: Step) =>
  change(kinds.retailer, keys.retailer(retailerId), (now) => (now === undefined ? ignored('no-such-retailer') : step(now)));

/** `sent`: the message may have arrived, and nobody waited for the answer. */
export type InTurn = RetailerAnswer | { readonly kind: 'postponed'; readonly sent: boolean };

/** @param by the id of what is sent; it is postponed where another one waits for this shop, or began to while this one did */
export async function callInTurn(
  retailer: Retailer,
  by: string,
  call: (signal: AbortSignal) => Promise<RetailerAnswer>,
  slowAfterMillis = SLOW_AFTER_MILLIS,
): Promise<InTurn> {
  const isOthers = async () => (await changeTurn(retailer, (shop) => takeTurn(shop, by, productNow()))).kind === 'rejected';
  if (retailer.slow !== undefined && (await isOthers())) return { kind: 'postponed', sent: false };
  const [began, cut] = [stopwatchMillis(), new AbortController()];
  let noted: Promise<void> | undefined;
  const slow = setTimeout(() => {
    noted = noteSlow(isOthers, cut);
  }, slowAfterMillis);
  const answer = await call(cut.signal);
  clearTimeout(slow);
  await noted;
  if (cut.signal.aborted && answer.kind === 'failed') return { kind: 'postponed', sent: true };
  const isSlow = stopwatchMillis() - began >= slowAfterMillis;
  if (retailer.slow !== undefined || noted !== undefined) await changeTurn(retailer, (shop) => endTurn(shop, by, isSlow && answer.kind === 'failed'));
  return answer;
}

/** Only one goes on waiting. That this could not be written is worth a line, and no failure of the call. */
async function noteSlow(isOthers: () => Promise<boolean>, cut: AbortController): Promise<void> {
  try {
    if (await isOthers()) cut.abort();
  } catch (error) {
    logger.warn('a slow shop could not be noted', { error: error instanceof Error ? error : String(error) });
  }
}

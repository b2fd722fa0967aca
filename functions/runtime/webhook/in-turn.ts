/** A call to whoever receives webhooks, which waits for its turn where the receiver has been slow. Nothing is written of one that answers in time. */
import type { Reach } from '../../../shared/webhook/reach.ts';
import { endTurn, SLOW_AFTER_MILLIS, takeTurn } from '../../../shared/webhook/turn.ts';
import { ignored, type Outcome } from '../../../shared/values.ts';
import type { AggregateKind, Key } from '../aggregate-kind.ts';
import { productNow, stopwatchMillis } from '../clock.ts';
import { logger } from '../log.ts';
import type { RetailerAnswer } from '../outbound.ts';
import { change } from '../store.ts';

/** `sent`: the message may have arrived, and nobody waited for the answer. */
export type InTurn = RetailerAnswer | { readonly kind: 'postponed'; readonly sent: boolean };

/** Where the receiver's own item stands, as it was read. */
export interface Receiver<State extends Pick<Reach, 'slow'>> {
  readonly kind: AggregateKind<State>;
  readonly key: Key;
  readonly state: State;
}

/** @param by the id of what is sent; it is postponed where another one waits for this receiver, or began to while this one did */
export async function callInTurn<State extends Pick<Reach, 'slow'>>(
  { kind, key, state }: Receiver<State>,
  by: string,
  call: (signal: AbortSignal) => Promise<RetailerAnswer>,
  slowAfterMillis = SLOW_AFTER_MILLIS,
): Promise<InTurn> {
  const changeTurn = (step: (receiver: State) => Outcome<State, never>) =>
    change(kind, key, (now) => (now === undefined ? ignored('no-such-receiver') : step(now)));
  const isOthers = async () => (await changeTurn((receiver) => takeTurn(receiver, by, productNow()))).kind === 'rejected';
  if (state.slow !== undefined && (await isOthers())) return { kind: 'postponed', sent: false };
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
  if (state.slow !== undefined || noted !== undefined) await changeTurn((receiver) => endTurn(receiver, by, isSlow && answer.kind === 'failed'));
  return answer;
}

/** Only one goes on waiting. That this could not be written is worth a line, and no failure of the call. */
async function noteSlow(isOthers: () => Promise<boolean>, cut: AbortController): Promise<void> {
  try {
    if (await isOthers()) cut.abort();
  } catch (error) {
    logger.warn('a slow receiver could not be noted', { error: error instanceof Error ? error : String(error) });
  }
}

/** Whether the API can be reached. The browser's own word (`onLine`) is a hint only; what counts is whether answers come. */
import { effect, signal } from '@preact/signals';

export const isOffline = signal(false);

/** @param came whether anything answered a request, whatever it said */
export function noteAnswer(came: boolean): void {
  isOffline.value = !came;
}

const backAgain = new Set<() => void>();
const TRY_EVERY_MILLIS = 10_000;

/** @param listener called each time the connection has come back @returns to stop listening */
export function onBack(listener: () => void): () => void {
  backAgain.add(listener);
  return () => backAgain.delete(listener);
}

/** While nothing answers, asks now and then. @param probe any request whose outcome is noted with `noteAnswer` */
export function watchConnection(probe: () => Promise<unknown>): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let wasOffline = false;
  const ask = () => void probe().catch(() => undefined);
  addEventListener('online', ask);
  addEventListener('offline', () => (isOffline.value = true));
  effect(() => {
    if (isOffline.value) timer ??= setInterval(ask, TRY_EVERY_MILLIS);
    else {
      clearInterval(timer);
      timer = undefined;
      if (wasOffline) for (const listener of backAgain) listener();
    }
    wasOffline = isOffline.value;
  });
}

/** How a rule or a schedule calls a function: nobody waits for its answer, so Lambda itself tries again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Functions } from './functions.ts';

/**
 * Lambda developer guide, “Asynchronous invocation”: two more tries, after one minute and after two. Here a short pause on the wall stands for
 * them, because product time waits for what it has started.
 */
const RETRY_AFTER_MILLIS = [200, 400] as const;

/** @throws Error when the last try failed as well */
export async function invokeAsync(invoke: Functions['invoke'], name: string, event: unknown): Promise<void> {
  let result = await invoke(name, event);
  for (const millis of RETRY_AFTER_MILLIS) {
    if (result.ok) return;
    await pause(millis);
    result = await invoke(name, event);
  }
  if (!result.ok) throw new Error(`${name}: ${result.errorMessage}`);
}

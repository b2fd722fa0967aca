/** Sends what browsers have to tell to the collection API, again and again until it is taken; a repeat has the same ids. */
import { setTimeout as pause } from 'node:timers/promises';
import type { WebMessage } from './visits.ts';

const TRIES = 6;
const PAUSE_MILLIS = 400;
const REPLY_LIMIT_MILLIS = 10_000;

/** @returns whether it was taken */
export async function collect({ apiUrl, writeKey }: { apiUrl: string; writeKey: string }, batch: readonly WebMessage[]): Promise<boolean> {
  const headers = { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`, 'content-type': 'application/json' };
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const response = await fetch(`${apiUrl.replace(/\/$/, '')}/v1/batch`, {
      ...{ method: 'POST', headers, body: JSON.stringify({ batch }) },
      signal: AbortSignal.timeout(REPLY_LIMIT_MILLIS),
    }).catch(() => undefined);
    if (response?.ok === true) return true;
    await pause(PAUSE_MILLIS * tries);
  }
  return false;
}

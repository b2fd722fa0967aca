/** Brings to the company what others have to tell, again and again until it is taken; a repeat has the same ids. */
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sending } from './errands.ts';

const TRIES = 6;
const PAUSE_MILLIS = 400;
const REPLY_LIMIT_MILLIS = 10_000;

type Post = { readonly url: string; readonly headers: () => Readonly<Record<string, string>>; readonly body: string };

/** @returns whether it was taken */
async function post({ url, headers, body }: Post): Promise<boolean> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const response = await fetch(url, {
      ...{ method: 'POST', headers: { ...headers(), 'content-type': 'application/json' }, body },
      signal: AbortSignal.timeout(REPLY_LIMIT_MILLIS),
    }).catch(() => undefined);
    if (response?.ok === true) return true;
    await pause(PAUSE_MILLIS * tries);
  }
  return false;
}

const rootOf = (apiUrl: string): string => apiUrl.replace(/\/$/, '');

/** As trackers do, and whoever imports a table: with a write key, many at once. */
export const collect = ({ apiUrl, writeKey }: { apiUrl: string; writeKey: string }, messages: readonly Sending[]): Promise<boolean> =>
  post({
    url: `${rootOf(apiUrl)}/v1/batch`,
    headers: () => ({ authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` }),
    body: JSON.stringify({ batch: messages.map(({ body }) => body) }),
  });

/** As tools do that sign what they send (Standard Webhooks 1.0): one call for each message. @param secret `whsec_…` */
export async function callWebhook(
  { apiUrl, source, secret }: { apiUrl: string; source: string; secret: string },
  messages: readonly Sending[],
): Promise<boolean> {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  for (const { messageId, webhookId = messageId, body } of messages) {
    const text = JSON.stringify(body);
    const headers = () => {
      // Transport runs on the wall's time: each try is signed anew.
      const timestamp = String(Math.floor(Date.now() / 1_000));
      const signature = createHmac('sha256', key).update(`${webhookId}.${timestamp}.${text}`).digest('base64');
      return { 'webhook-id': webhookId, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
    };
    if (!(await post({ url: `${rootOf(apiUrl)}/v1/webhooks/${source}`, headers, body: text }))) return false;
  }
  return true;
}

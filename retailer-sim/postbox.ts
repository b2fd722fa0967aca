/** Tells the platform: signs and posts a message, once. Whether and when to try again is for the shop to write down. */
import { Webhook } from 'standardwebhooks';
import type { SaidMessage } from './books.ts';

const ATTEMPT_MILLIS = 15_000;
const MINUTE = 60_000;
/** Wait after the first, second, … failure; the last one repeats until the message is taken or refused. Product time. */
const RETRY_MILLIS = [5_000, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE] as const;

export const retryMillis = (failures: number): number => RETRY_MILLIS[Math.min(failures, RETRY_MILLIS.length - 1)] ?? 60 * MINUTE;

export type PostResult =
  | { readonly kind: 'taken' | 'refused'; readonly status: number }
  /** `silent`: nobody answered, so the next message would fare no better. */
  | { readonly kind: 'failed'; readonly silent: boolean; readonly reason: string };

/** A 4xx is final, but for those that say “not now”: request timeout, too early, too many requests. */
const NOT_NOW = new Set([408, 425, 429]);

export async function post(message: SaidMessage, { url, secret }: { url: string; secret: string }): Promise<PostResult> {
  const body = JSON.stringify({ type: message.type, timestamp: message.saidAt, data: message.data });
  const sentAt = new Date();
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'webhook-id': message.messageId,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
        'webhook-signature': new Webhook(secret).sign(message.messageId, sentAt, body),
      },
      body,
      signal: AbortSignal.timeout(ATTEMPT_MILLIS),
    });
    await response.body?.cancel();
    if (response.ok) return { kind: 'taken', status: response.status };
    if (response.status >= 400 && response.status < 500 && !NOT_NOW.has(response.status)) return { kind: 'refused', status: response.status };
    return { kind: 'failed', silent: false, reason: `answered ${response.status}` };
  } catch (error) {
    return { kind: 'failed', silent: true, reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  return error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : error.name;
}

/** `GET <apiUrl>/orders/{orderId}`, signed like a webhook: what the shop has said about an order so far, or that it never took it. */
import { randomUUID } from 'node:crypto';
import type { SentOrder } from '../../shared/order/order-state.ts';
import { orderAnswersSchema, type OrderAnswers } from '../../shared/retailer/messages.ts';
import { parseSignedJson } from '../../shared/retailer/signed-json.ts';
import { signWithAll } from '../../shared/retailer/webhook.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { loopbackAllowed, productNow, wallSeconds } from '../runtime/clock.ts';
import { callRetailer } from '../runtime/outbound.ts';
import { signingKeys } from '../runtime/secrets.ts';
import { callInTurn } from '../runtime/shop-turn.ts';
import { load } from '../runtime/store.ts';

export type Asked =
  | { readonly kind: 'known'; readonly answers: OrderAnswers['answers'] }
  /** 404: it never took the order, and asked after `acceptBefore` it never will. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreachable'; readonly reason: string };

export async function askRetailer({ orderId, retailerId }: SentOrder): Promise<Asked> {
  const retailer = (await load(kinds.retailer, keys.retailer(retailerId)))?.state;
  if (retailer === undefined) return { kind: 'unreachable', reason: 'the shop is not known any more' };
  const id = `get_${randomUUID()}`;
  const timestamp = wallSeconds();
  const signature = signWithAll({ secrets: await signingKeys(retailer, productNow()), id, timestamp, body: new Uint8Array() });
  const answer = await callInTurn(retailer, id, (signal) =>
    callRetailer({
      method: 'GET',
      url: `${retailer.apiUrl}/orders/${orderId}`,
      headers: { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature },
      loopbackAllowed: loopbackAllowed(),
      signal,
    }),
  );
  // As good as unreachable: whoever waits for it at this moment tells whether it answers.
  if (answer.kind === 'postponed') return { kind: 'unreachable', reason: 'it is slow, and another message waits for it' };
  if (answer.kind === 'failed') return { kind: 'unreachable', reason: answer.reason };
  if (answer.status === 404) return { kind: 'unknown' };
  if (answer.status !== 200) return { kind: 'unreachable', reason: `answered ${answer.status}` };
  const parsed = parseSignedJson(new TextEncoder().encode(answer.body));
  const known = orderAnswersSchema.safeParse(parsed.ok ? parsed.value : undefined);
  return known.success && known.data.orderId === orderId
    ? { kind: 'known', answers: known.data.answers }
    : { kind: 'unreachable', reason: 'answered something else' };
}

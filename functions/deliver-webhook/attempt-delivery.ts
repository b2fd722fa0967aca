/** One attempt: claimed in the store, signed, sent, and its outcome stored. The order is confirmed before the delivery is closed. */
import { randomInt } from 'node:crypto';
import {
  abandonDelivery,
  deliverySchema,
  finishAttempt,
  postponeAttempt,
  startAttempt,
  type AttemptResult,
  type Delivery,
} from '../../shared/retailer/delivery.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import { waitedForUntil } from '../../shared/retailer/turn.ts';
import { signWithAll } from '../../shared/retailer/webhook.ts';
import { addDuration, duration, ignored, isBefore, type Instant } from '../../shared/values.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { loopbackAllowed, productNow, stopwatchMillis, wallSeconds } from '../runtime/clock.ts';
import { logger } from '../runtime/log.ts';
import { count } from '../runtime/metrics.ts';
import { commandOrder } from '../runtime/order.ts';
import { callRetailer } from '../runtime/outbound.ts';
import { PLACING_MESSAGE } from '../runtime/placing-message.ts';
import { signingKeys } from '../runtime/secrets.ts';
import { callInTurn, type InTurn } from '../runtime/shop-turn.ts';
import { change, load } from '../runtime/store.ts';
import { disableShop, noteReached, noteUnreached } from './shop-trouble.ts';

/** Those that wait for a slow shop come again one by one and not all in the same minute: each costs a look at the shop. */
const POSTPONED_SECONDS = { least: 30, most: 300 } as const;
const later = (now: Instant): Instant => addDuration(now, duration(randomInt(POSTPONED_SECONDS.least, POSTPONED_SECONDS.most), 'seconds'));

export async function attemptDelivery({ pk, sk }: Key, now: Instant): Promise<void> {
  const key = { pk, sk };
  const retailer = await retailerOf(key);
  const started = await change(kinds.delivery, key, (delivery) => {
    if (delivery === undefined) return ignored('no-such-delivery');
    if (retailer?.disabled !== undefined) return abandonDelivery(delivery, 'retailer-disabled', now);
    const isWaitedFor = retailer !== undefined && waitedForUntil(retailer, delivery.messageId, now) !== undefined;
    return isWaitedFor && mayWait(delivery, now) ? postponeAttempt(delivery, later(now)) : startAttempt(delivery, now);
  });
  if (started.kind === 'changed') reportAbandoned(started.state);
  if (started.kind !== 'changed' || started.state.status !== 'attempting' || retailer === undefined) return;
  const result = await send(started.state, retailer);
  if (result.kind === 'postponed') return postpone(key, result.sent);
  const isSuccess = result.kind === 'answered' && result.status >= 200 && result.status <= 299;
  const { householdId, orderId, messageId, type } = started.state;
  if (isSuccess && type === PLACING_MESSAGE[0]) await commandOrder({ householdId, orderId }, { type: 'confirmPlaced', messageId }, productNow());
  await finish(key, started.state, result);
}

/** What is not due is left alone, and what is too late has to end. */
const mayWait = (delivery: Delivery, now: Instant): boolean =>
  delivery.status === 'pending' && !isBefore(now, delivery.dueAt) && isBefore(now, delivery.acceptBefore);

/** Somebody else was faster to wait for the shop. @param sent all the same */
async function postpone(key: Key, sent: boolean): Promise<void> {
  const now = productNow();
  const step = (delivery: Delivery) => postponeAttempt(delivery, later(now), sent ? now : undefined);
  await change(kinds.delivery, key, (delivery) => (delivery === undefined ? ignored('no-such-delivery') : step(delivery)));
}

async function retailerOf(key: Key): Promise<Retailer | undefined> {
  const delivery = await load(kinds.delivery, key);
  return delivery === undefined ? undefined : (await load(kinds.retailer, keys.retailer(delivery.state.retailerId)))?.state;
}

async function send(delivery: Delivery, retailer: Retailer): Promise<AttemptResult | Extract<InTurn, { kind: 'postponed' }>> {
  const timestamp = wallSeconds();
  const body = new TextEncoder().encode(delivery.body);
  const signature = signWithAll({ secrets: await signingKeys(retailer, productNow()), id: delivery.messageId, timestamp, body });
  let began = stopwatchMillis();
  const answer = await callInTurn(retailer, delivery.messageId, (signal) => {
    count('WebhookAttempts');
    began = stopwatchMillis();
    return callRetailer({
      method: 'POST',
      url: retailer.webhookUrl,
      headers: {
        'content-type': 'application/json',
        'webhook-id': delivery.messageId,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signature,
        ...(delivery.correlationId !== undefined && { 'x-correlation-id': delivery.correlationId }),
      },
      body,
      loopbackAllowed: loopbackAllowed(),
      signal,
    });
  });
  if (answer.kind === 'postponed') return answer;
  const said = answer.kind === 'answered' && answer.body !== '' ? { answer: beginningOf(answer.body) } : {};
  return { ...answer, exchange: { timestamp, millis: Math.round(stopwatchMillis() - began), ...said } };
}

/** Each of at most two UTF-16 units, so that a thousand are never passed and no character is cut in two. */
const ANSWER_CODE_POINTS = 500;
const beginningOf = (text: string): string =>
  Array.from(text.slice(0, 2 * ANSWER_CODE_POINTS))
    .slice(0, ANSWER_CODE_POINTS)
    .join('');

/** Steps of a thousandth are fine enough to spread shops' retries. */
const jitter = (): number => randomInt(-1_000, 1_001) / 1_000;

async function finish(key: Key, attempted: Delivery, result: AttemptResult): Promise<void> {
  const chance = { now: productNow(), jitter: jitter() };
  const finished = await change(kinds.delivery, key, (delivery) => finishAttempt(deliverySchema.parse(delivery), result, chance));
  const { retailerId } = attempted;
  await (result.kind === 'answered' && result.status >= 200 && result.status <= 299
    ? noteReached(retailerId, chance.now)
    : noteUnreached(retailerId, chance.now));
  if (finished.kind !== 'changed') return;
  reportAbandoned(finished.state);
  if (finished.state.status === 'abandoned' && finished.state.reason === 'endpoint-gone') await disableShop(retailerId, chance.now);
}

/** The metric filter of the alarm looks for exactly this line. */
function reportAbandoned(delivery: Delivery): void {
  if (delivery.status !== 'abandoned') return;
  const { messageId, retailerId, attempts, reason } = delivery;
  logger.error('webhook abandoned', { messageId, retailerId, attempts: attempts.length, reason });
}

/**
 * The one way in which a webhook leaves: claimed in the store, signed, sent in the receiver's turn, and its outcome stored. Orders to shops and what
 * subscriptions receive go this way; a courier says what is its own.
 */
import { randomInt } from 'node:crypto';
import type { DomainEvent } from '../../../shared/events.ts';
import { signWithAll } from '../../../shared/retailer/webhook.ts';
import { isSuccess, type AttemptResult } from '../../../shared/webhook/attempts.ts';
import type { Reach } from '../../../shared/webhook/reach.ts';
import { addDuration, duration, type Instant, type Outcome } from '../../../shared/values.ts';
import type { AggregateKind, Key } from '../aggregate-kind.ts';
import { loopbackAllowed, productNow, stopwatchMillis, wallSeconds } from '../clock.ts';
import { count } from '../metrics.ts';
import { callRetailer } from '../outbound.ts';
import { change } from '../store.ts';
import { callInTurn, type InTurn, type Receiver } from './in-turn.ts';

/** What goes over the wire. */
export interface Letter {
  readonly messageId: string;
  readonly url: string;
  /** The same to the byte on every attempt. */
  readonly body: string;
  /** Beside the signature: the newest keys first. */
  readonly secrets: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Courier<State, To extends Reach> {
  readonly kind: AggregateKind<State>;
  /** Undefined when nobody receives it. Read before each attempt. */
  receiverOf(key: Key): Promise<Receiver<To> | undefined>;
  /** Before the first byte leaves. @param later when a message comes again whose receiver is waited for by another */
  start(state: State | undefined, to: To | undefined, at: { readonly now: Instant; readonly later: Instant }): Outcome<State, DomainEvent>;
  /** What is sent when `start` has changed it; undefined when it came to an end there, or must not leave after all. */
  letterOf(state: State, to: To): Promise<Letter | undefined>;
  postpone(state: State | undefined, until: Instant, at: Instant | undefined): Outcome<State, DomainEvent>;
  finish(state: State | undefined, result: AttemptResult, chance: { readonly now: Instant; readonly jitter: number }): Outcome<State, DomainEvent>;
  /** The receiver has it: done before the message is closed. */
  taken?(state: State): Promise<void>;
  /** What came of it, of the message and of its receiver. @param after undefined when somebody else has closed it meanwhile */
  noted(to: Receiver<To>, result: AttemptResult, after: State | undefined): Promise<void>;
  /** It came to an end without an attempt. */
  ended?(state: State): void;
}

/** Those that wait for a slow receiver come again one by one and not all in the same minute: each costs a look at the receiver. */
const POSTPONED_SECONDS = { least: 30, most: 300 } as const;
const later = (now: Instant): Instant => addDuration(now, duration(randomInt(POSTPONED_SECONDS.least, POSTPONED_SECONDS.most), 'seconds'));

/** Steps of a thousandth are fine enough to spread retries. */
const jitter = (): number => randomInt(-1_000, 1_001) / 1_000;

export async function deliver<State, To extends Reach>(courier: Courier<State, To>, { pk, sk }: Key, now: Instant): Promise<void> {
  const [{ kind }, key] = [courier, { pk, sk }];
  const to = await courier.receiverOf(key);
  const started = await change(kind, key, (state) => courier.start(state, to?.state, { now, later: later(now) }));
  if (started.kind !== 'changed') return;
  courier.ended?.(started.state);
  const letter = to === undefined ? undefined : await courier.letterOf(started.state, to.state);
  if (letter === undefined || to === undefined) return;
  const result = await send(letter, to);
  if (result.kind === 'postponed') {
    const at = productNow();
    await change(kind, key, (state) => courier.postpone(state, later(at), result.sent ? at : undefined));
    return;
  }
  if (isSuccess(result)) await courier.taken?.(started.state);
  const chance = { now: productNow(), jitter: jitter() };
  const finished = await change(kind, key, (state) => courier.finish(state, result, chance));
  await courier.noted(to, result, finished.kind === 'changed' ? finished.state : undefined);
}

async function send<To extends Reach>(
  { messageId, url, body: text, secrets, headers }: Letter,
  to: Receiver<To>,
): Promise<AttemptResult | Extract<InTurn, { kind: 'postponed' }>> {
  const timestamp = wallSeconds();
  const body = new TextEncoder().encode(text);
  const signature = signWithAll({ secrets, id: messageId, timestamp, body });
  let began = stopwatchMillis();
  const answer = await callInTurn(to, messageId, (signal) => {
    count('WebhookAttempts');
    began = stopwatchMillis();
    return callRetailer({
      method: 'POST',
      url,
      headers: {
        ...{ 'content-type': 'application/json', 'webhook-id': messageId, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature },
        ...headers,
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

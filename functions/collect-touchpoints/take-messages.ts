/** Messages → touchpoints, each once for ever. A bad one does not take the good ones with it: it is refused, noted and counted. */
import { digest } from '../../shared/digest.ts';
import { hideId } from '../../shared/journey/collect/hidden-id.ts';
import { identityOfMessage } from '../../shared/journey/collect/identity-of-message.ts';
import { readMessage, type CollectedMessage } from '../../shared/journey/collect/message.ts';
import { namedBy, type Hide } from '../../shared/journey/collect/named-by.ts';
import type { RefusedMessage } from '../../shared/journey/collect/refused-message.ts';
import type { MessageType } from '../../shared/journey/collect/message-types.ts';
import { touchpointOfMessage, type Sender } from '../../shared/journey/collect/touchpoint-of-message.ts';
import type { IdentityRecord } from '../../shared/journey/identity/identity-record.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { metricOfMessage } from '../../shared/metrics.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { count } from '../runtime/metrics.ts';
import { identityKey } from '../runtime/secrets.ts';
import { createOnce, load } from '../runtime/store.ts';
import { noteWhoIsWho } from '../runtime/who-is-who.ts';
import { knownNodes } from './known-nodes.ts';

/** `malformed`: it will never be better. `unknown-household`, `no-consent`: as it stands, it may not be kept. */
export type Refusal = 'malformed' | 'unknown-household' | 'no-consent';
export type Taken =
  | { readonly kind: 'stored' | 'repeated'; readonly says: readonly IdentityRecord[] }
  | { readonly kind: 'refused'; readonly why: Refusal; readonly reason: string; readonly messageId?: string | undefined };

export interface Given {
  readonly sender: Sender;
  readonly messages: readonly unknown[];
  /** Of the door; in a batch each message says its own. */
  readonly type?: MessageType | undefined;
  readonly sentAt?: unknown;
}

/** Each takes two writes, and the store answers within milliseconds: a full batch of the smallest ones is through in seconds. */
const AT_ONCE = 20;

/** In the order of the messages. @throws when the store fails: then the sender sends all of it again, and what is stored stays */
export async function takeMessages(given: Given): Promise<Taken[]> {
  const key = await identityKey();
  const taker = { ...given, receivedAt: productNow(), nodes: knownNodes(), hide: ((id) => hideId(key, id)) satisfies Hide };
  const taken: Taken[] = [];
  for (let from = 0; from < given.messages.length; from += AT_ONCE) {
    taken.push(...(await Promise.all(given.messages.slice(from, from + AT_ONCE).map((message) => takeOne(message, taker)))));
  }
  // One after the other: many of one batch are about the same person, and would only be in each other's way.
  for (const one of taken) if (one.kind !== 'refused') await noteWhoIsWho(one.says);
  for (const { kind } of taken) count(metricOfMessage[kind]);
  return taken;
}

type Taker = Given & { readonly receivedAt: Touchpoint['receivedAt']; readonly nodes: ReturnType<typeof knownNodes>; readonly hide: Hide };

async function takeOne(raw: unknown, taker: Taker): Promise<Taken> {
  const { sender, receivedAt, nodes, hide } = taker;
  const read = readMessage(raw, taker);
  const refuse = (why: Refusal, reason: string, message?: CollectedMessage) => refused(raw, taker, { why, reason, messageId: message?.messageId });
  if (read.kind === 'refused') return refuse('malformed', read.reason);
  const { message } = read;
  if (!sender.types.includes(message.type)) return refuse('malformed', `type: ${sender.source} may not send ${message.type}`, message);
  const found = await nodes.find(namedBy(message, hide));
  if (found.kind === 'unknown-household') return refuse('unknown-household', 'there is no such household', message);
  if (found.kind === 'names-nobody') return refuse('malformed', 'userId, anonymousId: expected whom it is about', message);
  const touchpoint = touchpointOfMessage(message, { sender, nodes: found.nodes, receivedAt });
  // Nothing is noted of it: what may not be kept may not be kept as a refusal either.
  if (!(await nodes.mayKeep(found.nodes, touchpoint.purpose)))
    return { kind: 'refused', why: 'no-consent', reason: `no consent stands for ${touchpoint.purpose ?? ''}` };
  return keep(touchpoint, message, hide);
}

/** Claims the message's key for ever, then puts the touchpoint where the claim says; a repeat finishes what the first began. */
async function keep(touchpoint: Touchpoint, message: CollectedMessage, hide: Hide): Promise<Taken> {
  const { source, messageId, householdId, thing, ids, at, receivedAt } = touchpoint;
  const key = keys.claim(source, messageId);
  const named = { ...(householdId && { householdId }), ...(thing && { thing }), ...(ids && { ids }) };
  const isFirst = (await createOnce(kinds.claim, key, { ...named, at, receivedAt })) === 'created';
  const { householdId: _, thing: __, ids: ___, ...content } = touchpoint;
  const claimed = isFirst ? touchpoint : { ...content, ...((await load(kinds.claim, key))?.state ?? named) };
  const isNew = (await createOnce(kinds.touchpoint, keys.touchpoint(claimed), claimed)) === 'created';
  return { kind: isNew ? 'stored' : 'repeated', says: identityOfMessage(message, claimed, hide) };
}

/** Notes that something was refused, once however often it comes. */
export async function refused(
  raw: unknown,
  { sender, receivedAt }: Pick<Taker, 'sender' | 'receivedAt'>,
  refusal: Omit<Extract<Taken, { kind: 'refused' }>, 'kind'>,
): Promise<Taken> {
  const text = JSON.stringify(raw);
  const type = typeof raw === 'object' && raw !== null && 'type' in raw && typeof raw.type === 'string' ? raw.type.slice(0, 80) : undefined;
  const { messageId } = refusal;
  const note: RefusedMessage = {
    ...{ source: sender.source, receivedAt, reason: refusal.reason.slice(0, 200), bytes: Buffer.byteLength(text) },
    ...(messageId !== undefined && { messageId }),
    ...(type !== undefined && { type }),
  };
  await createOnce(kinds.refusedMessage, keys.refusedMessage(sender.source, digest(text)), note);
  return { kind: 'refused', ...refusal };
}

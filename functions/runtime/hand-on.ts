/** Puts what happened before every subscription that wants it: one item each, made once however often it is told; time, or a message to the worker, sends it. */
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LeadId } from '../../shared/journey/lead/lead-id.ts';
import { newHandedOn, handedOnId, type About, type HandedOn, type HandedOnType } from '../../shared/journey/subscription/hand-on.ts';
import { fieldsFor, heldBecause, passes, type Filtered, type Subscription } from '../../shared/journey/subscription/subscription.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import type { HouseholdId, Instant } from '../../shared/values.ts';
import { keys, kinds, SUBSCRIPTIONS_PK, type Key } from './aggregates.ts';
import { environmentIf } from './environment.ts';
import { logger } from './log.ts';
import { createOnce, list } from './store.ts';

const queues = new SQSClient({});
/** SQS takes ten messages a call. */
const MESSAGES_MAX = 10;

/** One read, however many touchpoints there are. */
export const subscriptionsOn = async (): Promise<Subscription[]> =>
  (await list(kinds.subscription, SUBSCRIPTIONS_PK, 'SUBSCRIPTION#')).map(({ state }) => state).filter(({ on }) => on);

interface Told {
  /** A touchpoint's id, an event's. */
  readonly what: string;
  readonly type: HandedOnType;
  readonly householdId: HouseholdId | undefined;
  readonly leadId?: LeadId;
  readonly at: Instant;
  readonly about: About;
  readonly purposes: HandedOn['purposes'];
}

/** @returns where the message stands when it is to be sent now */
export async function handOn(subscription: Subscription, { what, type, householdId, leadId, at, about, purposes }: Told): Promise<Key | undefined> {
  const { subscriptionId } = subscription;
  const messageId = handedOnId(subscriptionId, what);
  const whose = { ...(householdId !== undefined && { householdId }), ...(leadId !== undefined && { leadId }) };
  const content = { messageId, subscriptionId, type, about, purposes, createdAt: at, ...whose };
  const message = newHandedOn(content, heldBecause(subscription));
  const key = keys.handedOn(message);
  await createOnce(kinds.handedOn, key, message);
  return message.status === 'pending' ? key : undefined;
}

/** Of nobody's household, as far as anybody knows: to whoever asks for that, and for no purpose that somebody would have to agree to. */
export const handVisitsOn = (touchpoints: readonly Touchpoint[], subscriptions: readonly Subscription[]): Promise<void> =>
  handTouchpointsOn(
    undefined,
    touchpoints.filter(({ purpose }) => purpose === undefined),
    subscriptions.filter(({ filter, purpose }) => filter.visitors === true && purpose === undefined),
  );

/** Of a household's touchpoints, those that somebody wants. Costs the same for each, whatever the household has behind it. */
export async function handTouchpointsOn(
  householdId: HouseholdId | undefined,
  touchpoints: readonly Touchpoint[],
  subscriptions: readonly Subscription[],
): Promise<void> {
  const wanted = subscriptions.flatMap((subscription) =>
    touchpoints.filter((touchpoint) => passes(subscription.filter, touchpoint)).map((touchpoint) => ({ subscription, touchpoint })),
  );
  const sent = await Promise.all(wanted.map(({ subscription, touchpoint }) => handOn(subscription, ofTouchpoint(householdId, touchpoint, subscription))));
  await tellWorker(sent.flatMap((key) => (key === undefined ? [] : [key])));
}

function ofTouchpoint(householdId: HouseholdId | undefined, touchpoint: Touchpoint, subscription: Subscription): Told {
  const { pk, sk } = keys.touchpoint(touchpoint);
  const fields = [...fieldsFor(subscription, touchpoint.purpose)];
  return {
    ...{ what: touchpoint.touchpointId, type: 'touchpoint.stored', householdId, at: touchpoint.receivedAt },
    about: { kind: 'touchpoint', pk, sk, fields },
    purposes: purposesOf(subscription, touchpoint.purpose),
  };
}

export const purposesOf = ({ purpose }: Pick<Subscription, 'purpose'>, rests: Subscription['purpose']): HandedOn['purposes'] => [
  // Who objects to a profile is in no marketing tool either.
  ...new Set(['profiling' as const, ...(purpose === undefined ? [] : [purpose]), ...(rests === undefined ? [] : [rests])]),
];

export const isWanted = ({ filter }: Subscription, what: Filtered): boolean => passes(filter, what);

/** They are due already: this only saves the wait for the next look at what is due. */
async function tellWorker(due: readonly Key[]): Promise<void> {
  const url = environmentIf('HAND_ON_QUEUE');
  if (url === undefined) return;
  for (let from = 0; from < due.length; from += MESSAGES_MAX) {
    const entries = due.slice(from, from + MESSAGES_MAX).map((key, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify({ 'detail-type': 'due', detail: { ...key, dueAt: instantIn(key) } }),
    }));
    const { Failed: failed = [] } = await queues.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries }));
    if (failed.length > 0) logger.warn('messages to subscriptions wait until they are found due', { failed: failed.map(({ Code: code }) => code) });
  }
}

/** `SENT#<createdAt>#<messageId>` */
const instantIn = ({ sk }: Key): string => sk.split('#')[1] ?? '';

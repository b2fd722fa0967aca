/** One attempt at a subscription, the way of every webhook (runtime/webhook/deliver.ts): what it tells is read again, and so is whether it may. */
import type { Privacy } from '../../shared/household/privacy.ts';
import { standing } from '../../shared/household/privacy.ts';
import { purposes, type Purpose } from '../../shared/household/purposes.ts';
import { bodyOf } from '../../shared/journey/subscription/body.ts';
import { endHandingOn, finishHandingOn, postponeHandingOn, startHandingOn, type HandedOn, type HandOnEnd } from '../../shared/journey/subscription/hand-on.ts';
import { heldBecause, isProbeDue, type Subscription } from '../../shared/journey/subscription/subscription.ts';
import { leadIdOf, type LeadId } from '../../shared/journey/lead/lead-id.ts';
import { yesOf } from '../../shared/journey/lead/lead.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { isSuccess } from '../../shared/webhook/attempts.ts';
import { waitedForUntil } from '../../shared/webhook/turn.ts';
import { ignored, memberIdSchema, type Instant } from '../../shared/values.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { leadRules } from '../runtime/lead.ts';
import { logger } from '../runtime/log.ts';
import { subscriptionKeys } from '../runtime/secrets.ts';
import { load } from '../runtime/store.ts';
import { deliver, type Courier } from '../runtime/webhook/deliver.ts';
import { whoseAre } from '../update-journey/whose.ts';
import { noteHandedOn } from './subscription-trouble.ts';

/** What there is to say, or why nothing may be said. */
type Content = { readonly touchpoint: Touchpoint | undefined } | { readonly never: HandOnEnd };

/** @param probing tries a receiver that was out of reach */
export async function attemptHandingOn(key: Key, now: Instant, { probing = false }: { probing?: boolean } = {}): Promise<void> {
  const message = (await load(kinds.handedOn, key))?.state;
  if (message === undefined) return;
  await deliver(courier(message, await contentOf(message), probing), key, now);
}

const nobody = ignored('no-such-message');

const courier = (message: HandedOn, content: Content, probing: boolean): Courier<HandedOn, Subscription> => ({
  kind: kinds.handedOn,

  async receiverOf() {
    const key = keys.subscription(message.subscriptionId);
    const subscription = (await load(kinds.subscription, key))?.state;
    return subscription && { kind: kinds.subscription, key, state: subscription };
  },

  start(stored, subscription, { now, later }) {
    if (stored === undefined) return nobody;
    if (subscription?.on !== true) return endHandingOn(stored, 'switched-off', now);
    if ('never' in content) return endHandingOn(stored, content.never, now);
    const isWaitedFor = stored.status === 'pending' && stored.dueAt <= now && waitedForUntil(subscription, stored.messageId, now) !== undefined;
    if (isWaitedFor) return postponeHandingOn(stored, later);
    return startHandingOn(stored, { now, held: probing && isProbeDue(subscription, now) ? undefined : heldBecause(subscription) });
  },

  async letterOf(started, subscription) {
    if (started.status !== 'attempting' || 'never' in content) return undefined;
    const { messageId } = started;
    return { messageId, url: subscription.url, body: bodyOf(started, content.touchpoint), secrets: await subscriptionKeys(subscription) };
  },

  postpone: (stored, until, at) => (stored === undefined ? nobody : postponeHandingOn(stored, until, at)),
  finish: (stored, result, chance) => (stored === undefined ? nobody : finishHandingOn(stored, result, chance)),
  noted: ({ state: { subscriptionId } }, result, after) =>
    noteHandedOn(subscriptionId, isSuccess(result), after?.status === 'abandoned' && after.reason === 'endpoint-gone'),
  ended: reportEnded,
});

/** Read on each attempt: a consent may have been withdrawn, or a household forgotten, since the message was made. */
async function contentOf({ about, householdId, leadId, purposes: needed, type }: HandedOn): Promise<Content> {
  if (leadId !== undefined) return contentOfLead(leadId, { about, type });
  if (householdId === undefined && about.kind === 'touchpoint') return contentOfVisit(about);
  if (householdId === undefined || type === 'household.erased') return { touchpoint: undefined };
  const [touchpoint, household, privacy] = await Promise.all([
    about.kind === 'touchpoint' ? load(kinds.touchpoint, about) : undefined,
    load(kinds.household, keys.household(householdId)),
    load(kinds.privacy, keys.privacy(householdId)),
  ]);
  if (household === undefined || (about.kind === 'touchpoint' && touchpoint === undefined)) return { never: 'forgotten' };
  const member = touchpoint?.state.ids?.find((id) => id.type === 'userId')?.value;
  return needed.every((purpose) => stands(privacy?.state, purpose, member)) ? { touchpoint: touchpoint?.state } : { never: 'no-consent' };
}

/** Whose it was may have become known meanwhile: then that household is asked. */
async function contentOfVisit(key: Key): Promise<Content> {
  const touchpoint = (await load(kinds.touchpoint, key))?.state;
  if (touchpoint === undefined) return { never: 'forgotten' };
  const home = (await whoseAre([touchpoint])).find(({ householdId }) => householdId !== undefined)?.householdId;
  const privacy = home && (await load(kinds.privacy, keys.privacy(home)))?.state;
  return home === undefined || standing(privacy, 'profiling') === 'given' ? { touchpoint } : { never: 'no-consent' };
}

/** Whoever has said no meanwhile is told of no more, but that they said no. */
async function contentOfLead(leadId: LeadId, { about, type }: Pick<HandedOn, 'about' | 'type'>): Promise<Content> {
  const lead = (await load(kinds.lead, keys.lead(leadId)))?.state;
  if (lead === undefined) return { never: 'forgotten' };
  if (type === 'lead.addressed') {
    const { given } = yesOf(lead, await leadRules());
    const mayStill = about.kind === 'words' && given.some(({ contact }) => leadIdOf(contact) === about.words['to']);
    return mayStill && lead.standing.lost === undefined ? { touchpoint: undefined } : { never: 'no-consent' };
  }
  return lead.standing.consent === 'given' || type === 'lead.lost' ? { touchpoint: undefined } : { never: 'no-consent' };
}

/** Where each person answers for themselves, who is named counts; where nobody is named, somebody has to have said yes. */
function stands(privacy: Privacy | undefined, purpose: Purpose, member: string | undefined): boolean {
  if (purposes[purpose].scope === 'household') return standing(privacy, purpose) === 'given';
  const named = memberIdSchema.safeParse(member);
  const asked = named.success ? [named.data] : (privacy?.answers ?? []).map(({ memberId }) => memberId);
  return asked.some((memberId) => standing(privacy, purpose, memberId) === 'given');
}

function reportEnded(message: HandedOn): void {
  if (message.status !== 'abandoned') return;
  const { messageId, subscriptionId, reason } = message;
  logger.info('a message to a subscription does not leave', { messageId, subscriptionId, reason });
}

/** What the product itself says of a household, and that it must be forgotten. */
import type { EventEnvelope } from '../../shared/events.ts';
import type { About, HandedOnType } from '../../shared/journey/subscription/hand-on.ts';
import type { Filtered } from '../../shared/journey/subscription/subscription.ts';
import type { LeadId } from '../../shared/journey/lead/lead-id.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { productNow } from '../runtime/clock.ts';
import { handOn, isWanted, purposesOf, subscriptionsOn } from '../runtime/hand-on.ts';
import { attemptHandingOn } from './attempt.ts';

interface Said {
  readonly type: HandedOnType;
  readonly householdId?: HouseholdId;
  readonly leadId?: LeadId;
  readonly words: Extract<About, { kind: 'words' }>['words'];
  /** Undefined: everybody has to hear it. */
  readonly asked?: Filtered;
}

export async function handEventOn(event: EventEnvelope): Promise<void> {
  const said = saidBy(event);
  const subscriptions = (await subscriptionsOn()).filter((one) => said.asked === undefined || isWanted(one, said.asked));
  await Promise.all(
    subscriptions.map(async (subscription) => {
      const key = await handOn(subscription, {
        ...{ what: event.id, type: said.type, householdId: said.householdId, at: event.time, ...(said.leadId && { leadId: said.leadId }) },
        about: { kind: 'words', at: event.time, words: said.words },
        // Who is told to forget somebody is told whatever stands; a lead has its own consent.
        purposes: said.asked === undefined || said.leadId !== undefined ? [] : purposesOf(subscription, undefined),
      });
      if (key !== undefined) await attemptHandingOn(key, productNow());
    }),
  );
}

const told = (data: Readonly<Record<string, string | number | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(data).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value).slice(0, 200)]])));

function saidBy(event: EventEnvelope): Said {
  if (event.type === 'phase.entered') {
    const { householdId, productLine, phase } = event.data;
    return { type: event.type, householdId, words: { productLine, phase }, asked: { type: event.type, productLine } };
  }
  if (event.type === 'segment.entered' || event.type === 'segment.left') {
    const { householdId, segment } = event.data;
    return { type: event.type, householdId, words: { segment }, asked: { type: event.type, segment } };
  }
  if (event.type === 'task.requested') {
    const { householdId, taskId, task, because } = event.data;
    return { type: event.type, householdId, words: { taskId, task, because }, asked: { type: event.type } };
  }
  if (event.type === 'lead.addressed') {
    const { leadId, title, text, reason, ...rest } = event.data;
    const words = { ...told(rest), titleDe: title.de, titleEn: title.en, textDe: text.de, textEn: text.en, reasonDe: reason.de, reasonEn: reason.en };
    return { type: event.type, leadId, words, asked: { type: event.type } };
  }
  if (event.type === 'lead.generated' || event.type === 'lead.handed-over' || event.type === 'lead.won' || event.type === 'lead.lost') {
    const { leadId, ...rest } = event.data;
    const words = told(rest);
    return { type: event.type, leadId, words, asked: { type: event.type } };
  }
  if (event.type === 'household.erased') return { type: event.type, householdId: event.data.householdId, words: {} };
  if (event.type === 'consent.withdrawn') {
    const { householdId, purpose } = event.data;
    return { type: event.type, householdId, words: { purpose } };
  }
  throw new Error(`expected what subscriptions are told of, got ${event.type}`);
}

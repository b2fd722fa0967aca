/**
 * What the apps of a household hear when something that they show has changed: which thing, and nothing of what it says. An app reads it
 * again over the API, where its membership is asked. A note that comes twice, late or not at all costs a reading, never the truth.
 */
import { z } from 'zod';
import type { EventEnvelope, EventType } from '../events.ts';
import { householdIdSchema, instantSchema, type HouseholdId } from '../values.ts';

export const changedThingSchema = z.enum(['order', 'supply', 'mandate', 'device', 'member', 'list', 'case', 'household']);
export type ChangedThing = z.infer<typeof changedThingSchema>;

/** Over MQTT to the apps of a household; `at` is when it changed, so a repeat is the same to the byte. */
export const changeNoteSchema = z.strictObject({ what: changedThingSchema, id: z.string().min(1).max(80).optional(), at: instantSchema });
export type ChangeNote = z.infer<typeof changeNoteSchema>;

export const householdChangesTopic = (householdId: HouseholdId): string => `app/nachschub/${householdId}/changes`;

type Noun = EventType extends infer Type ? (Type extends `${infer First}.${string}` ? First : never) : never;
type Shown = { readonly what: ChangedThing; readonly id?: string } | { readonly none: string };
const none = (because: string) => ({ none: because }) as const;

/** By the first word of an event: what it changes on the screens, and the member of its data that names it. A new word does not compile without a line. */
const shown: Record<Noun, Shown> = {
  household: { what: 'household' },
  shop: { what: 'household' },
  member: { what: 'member', id: 'memberId' },
  device: { what: 'device', id: 'thing' },
  lesson: { what: 'device' },
  supply: { what: 'supply', id: 'supplyId' },
  diet: { what: 'household' },
  list: { what: 'list', id: 'entryId' },
  form: none('its author alone has it, on whatever device'),
  mandate: { what: 'mandate', id: 'mandateId' },
  spending: { what: 'mandate' },
  order: { what: 'order', id: 'orderId' },
  webhook: { what: 'order', id: 'orderId' },
  contract: { what: 'order', id: 'orderId' },
  retailer: none('a shop’s trouble shows in the orders that it delays'),
  case: { what: 'case', id: 'caseId' },
  // A card of the home page; once a fortnight at most.
  survey: { what: 'household' },
  consent: { what: 'household' },
  outreach: { what: 'household' },
  referral: { what: 'household' },
  task: none('work of the company’s'),
  data: none('whoever takes a copy sees it on the screen where they took it'),
  reading: none('nobody is shown a reading that could not be used'),
  phase: none('the company’s view of the household, which the household is not shown as it changes'),
  segment: none('the company’s view of the household, which the household is not shown as it changes'),
  lead: none('somebody without a household has no app'),
  action: none('what it leads to is a message of its own'),
};

const shownOf = (type: string): Shown | undefined => Object.entries(shown).find(([noun]) => type.startsWith(`${noun}.`))?.[1];

/** Whether the apps hear of events of this type. */
export const isShown = (type: EventType): boolean => {
  const found = shownOf(type);
  return found !== undefined && 'what' in found;
};

const namedSchema = z.looseObject({ householdId: householdIdSchema });

/** The note for an event, and whose apps hear it; undefined for an event that changes no screen, or of no household. */
export function changeNoteOf({ type, data, time }: EventEnvelope): { readonly householdId: HouseholdId; readonly note: ChangeNote } | undefined {
  const found = shownOf(type);
  const named = namedSchema.safeParse(data);
  if (found === undefined || 'none' in found || !named.success) return undefined;
  const id = found.id === undefined ? undefined : named.data[found.id];
  return { householdId: named.data.householdId, note: changeNoteSchema.parse({ what: found.what, ...(id !== undefined && { id }), at: time }) };
}

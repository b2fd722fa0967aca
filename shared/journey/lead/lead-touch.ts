/** A touchpoint as a lead keeps it: what rules ask of it, and which addresses it named, since a consent is asked of the address under which it was given. */
import { z } from 'zod';
import { traceId } from '../fold/trace.ts';
import { keyOf, priorityOf } from '../identity/id-type.ts';
import type { Touchpoint } from '../touchpoint.ts';
import { channelSchema, initiatorSchema } from '../words.ts';
import { instantSchema } from '../../values.ts';
import { isContact } from './lead-id.ts';
import { saidNames, type LeadRules } from './lead-rules.ts';

const NAMES_MAX = 10;
const SAID_MAX = 12;
export const leadTouchSchema = z.strictObject({
  at: instantSchema,
  type: z.string().min(1).max(80),
  channel: channelSchema,
  initiator: initiatorSchema,
  campaign: z.string().max(80).optional(),
  /** Addresses and numbers, hidden, e-mail first. */
  names: z.array(z.string().refine(isContact, 'expected a hidden address')).max(NAMES_MAX).optional(),
  /** Of whoever sent it, by its own name: so that a CRM finds the form that it has itself. Only where it names an address. */
  from: z.strictObject({ source: z.string().max(40), messageId: z.string().max(250) }).optional(),
  said: z.record(z.string(), z.union([z.string().max(200), z.number(), z.boolean()])).optional(),
});
export type LeadTouch = z.infer<typeof leadTouchSchema>;
export const leadTouchesSchema = z.record(z.string().regex(/^[0-9a-f]{16}$/), leadTouchSchema);
export type LeadTouches = z.infer<typeof leadTouchesSchema>;

/** What we ourselves say of a lead is no touch of it, the loop ends here; what we have said to it is one. */
export const isLeadTouch = ({ type }: Pick<Touchpoint, 'type'>): boolean => type === 'lead.addressed' || !type.startsWith('lead.');

export function leadTouchOf(touchpoint: Touchpoint, rules: LeadRules): LeadTouch {
  const { at, type, channel, initiator, campaign, ids = [], source, messageId, properties = {} } = touchpoint;
  const asked = saidNames(rules);
  const said = Object.entries(properties)
    .filter(([name]) => asked.has(name))
    .slice(0, SAID_MAX);
  const names = [...ids]
    .sort((a, b) => priorityOf(a.type) - priorityOf(b.type))
    .map(keyOf)
    .filter(isContact);
  return {
    ...{ at, type, channel, initiator },
    ...(campaign !== undefined && { campaign: campaign.name }),
    ...(names.length > 0 && { names, from: { source, messageId } }),
    ...(said.length > 0 && { said: Object.fromEntries(said) }),
  };
}

export const leadTouchesOf = (touchpoints: readonly Touchpoint[], rules: LeadRules): LeadTouches =>
  Object.fromEntries(touchpoints.map((touchpoint) => [traceId(touchpoint), leadTouchOf(touchpoint, rules)]));

/** How it began and how it goes now: of a flood the middle is left out, whatever order it came in. */
const FIRST_KEPT = 60;
const LAST_KEPT = 140;
type Entry = readonly [id: string, touch: LeadTouch];
const byTime = ([idA, a]: Entry, [idB, b]: Entry): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : idA < idB ? -1 : Number(idA > idB));

/** A repeat takes its own place. */
export function withTouches(before: LeadTouches, came: LeadTouches): LeadTouches {
  const all = Object.entries({ ...before, ...came }).sort(byTime);
  return Object.fromEntries(all.length <= FIRST_KEPT + LAST_KEPT ? all : [...all.slice(0, FIRST_KEPT), ...all.slice(-LAST_KEPT)]);
}
export const touchesInTime = (touches: LeadTouches): LeadTouch[] =>
  Object.entries(touches)
    .sort(byTime)
    .map(([, touch]) => touch);

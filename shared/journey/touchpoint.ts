/** One interaction between a household and the company, dated, with its channel, initiator and phase. Append-only. */
import { z } from 'zod';
import { digest } from '../digest.ts';
import type { EventEnvelope } from '../events.ts';
import { purposeNames } from '../household/purposes.ts';
import {
  caseIdSchema,
  householdIdSchema,
  instantSchema,
  mandateIdSchema,
  moneySchema,
  orderIdSchema,
  supplyIdSchema,
  thingNameSchema,
  type DeviceType,
  type Instant,
} from '../values.ts';
import { channelOfReach } from './outreach/words.ts';
import { touchpointCatalogue, type TouchpointKind } from './catalogue.ts';
import { promisedBy, sentimentOf } from './emotion/own-sentiment.ts';
import { idSchema, keyOf, priorityOf } from './identity/id-type.ts';
import { contactIdOf } from './lead/lead-id.ts';
import { channelSchema, initiatorSchema, phaseSchema, productLineSchema, sentimentSchema, type Channel } from './words.ts';

/** As Segment's `context.campaign` and the `utm_` parameters of a link name it. */
export const campaignSchema = z.strictObject({
  name: z.string().min(1).max(80),
  source: z.string().min(1).max(80).optional(),
  medium: z.string().min(1).max(80).optional(),
});
/** What the sender says beside: flat, and at most thirty of them. */
export const propertiesSchema = z
  .record(z.string().min(1).max(60), z.union([z.string().max(200), z.number(), z.boolean()]))
  .refine((properties) => Object.keys(properties).length <= 30, 'expected at most 30 properties');

export const touchpointSchema = z.strictObject({
  touchpointId: z.string().regex(/^tp_[0-9a-f]{32}$/),
  /** What the message itself named; where it stands follows from these, and never changes (`nodeOf`). */
  householdId: householdIdSchema.optional(),
  thing: thingNameSchema.optional(),
  /** Of the person: who is who is read through the links that stand (identity/). */
  ids: z.array(idSchema).min(1).max(10).optional(),
  /** Who said it: `events` for our own facts, else the name of the collecting source. */
  source: z.string().min(1).max(40),
  messageId: z.string().min(1).max(250),
  type: z.string().min(1).max(80),
  channel: channelSchema,
  initiator: initiatorSchema,
  phase: phaseSchema,
  at: instantSchema,
  receivedAt: instantSchema,
  orderId: orderIdSchema.optional(),
  supplyId: supplyIdSchema.optional(),
  caseId: caseIdSchema.optional(),
  mandateId: mandateIdSchema.optional(),
  productLine: productLineSchema.optional(),
  value: moneySchema.optional(),
  campaign: campaignSchema.optional(),
  sentiment: sentimentSchema.optional(),
  /** When delivery was promised, by this very word. */
  promisedAt: instantSchema.optional(),
  /** Without this consent it may not be kept; absent: it is part of what the household has ordered. */
  purpose: z.enum(purposeNames).optional(),
  properties: propertiesSchema.optional(),
});
export type Touchpoint = z.infer<typeof touchpointSchema>;

const VISITOR = 'anonymousId:';
/** @param key of an id, as `keyOf` writes it */
export const nodeOfKey = (key: string): string => (key.startsWith(VISITOR) ? `ANON#${key.slice(VISITOR.length)}` : `PERSON#${key}`);

/** The partition in which a touchpoint stands: the household's if the message named one, else the thing's, the person's or the visitor's. */
export function nodeOf({ householdId, thing, ids = [] }: Pick<Touchpoint, 'householdId' | 'thing' | 'ids'>): string {
  if (householdId !== undefined) return `HH#${householdId}`;
  if (thing !== undefined) return `THING#${thing}`;
  const [first] = [...ids].sort((a, b) => priorityOf(a.type) - priorityOf(b.type));
  if (first === undefined) throw new Error('expected a touchpoint of a household, a thing, a person or a visitor');
  return nodeOfKey(keyOf(first));
}

export const touchpointId = (source: string, messageId: string): string => `tp_${digest([source, messageId])}`;

/** In which channel the household meets what a device of this type said; one that is of no kind of ours speaks through us. */
const channelOfDevice: Record<DeviceType, Channel> = { fridge: 'fridge', heating: 'heating', tv: 'tv', generic: 'nachschub' };

/** Where it happened, where the event knows better than the catalogue. */
function channelOf(event: EventEnvelope): Channel | undefined {
  if (event.type === 'supply.low' || event.type === 'supply.refilled') return event.data.deviceType && channelOfDevice[event.data.deviceType];
  if (event.type === 'order.declined') return event.data.screen;
  return event.type === 'order.approved' && event.data.by.kind === 'person' ? event.data.by.screen : undefined;
}

/** What a question is about says where on the way the answer belongs. */
const phaseOfSurvey = { nps: 'loyalty', csat: 'logistics', ces: 'support' } as const;

/** Who or what really began it, where the event knows better than the catalogue. */
function kindOf(event: EventEnvelope): TouchpointKind | undefined {
  const entry = touchpointCatalogue[event.type];
  if ('none' in entry) return undefined;
  const byMandate = event.type === 'order.approved' && event.data.by.kind === 'mandate';
  if (byMandate) return { ...entry, channel: 'nachschub', initiator: 'automation' };
  if (event.type === 'survey.asked' || event.type === 'survey.answered' || event.type === 'survey.skipped')
    return {
      ...entry,
      phase: phaseOfSurvey[event.data.kind],
      ...('screen' in event.data && event.data.screen !== undefined && { channel: event.data.screen }),
    };
  if ((event.type === 'case.opened' || event.type === 'case.reopened' || event.type === 'case.solved') && event.data.through !== undefined)
    return { ...entry, channel: event.data.through, initiator: event.type === 'case.solved' ? 'company' : 'customer' };
  if (event.type === 'outreach.sent') return { ...entry, phase: event.data.phase, channel: channelOfReach(event.data.channel) };
  // By the link in a letter, or because the mailbox would not have it.
  if (event.type === 'outreach.mail-withdrawn' && event.data.because !== 'said-so' && event.data.because !== 'left') return { ...entry, channel: 'e-mail' };
  if (event.type === 'lead.addressed') return { ...entry, channel: event.data.channel };
  // No device said so: the model reckoned it, or a price has fallen.
  const reckoned = event.type === 'supply.low' && (event.data.confirmedBy === 'review' || event.data.confirmedBy === 'cheap');
  return reckoned ? { ...entry, channel: 'nachschub', initiator: 'automation' } : { ...entry, channel: channelOf(event) ?? entry.channel };
}

/** Whose it is: a household's, or of somebody who has none yet. */
function whoseIs(event: EventEnvelope): Pick<Touchpoint, 'householdId' | 'ids'> | undefined {
  const { data } = event;
  if (event.type === 'lead.addressed') return { ids: [contactIdOf(event.data.to)] };
  if (event.type === 'lead.handed-over') return { ids: [contactIdOf(event.data.leadId)] };
  if (!('householdId' in data) || data.householdId === undefined) return undefined;
  const memberId = memberOf(event);
  return { householdId: data.householdId, ...(memberId !== undefined && { ids: [{ type: 'userId', value: memberId }] }) };
}

/** Who at home did it, where the event says so. */
function memberOf({ data }: EventEnvelope): string | undefined {
  if ('by' in data && typeof data.by === 'object' && 'memberId' in data.by) return data.by.memberId;
  return 'memberId' in data ? data.memberId : undefined;
}

/**
 * The touchpoint that an event leaves, or undefined where the catalogue says why it leaves none.
 * @param productLine of the goods that the event is about, where it concerns any
 * @param properties what conversion paths reckon from
 */
export function touchpointOf(event: EventEnvelope, receivedAt: Instant, productLine?: string, properties?: Touchpoint['properties']): Touchpoint | undefined {
  const kind = kindOf(event);
  const { data } = event;
  const whose = whoseIs(event);
  if (kind === undefined || whose === undefined) return undefined;
  const [sentiment, promisedAt] = [sentimentOf(event), promisedBy(event)];
  // A tool that asks by mail has to know what is asked.
  const said = event.type === 'survey.asked' ? { surveyId: event.data.surveyId, kind: event.data.kind } : properties;
  return {
    touchpointId: touchpointId('events', event.id),
    ...whose,
    source: 'events',
    messageId: event.id,
    type: event.type,
    channel: kind.channel,
    initiator: kind.initiator,
    phase: kind.phase,
    at: event.time,
    receivedAt,
    ...('orderId' in data && data.orderId !== undefined && { orderId: data.orderId }),
    ...('supplyId' in data && { supplyId: data.supplyId }),
    ...('caseId' in data && data.caseId !== undefined && { caseId: data.caseId }),
    ...('mandateId' in data && { mandateId: data.mandateId }),
    ...('thing' in data && data.thing !== undefined && { thing: data.thing }),
    ...(productLine !== undefined && { productLine }),
    ...('total' in data && { value: data.total }),
    ...(sentiment !== undefined && { sentiment }),
    ...(promisedAt !== undefined && { promisedAt }),
    ...(said !== undefined && { properties: said }),
    ...(event.type === 'lead.addressed' && { campaign: { name: event.data.campaign, source: 'nachschub' } }),
    ...((event.type === 'outreach.sent' || event.type === 'outreach.opened') && { campaign: { name: event.data.kind, source: 'nachschub' } }),
  };
}

/** What a collected message claims for ever, so that its repeat lands on the same touchpoint whatever time it shows and whomever it names. */
export const claimSchema = z.strictObject({
  householdId: householdIdSchema.optional(),
  thing: thingNameSchema.optional(),
  ids: touchpointSchema.shape.ids,
  at: instantSchema,
  receivedAt: instantSchema,
});
export type Claim = z.infer<typeof claimSchema>;

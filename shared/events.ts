/**
 * The catalogue: every fact that the product announces, one zod union, and the envelope (CloudEvents 1.0) it travels in.
 * Types are past tense with dots. Data holds opaque ids and what the consumers of that fact need; no names, no addresses.
 */
import { z } from 'zod';
import { caseKindSchema, mandateEndSchema } from './event-parts.ts';
import { purposeNames } from './household/purposes.ts';
import { journeyEventSchemas } from './journey-events.ts';
import { orderEventSchemas } from './order-events.ts';
import { doubtReasonSchema } from './supply/trust/doubt-reasons.ts';
import {
  AMOUNT_MAX,
  baseUnitSchema,
  caseIdSchema,
  declarationIdSchema,
  deviceTypeSchema,
  gtinSchema,
  householdIdSchema,
  instantSchema,
  listEntryIdSchema,
  mandateIdSchema,
  memberIdSchema,
  messageIdSchema,
  moneySchema,
  needIdSchema,
  orderIdSchema,
  retailerIdSchema,
  slotSchema,
  supplyIdSchema,
  thingNameSchema,
} from './values.ts';

const household = { householdId: householdIdSchema };
const supply = { ...household, supplyId: supplyIdSchema };
const order = { ...household, orderId: orderIdSchema, retailerId: retailerIdSchema };
const reason = z.string().min(1).max(200);
const amount = z.number().min(0).max(AMOUNT_MAX);
/** Somebody of ours wrote it down, for whoever is on the telephone; absent: they did so themselves. */
const throughUs = { through: z.literal('call-centre').optional() };
/** Which text was read, and by whom it was answered. */
const consent = { ...household, purpose: z.enum(purposeNames), wordingVersion: z.string().max(12), memberId: memberIdSchema };

/** Type → schema of `data`. */
export const eventDataSchemas = {
  'household.created': z.strictObject(household),
  'member.invited': z.strictObject({ ...household, memberId: memberIdSchema, role: z.enum(['adult', 'guest']), by: memberIdSchema }),
  'member.role-changed': z.strictObject({ ...household, memberId: memberIdSchema, role: z.enum(['owner', 'adult', 'guest']), by: memberIdSchema }),
  'member.joined': z.strictObject({ ...household, memberId: memberIdSchema }),
  'member.left': z.strictObject({ ...household, memberId: memberIdSchema }),
  'device.added': z.strictObject({ ...household, thing: thingNameSchema, deviceType: deviceTypeSchema }),
  /** A member brought it in with the code that stands on it. */
  'device.paired': z.strictObject({ ...household, thing: thingNameSchema, deviceType: deviceTypeSchema, memberId: memberIdSchema }),
  /** Its first word after that was heard. */
  'device.confirmed': z.strictObject({ ...household, thing: thingNameSchema, deviceType: deviceTypeSchema }),
  /** Renamed, moved, or another supply in one of its slots. */
  'device.changed': z.strictObject({ ...household, thing: thingNameSchema }),
  'device.removed': z.strictObject({ ...household, thing: thingNameSchema, memberId: memberIdSchema }),
  'lesson.completed': z.strictObject({ ...household, deviceType: deviceTypeSchema }),
  'device.connected': z.strictObject({ ...household, thing: thingNameSchema, since: instantSchema }),
  'device.disconnected': z.strictObject({ ...household, thing: thingNameSchema, since: instantSchema }),
  'supply.added': z.strictObject({ ...supply, thing: thingNameSchema.optional(), slot: slotSchema.optional() }),
  'shop.linked': z.strictObject({ ...household, retailerId: retailerIdSchema }),
  'mandate.granted': z.strictObject({ ...household, mandateId: mandateIdSchema, memberId: memberIdSchema, endsAt: instantSchema }),
  'mandate.paused': z.strictObject({ ...household, mandateId: mandateIdSchema, memberId: memberIdSchema }),
  'mandate.resumed': z.strictObject({ ...household, mandateId: mandateIdSchema, memberId: memberIdSchema }),
  'mandate.ended': z.strictObject({ ...household, mandateId: mandateIdSchema, memberId: memberIdSchema, because: mandateEndSchema.optional() }),
  /** `stopId`: `household`, an item or a shop. */
  'spending.stopped': z.strictObject({ ...household, stopId: z.string().max(80), memberId: memberIdSchema, because: z.string().max(40) }),
  'spending.resumed': z.strictObject({ ...household, stopId: z.string().max(80), memberId: memberIdSchema }),
  /** Automatic buying ran away from the forecast and has stopped itself. */
  'spending.braked': z.strictObject({ ...household, goods: moneySchema, expected: moneySchema, limit: moneySchema, days: z.int().min(1).max(28) }),

  'consent.given': z.strictObject(consent),
  'consent.withdrawn': z.strictObject(consent),
  'data.exported': z.strictObject({ ...household, memberId: memberIdSchema }),
  'household.erasure-requested': z.strictObject({ ...household, memberId: memberIdSchema }),
  'household.erased': z.strictObject(household),

  'supply.low': z.strictObject({
    ...supply,
    needId: needIdSchema,
    cycle: z.int().min(1),
    /** 1 the first time a need is told, 2 when it is told once more after a no, a silence or an order that came to nothing. */
    round: z.int().min(1).max(99),
    unit: baseUnitSchema,
    inventoryPosition: amount,
    reorderPoint: amount,
    projectedStockoutAt: instantSchema,
    deviceType: deviceTypeSchema.optional(),
    /** What made us believe it. */
    confirmedBy: z.enum(['three-readings', 'due', 'review', 'not-delivered', 'asked-again', 'count', 'cheap']),
  }),
  'supply.refilled': z.strictObject({
    ...supply,
    unit: baseUnitSchema,
    amount,
    fromPantry: amount,
    boughtElsewhere: amount,
    deviceType: deviceTypeSchema.optional(),
  }),
  'supply.restocked': z.strictObject({ ...supply, orderId: orderIdSchema, unit: baseUnitSchema, amount }),
  /** A person has counted, or brought in or used up whole packs; `expected` is what we had believed to be in the house. */
  'supply.counted': z.strictObject({ ...supply, unit: baseUnitSchema, how: z.enum(['count', 'add', 'use']), amount, expected: amount, inHouse: amount }),
  'supply.spoiled': z.strictObject({ ...supply, unit: baseUnitSchema, amount }),
  /** From now on its sensor is not believed: orders ask, and the model reckons on from the last word that was believed. */
  'supply.sensor-doubted': z.strictObject({
    ...supply,
    unit: baseUnitSchema,
    reason: doubtReasonSchema,
    since: instantSchema,
    expected: amount,
    found: amount,
  }),
  'supply.sensor-believed': z.strictObject(supply),
  /** Goods came that we had not delivered. */
  'supply.bought-elsewhere': z.strictObject({ ...supply, unit: baseUnitSchema, amount, how: z.enum(['sensor', 'person']) }),
  /** A delivery came on top of enough. */
  'supply.overstocked': z.strictObject({ ...supply, orderId: orderIdSchema, unit: baseUnitSchema, amount }),
  /** So many of the last cycles we would have done what the household did: it may buy by itself. */
  'supply.automation-offered': z.strictObject({ ...supply, right: z.int().min(0), of: z.int().min(1) }),
  'supply.automation-withdrawn': z.strictObject({ ...supply, right: z.int().min(0), of: z.int().min(1) }),
  'supply.automation-trusted': z.strictObject({ ...supply, memberId: memberIdSchema }),
  'supply.settings-changed': z.strictObject({ ...supply, memberId: memberIdSchema, changed: z.array(z.string().max(20)).min(1).max(20) }),
  'supply.removed': z.strictObject({ ...supply, memberId: memberIdSchema }),
  /** That it was changed, not to what: what people do not eat says something about health or faith. */
  'diet.changed': z.strictObject({ ...household, memberId: memberIdSchema }),

  /** Somebody has begun to fill a form in, and finished it or thrown it away. `form`: a name of their own for it, which says nothing of what it is. */
  'form.begun': z.strictObject({ ...household, memberId: memberIdSchema, form: z.string().max(40) }),
  'form.finished': z.strictObject({ ...household, memberId: memberIdSchema, form: z.string().max(40) }),

  'list.item-added': z.strictObject({ ...household, entryId: listEntryIdSchema, memberId: memberIdSchema }),
  'list.item-changed': z.strictObject({ ...household, entryId: listEntryIdSchema, memberId: memberIdSchema }),
  'list.item-bought': z.strictObject({ ...household, entryId: listEntryIdSchema, memberId: memberIdSchema }),
  'list.item-removed': z.strictObject({ ...household, entryId: listEntryIdSchema, memberId: memberIdSchema }),
  /** Ticked off or removed by mistake. */
  'list.item-reopened': z.strictObject({ ...household, entryId: listEntryIdSchema, memberId: memberIdSchema }),
  'list.item-abandoned': z.strictObject({ ...household, entryId: listEntryIdSchema }),

  'reading.quarantined': z.strictObject({ householdId: householdIdSchema.optional(), thing: thingNameSchema, key: z.string().max(80), reason }),

  ...orderEventSchemas,

  /** Somebody declared a withdrawal without signing in; whose order it is, if any, is found out afterwards. */
  'contract.declared': z.strictObject({ declarationId: declarationIdSchema }),
  'contract.withdrawn': z.strictObject({
    ...order,
    /** 1 for the first declaration of an order; each takes back what the earlier ones left. */
    part: z.int().min(1).max(50),
    by: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('member'), memberId: memberIdSchema }),
      z.strictObject({ kind: z.literal('declaration'), declarationId: declarationIdSchema }),
    ]),
    lines: z
      .array(z.strictObject({ gtin: gtinSchema, packs: z.int().min(1).max(99) }))
      .min(1)
      .max(50),
  }),

  'case.opened': z.strictObject({
    ...household,
    caseId: caseIdSchema,
    kind: caseKindSchema,
    orderId: orderIdSchema.optional(),
    thing: thingNameSchema.optional(),
    ...throughUs,
  }),
  'case.answered': z.strictObject({ ...household, caseId: caseIdSchema }),
  /** By somebody at home; what they wrote stays in the case. */
  'case.added': z.strictObject({ ...household, caseId: caseIdSchema }),
  'case.solved': z.strictObject({ ...household, caseId: caseIdSchema, ...throughUs }),
  'case.reopened': z.strictObject({ ...household, caseId: caseIdSchema, ...throughUs }),

  'webhook.failed': z.strictObject({ ...order, messageId: messageIdSchema, attempt: z.int().min(1), reason, retryAt: instantSchema }),
  'webhook.abandoned': z.strictObject({ ...order, messageId: messageIdSchema, attempts: z.int().min(1), reason }),

  /** No message has reached the shop for an hour: said once, and once more when it is back. */
  'retailer.unreachable': z.strictObject({ retailerId: retailerIdSchema, since: instantSchema }),
  'retailer.reachable': z.strictObject({ retailerId: retailerIdSchema, since: instantSchema, until: instantSchema }),
  'retailer.disabled': z.strictObject({ retailerId: retailerIdSchema, reason }),

  ...journeyEventSchemas,
} as const;

export type EventType = keyof typeof eventDataSchemas;
export type EventData<Type extends EventType> = z.infer<(typeof eventDataSchemas)[Type]>;
/** A domain event before it has an envelope: what deciders yield. */
export type DomainEvent<Type extends EventType = EventType> = { [T in Type]: { readonly type: T; readonly data: EventData<T> } }[Type];

/** Events of the aggregates by their first word: `EventOf<'order'>` is every `order.*`. */
export type EventOf<Noun extends string> = DomainEvent<Extract<EventType, `${Noun}.${string}`>>;

const members = Object.entries(eventDataSchemas).map(([type, data]) => z.strictObject({ type: z.literal(type), data }));
/** Parses any event of the catalogue; the cast restates what the two lines above built from the same table. */
export const domainEventSchema = z.discriminatedUnion('type', members as never) as unknown as z.ZodType<DomainEvent>;

const envelopeFields = z.object({
  specversion: z.literal('1.0'),
  /** `<aggregate>/<version>/<index>`: a repeat has the same. */
  id: z.string().min(3).max(250),
  source: z.literal('nachschub'),
  /** The aggregate: `<pk>/<sk>`. */
  subject: z.string().max(200),
  time: instantSchema,
  /** The story that this fact belongs to (CloudEvents' correlation extension): the need that began it. Older events have none. */
  correlationid: z.string().min(1).max(80).optional(),
});
/** CloudEvents 1.0 in JSON, with `type` and `data` of the catalogue. */
export type EventEnvelope<Type extends EventType = EventType> = z.infer<typeof envelopeFields> & DomainEvent<Type>;

export const eventEnvelopeSchema = z.looseObject({ type: z.string(), data: z.unknown() }).transform((raw, context): EventEnvelope => {
  const { type, data, ...rest } = raw;
  const fields = envelopeFields.strict().safeParse(rest);
  const event = domainEventSchema.safeParse({ type, data });
  if (fields.success && event.success) return { ...fields.data, ...event.data };
  for (const issue of [...(fields.error?.issues ?? []), ...(event.error?.issues ?? [])]) context.addIssue({ ...issue, input: raw } as never);
  return z.NEVER;
});

/** What an event itself says of the story it belongs to: the need that it names, or that of the first line it is about. */
export const needNamedBy = ({ data }: DomainEvent): string | undefined =>
  'needId' in data ? data.needId : 'quote' in data ? data.quote.lineItems[0]?.needId : undefined;

/**
 * Puts a decision's events into envelopes.
 * @param at.version the aggregate's version after this decision, so that `(aggregate, version, index)` names the event for ever
 * @param at.correlation the story of events that do not name a need themselves
 */
export function envelop(events: readonly DomainEvent[], at: Origin): EventEnvelope[] {
  return events.map((event, index) => {
    const correlationid = needNamedBy(event) ?? at.correlation;
    return {
      ...{ specversion: '1.0', id: `${at.aggregate}/${String(at.version)}/${String(index)}`, source: 'nachschub', subject: at.aggregate, time: at.time },
      ...(correlationid !== undefined && { correlationid }),
      ...event,
    };
  });
}

interface Origin {
  readonly aggregate: string;
  readonly version: number;
  readonly time: EventEnvelope['time'];
  readonly correlation?: string | undefined;
}

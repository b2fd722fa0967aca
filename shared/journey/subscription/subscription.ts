/**
 * A subscription: a system of the company (a CRM, a data warehouse, a marketing tool) that receives what happens on the journey, by signed webhook.
 * It says what it wants and on which consent it rests; how it has been lately stands beside, as for every receiver (webhook/reach.ts).
 */
import { z } from 'zod';
import { purposeNames } from '../../household/purposes.ts';
import { addDuration, duration, earliest, ignored, instantSchema, rejected, type Instant, type Outcome } from '../../values.ts';
import { noteReached, noteUnreached, type Noted } from '../../webhook/outage.ts';
import { reachShape } from '../../webhook/reach.ts';
import { channelSchema, initiatorSchema, phaseSchema, productLineSchema } from '../words.ts';

export const subscriptionIdSchema = z
  .string()
  .regex(/^sub_[a-z0-9][a-z0-9-]{0,35}$/, 'expected an id such as sub_crm')
  .brand('SubscriptionId');
export type SubscriptionId = z.infer<typeof subscriptionIdSchema>;

/** What a message of the product's own is called; everything else that happens is a `touchpoint.stored`. */
export const toldTypes = [
  ...(['phase.entered', 'segment.entered', 'segment.left', 'task.requested'] as const),
  ...(['lead.generated', 'lead.addressed', 'lead.handed-over', 'lead.won', 'lead.lost'] as const),
] as const;

/** What of a touchpoint is handed on beside whose it is, what it was, where, in which phase and when. */
export const fieldSchema = z.enum([
  'productLine',
  'value',
  'campaign',
  'sentiment',
  'orderId',
  'supplyId',
  'caseId',
  'mandateId',
  'thing',
  'source',
  'promisedAt',
  'ids',
  'properties',
]);
export type Field = z.infer<typeof fieldSchema>;
/** These may hold what somebody has typed, or who somebody is: never without a purpose that people were asked about. */
const PERSONAL: readonly Field[] = ['ids', 'properties'];

const listOf = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).min(1).max(40).optional();

/** Each list that is there has to name it. */
export const subscriptionFilterSchema = z.strictObject({
  /** Of touchpoints and of the product's own messages: whole names, or beginnings as `order.*`. */
  types: listOf(z.string().regex(/^([^*]{1,80}|[^*]{0,79}\*)$/, 'expected a type such as order.delivered, or a beginning such as order.*')),
  channels: listOf(channelSchema),
  initiators: listOf(initiatorSchema),
  phases: listOf(phaseSchema),
  productLines: listOf(productLineSchema),
  /** Of `segment.entered` and `segment.left`: only these segments. */
  segments: listOf(z.string().min(1).max(40)),
  /** Also what nobody's household did: without a word of who it was, since nobody there was asked. */
  visitors: z.boolean().optional(),
});
export type SubscriptionFilter = z.infer<typeof subscriptionFilterSchema>;

/** What an operator says of it. */
export const subscriptionTermsSchema = z
  .strictObject({
    name: z.string().min(1).max(80),
    /** Judged again, with the address behind it, on every call. */
    url: z.url({ protocol: /^https?$/ }).max(500),
    on: z.boolean().default(true),
    filter: subscriptionFilterSchema.default({}),
    /** What it is used for: only of households where this stands. */
    purpose: z.enum(purposeNames).optional(),
    fields: z.array(fieldSchema).max(fieldSchema.options.length).default(['productLine', 'value', 'campaign', 'orderId', 'caseId']),
    /** Another number is another key. */
    generation: z.int().min(1).max(1_000).default(1),
    /** While the other side changes over, messages are signed with the key before as well. */
    alsoBefore: z.boolean().default(false),
  })
  .refine(({ fields, purpose }) => purpose !== undefined || !fields.some((field) => PERSONAL.includes(field)), {
    error: `fields: ${PERSONAL.join(' and ')} may hold personal text; expected a purpose that households are asked about`,
    path: ['fields'],
  });
export type SubscriptionTerms = z.infer<typeof subscriptionTermsSchema>;

/** What was held back, or a period, going out again. */
const catchUpSchema = z.strictObject({
  from: instantSchema,
  to: instantSchema,
  only: z.enum(['held', 'all']),
  /** Of the last message that was looked at. */
  after: z.string().max(200).optional(),
  dueAt: instantSchema,
});
export type CatchUp = z.infer<typeof catchUpSchema>;

export const subscriptionSchema = z.strictObject({
  ...subscriptionTermsSchema.shape,
  ...reachShape,
  subscriptionId: subscriptionIdSchema,
  createdAt: instantSchema,
  catchUp: catchUpSchema.optional(),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

export const newSubscription = (subscriptionId: SubscriptionId, terms: SubscriptionTerms, now: Instant): Subscription => ({
  ...terms,
  subscriptionId,
  createdAt: now,
});

/** Releases and restarts last minutes, a weekend two days; whoever has not answered for longer has to be asked by a person. */
export const STOPPED_AFTER = duration(3, 'days');
/** One message tries, so often, whether a receiver is back; the others wait for it. */
const PROBED_EVERY = duration(30, 'minutes');
/** As long as a message tries by itself: what failed before the outage began may be held as well. */
const BEFORE_OUTAGE = duration(-4, 'days');

/** Nothing is sent now; whatever comes is held, and goes out when it is well again. */
export function heldBecause({ disabled, outage }: Pick<Subscription, 'disabled' | 'outage'>): 'stopped' | 'unreachable' | undefined {
  if (disabled !== undefined) return 'stopped';
  return outage?.toldAt === undefined ? undefined : 'unreachable';
}

export const isProbeDue = (subscription: Subscription, now: Instant): boolean => {
  const at = probeAt(subscription);
  return at !== undefined && at <= now;
};
const probeAt = (subscription: Subscription): Instant | undefined =>
  subscription.on && subscription.outage !== undefined && heldBecause(subscription) === 'unreachable'
    ? addDuration(subscription.outage.lastAt, PROBED_EVERY)
    : undefined;

/** When time has to look at it; undefined while nothing waits. */
export function subscriptionDueAt(subscription: Subscription): Instant | undefined {
  const [catchUpAt, probe] = [subscription.catchUp?.dueAt, probeAt(subscription)];
  return catchUpAt !== undefined && probe !== undefined ? earliest(catchUpAt, probe) : (catchUpAt ?? probe);
}

/** @returns news when the operators have to hear of it: it cannot be reached, or is stopped */
export function noteFailed(subscription: Subscription, isGone: boolean, now: Instant): Noted<Subscription> {
  if (subscription.disabled !== undefined) return ignored('stopped');
  if (isGone) return { kind: 'changed', state: stopped(subscription, 'the endpoint answered 410 Gone', now), news: true };
  const since = subscription.outage?.since;
  if (since !== undefined && now >= addDuration(since, STOPPED_AFTER))
    return { kind: 'changed', state: stopped(subscription, `no message has reached it since ${since}`, now), news: true };
  return noteUnreached(subscription, now);
}

const stopped = (subscription: Subscription, reason: string, now: Instant): Subscription => ({ ...subscription, disabled: { at: now, reason } });

/** It took a message: what was held meanwhile goes out. */
export function noteTaken(subscription: Subscription, now: Instant): Noted<Subscription> {
  const noted = noteReached(subscription);
  if (noted.kind !== 'changed' || noted.outage === undefined || !noted.news) return noted;
  return { ...noted, state: { ...noted.state, catchUp: heldSince(noted.outage.since, now) } };
}

/** By hand, after somebody has mended it. Rejected: is-running. */
export function resume(subscription: Subscription, now: Instant): Outcome<Subscription, never> {
  const { disabled, outage, slow: _, ...well } = subscription;
  if (disabled === undefined) return rejected('is-running');
  return { kind: 'changed', state: { ...well, catchUp: heldSince(outage?.since ?? disabled.at, now) }, events: [] };
}

const heldSince = (since: Instant, now: Instant): CatchUp => ({ from: addDuration(since, BEFORE_OUTAGE), to: now, only: 'held', dueAt: now });

/** A period again, whatever became of it. Rejected: replay-under-way. */
export function replayPeriod(
  subscription: Subscription,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  now: Instant,
): Outcome<Subscription, never> {
  if (subscription.catchUp !== undefined) return rejected('replay-under-way');
  return { kind: 'changed', state: { ...subscription, catchUp: { from, to, only: 'all', dueAt: now } }, events: [] };
}

const isNamed = <Value>(list: readonly Value[] | undefined, value: Value | undefined): boolean =>
  list === undefined || (value !== undefined && list.includes(value));

const isTypeNamed = (types: readonly string[] | undefined, type: string): boolean =>
  types === undefined || types.some((named) => (named.endsWith('*') ? type.startsWith(named.slice(0, -1)) : type === named));

/** What a filter looks at; of the product's own messages most of it says nothing. */
export interface Filtered {
  readonly type: string;
  readonly channel?: z.infer<typeof channelSchema> | undefined;
  readonly initiator?: z.infer<typeof initiatorSchema> | undefined;
  readonly phase?: z.infer<typeof phaseSchema> | undefined;
  readonly productLine?: string | undefined;
  readonly segment?: string | undefined;
}

/** Whether a filter lets it through: every list that is there has to name it. Segments are asked of messages about segments alone. */
export const passes = (filter: SubscriptionFilter, what: Filtered): boolean =>
  isTypeNamed(filter.types, what.type) &&
  isNamed(filter.channels, what.channel) &&
  isNamed(filter.initiators, what.initiator) &&
  isNamed(filter.phases, what.phase) &&
  isNamed(filter.productLines, what.productLine) &&
  (what.segment === undefined || isNamed(filter.segments, what.segment));

/** @param rests the purpose on which the content rests, if any. What may hold personal text goes only where it is used for the same. */
export const fieldsFor = ({ fields, purpose }: Pick<Subscription, 'fields' | 'purpose'>, rests: Subscription['purpose']): readonly Field[] =>
  rests === undefined || rests === purpose ? fields : fields.filter((field) => !PERSONAL.includes(field));

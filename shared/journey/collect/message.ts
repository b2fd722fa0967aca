/**
 * A message of Segment's tracking API as others send it: what we know is read, what we do not know is passed over, and what cannot be kept is
 * refused with the reason. Segment's specification: “Spec: Common Fields”, and one page for each type.
 */
import { z } from 'zod';
import { digest } from '../../digest.ts';
import { firstIssue } from '../../first-issue.ts';
import { caseIdSchema, mandateIdSchema, moneySchema, orderIdSchema, supplyIdSchema } from '../../values.ts';
import { purposeNames } from '../../household/purposes.ts';
import { channelSchema, initiatorSchema, phaseSchema, productLineSchema, sentimentSchema } from '../words.ts';
import { readMoment } from './clock.ts';
import { messageTypes, type MessageType } from './message-types.ts';

/** Segment's own limits (“HTTP tracking API source”, “Max request size”). */
export const BATCH_BYTES_MAX = 500 * 1_024;
export const MESSAGE_BYTES_MAX = 32 * 1_024;
const MESSAGE_ID_CHARACTERS_MAX = 250;
const EVENT_CHARACTERS_MAX = 80;
const ID_CHARACTERS_MAX = 254;

/** Senders write null where they have nothing. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined);
/** Some databases number their people. */
const idText = z.union([z.string(), z.number().transform(String)]).pipe(z.string().max(ID_CHARACTERS_MAX));
const record = z.record(z.string(), z.unknown());
const moment = z
  .unknown()
  .optional()
  .transform((value, context) => {
    if (value === undefined || value === null) return undefined;
    const millis = readMoment(value);
    if (millis === undefined) context.addIssue({ code: 'custom', message: 'expected a moment such as 2026-03-01T08:00:00.000Z' });
    return millis;
  });

/** What stands in no member of Segment's: for imports, and for systems that were told. Strict, because nobody else writes here. */
export const toldSchema = z.strictObject({
  channel: channelSchema.optional(),
  initiator: initiatorSchema.optional(),
  phase: phaseSchema.optional(),
  productLine: productLineSchema.optional(),
  value: moneySchema.optional(),
  sentiment: sentimentSchema.optional(),
  purpose: z.enum(purposeNames).optional(),
  orderId: orderIdSchema.optional(),
  supplyId: supplyIdSchema.optional(),
  caseId: caseIdSchema.optional(),
  mandateId: mandateIdSchema.optional(),
});

const contextSchema = z.object({
  /** Others write words of their own here, such as `server`: those say nothing to us. */
  channel: z.unknown().optional(),
  campaign: maybe(record),
  device: maybe(z.object({ id: maybe(idText) })),
  groupId: maybe(idText),
  traits: maybe(record),
  page: maybe(record),
  touchpoint: maybe(toldSchema),
});

const readSchema = z.object({
  type: z.enum(messageTypes),
  messageId: maybe(z.union([z.string(), z.number().transform(String)]).pipe(z.string().min(1).max(MESSAGE_ID_CHARACTERS_MAX))),
  userId: maybe(idText),
  anonymousId: maybe(idText),
  previousId: maybe(idText),
  groupId: maybe(idText),
  event: maybe(z.string().min(1)),
  name: maybe(z.string()),
  timestamp: moment.optional(),
  originalTimestamp: moment.optional(),
  sentAt: moment.optional(),
  context: maybe(contextSchema),
  properties: maybe(record),
  traits: maybe(record),
});
export type CollectedMessage = Omit<z.output<typeof readSchema>, 'messageId'> & { readonly messageId: string };

export type Read = { readonly kind: 'read'; readonly message: CollectedMessage } | { readonly kind: 'refused'; readonly reason: string };
const refused = (reason: string): Read => ({ kind: 'refused', reason });

/** What is told of a message in the API's description; `readMessage` reads more, and all of it tolerantly. */
export const describedMessageSchema = z
  .looseObject({
    messageId: z.string().max(MESSAGE_ID_CHARACTERS_MAX).optional().describe('The same on every attempt; without one a digest of the content'),
    userId: z.string().optional().describe('`hh_…` is a household that exists; anything else a person'),
    anonymousId: z.string().optional(),
    previousId: z.string().optional(),
    groupId: z.string().optional().describe('`hh_…`: the household'),
    event: z.string().optional(),
    timestamp: z.string().optional(),
    sentAt: z.string().optional(),
    context: z.looseObject({ touchpoint: toldSchema.optional() }).optional(),
    properties: record.optional(),
    traits: record.optional(),
  })
  .describe('As Segment’s tracking API has it; members that are not described are passed over');

/**
 * @param type of the door it came through; in a batch each message says its own
 * @param sentAt of the batch, for messages that have none
 */
export function readMessage(raw: unknown, { type, sentAt }: { readonly type?: MessageType | undefined; readonly sentAt?: unknown } = {}): Read {
  const asRecord = record.safeParse(raw);
  if (!asRecord.success) return refused('message: expected an object');
  const bytes = new TextEncoder().encode(JSON.stringify(raw)).length;
  if (bytes > MESSAGE_BYTES_MAX) return refused(`message: ${bytes} bytes, expected at most ${MESSAGE_BYTES_MAX}`);
  const parsed = readSchema.safeParse({ ...asRecord.data, type: type ?? asRecord.data['type'], sentAt: asRecord.data['sentAt'] ?? sentAt });
  if (!parsed.success) return refused(firstIssue(parsed.error, 'message'));
  const message = parsed.data;
  if (message.type === 'track' && message.event === undefined) return refused('event: expected what happened, such as Product Viewed');
  if (message.type === 'alias' && message.previousId === undefined) return refused('previousId: expected the id that was used before');
  if (message.type === 'group' && message.groupId === undefined) return refused('groupId: expected whom they belong to, such as hh_anna');
  return { kind: 'read', message: { ...message, messageId: message.messageId ?? contentName(asRecord.data, message.type) } };
}

/** The same content again is the same message; when it was sent is no part of it. */
function contentName({ sentAt: _, writeKey: __, ...content }: Record<string, unknown>, type: MessageType): string {
  return `content-${digest({ ...content, type })}`;
}

/** What a touchpoint is called: the event, or what kind of message it was. */
export const typeOf = ({ type, event }: Pick<CollectedMessage, 'type' | 'event'>): string =>
  type === 'track' ? (event ?? type).trim().slice(0, EVENT_CHARACTERS_MAX) || type : type;

/** What a household is told, in its language, when something happens that concerns it. A notification never buys: it opens the screen. */
import { z } from 'zod';
import { digest } from '../digest.ts';
import type { Quote } from '../event-parts.ts';
import type { EventEnvelope, EventType } from '../events.ts';
import { formatMoney, messageWording, type Language, type Wording } from './message-wording.ts';
import { householdIdSchema, instantSchema, memberIdSchema, orderIdSchema, supplyIdSchema, type HouseholdId, type Instant, type Money } from '../values.ts';

export const messageKindSchema = z.enum([
  'approval-requested',
  'approval-reminder',
  'order-requoted',
  'offer-mandate',
  'order-approved',
  'order-expired',
  'order-placed',
  'order-accepted',
  'order-changed',
  'order-rejected',
  'order-shipped',
  'order-delivered',
  'order-part-delivered',
  'order-back-ordered',
  'order-refunded',
  'refund-overdue',
  'payment-declined',
  'order-cancelled',
  'cancel-refused',
  'order-stuck',
  'order-unwanted',
  'substitution-offered',
  'contract-withdrawn',
  'case-answered',
  'device-paired',
  'device-confirmed',
  'mandate-granted',
  'mandate-ended',
  'spending-braked',
  'sensor-doubted',
  'automation-offered',
  'automation-withdrawn',
  'outreach',
  'alert',
]);
export type MessageKind = z.infer<typeof messageKindSchema>;

const said = { title: z.string().max(120), text: z.string().max(300) };

/** Over MQTT to the apps of a household; `title` and `text` in its language. */
export const householdMessageSchema = z.strictObject({
  messageId: z.string(),
  kind: messageKindSchema,
  householdId: householdIdSchema,
  orderId: orderIdSchema.optional(),
  supplyId: supplyIdSchema.optional(),
  ...said,
  /** The same for whoever reads another language than their household's. */
  words: z.strictObject({ de: z.strictObject(said), en: z.strictObject(said) }).optional(),
  at: instantSchema,
  expiresAt: instantSchema.optional(),
  /** For these members’ watches alone, and short. */
  watch: z.array(memberIdSchema).max(20).optional(),
  /** Below the app's address: ends the mandate that the message is about without signing in. */
  link: z.string().startsWith('/app/').max(300).optional(),
});
export type HouseholdMessage = z.infer<typeof householdMessageSchema>;

export const householdMessagesTopic = (householdId: HouseholdId): string => `app/nachschub/${householdId}/messages`;

/** Events that a household hears of; `action.recommended` becomes the kind that its action names. */
export const householdMessages = {
  'order.approval-requested': 'approval-requested',
  'order.requoted': 'order-requoted',
  'order.approved': 'order-approved',
  'order.expired': 'order-expired',
  'order.placed': 'order-placed',
  'order.accepted': 'order-accepted',
  'order.changed': 'order-changed',
  'order.rejected': 'order-rejected',
  'order.shipped': 'order-shipped',
  'order.delivered': 'order-delivered',
  'order.part-delivered': 'order-part-delivered',
  'order.back-ordered': 'order-back-ordered',
  'order.refunded': 'order-refunded',
  'order.refund-overdue': 'refund-overdue',
  'order.payment-declined': 'payment-declined',
  'order.cancelled': 'order-cancelled',
  'order.cancel-refused': 'cancel-refused',
  'order.stuck': 'order-stuck',
  'order.taken-after-refusal': 'order-unwanted',
  'order.substitution-offered': 'substitution-offered',
  'contract.withdrawn': 'contract-withdrawn',
  'case.answered': 'case-answered',
  'device.paired': 'device-paired',
  'device.confirmed': 'device-confirmed',
  'mandate.granted': 'mandate-granted',
  'mandate.ended': 'mandate-ended',
  'spending.braked': 'spending-braked',
  'supply.sensor-doubted': 'sensor-doubted',
  'supply.automation-offered': 'automation-offered',
  'supply.automation-withdrawn': 'automation-withdrawn',
  'webhook.abandoned': 'alert',
  'action.recommended': 'approval-reminder',
  'outreach.sent': 'outreach',
} as const satisfies Partial<Record<EventType, MessageKind>>;

const wording: Readonly<Record<MessageKind, Wording>> = messageWording;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const rightOf = (event: EventEnvelope, language: Language): string =>
  event.type === 'supply.automation-offered' || event.type === 'supply.automation-withdrawn'
    ? `${String(event.data.right)} ${language === 'de' ? 'von' : 'of'} ${String(event.data.of)}`
    : '';

/** What an event itself says of money; otherwise the order's total is told. */
function sumOf(event: EventEnvelope): Money | undefined {
  if (event.type === 'spending.braked') return event.data.goods;
  if (event.type === 'order.refunded') return event.data.total;
  return event.type === 'order.refund-overdue' ? event.data.open : undefined;
}

const kindOf = (event: EventEnvelope): MessageKind | undefined => {
  // What waits for an answer is put like any other question, whoever reminds of it.
  if (event.type === 'outreach.sent') return event.data.kind === 'unanswered-approval' ? 'approval-reminder' : 'outreach';
  // Whoever has just counted is looking at it, and has been believed.
  if (event.type === 'supply.sensor-doubted' && event.data.reason === 'contradicted') return undefined;
  // What was chosen for a household reaches it through the gate: `outreach.sent`.
  if (event.type === 'action.recommended' && event.data.actionId !== undefined) return undefined;
  if (event.type === 'action.recommended') return event.data.action === 'offer-mandate' ? 'offer-mandate' : 'approval-reminder';
  const kinds: Partial<Record<EventType, MessageKind>> = householdMessages;
  return kinds[event.type];
};

/** The message for an event, or undefined when the household need not hear of it. Repeating an event repeats the message's id. */
export function messageFor(
  event: EventEnvelope,
  about: { language: Language; shop: string; device?: string; item?: string; quote?: Quote; at: Instant; said?: { title: string; text: string } },
): HouseholdMessage | undefined {
  const kind = kindOf(event);
  const { data } = event;
  if (kind === undefined || !('householdId' in data) || data.householdId === undefined) return undefined;
  const goods = about.quote?.lineItems.map(({ quantity, title }) => `${quantity} × ${title}`).join(', ') ?? '';
  const sum = sumOf(event) ?? about.quote?.total;
  const total = sum === undefined ? '' : formatMoney(sum, about.language);
  const limit = event.type === 'spending.braked' ? formatMoney(event.data.limit, about.language) : '';
  const { title, text } =
    about.said ??
    wording[kind][about.language]({
      goods,
      shop: about.shop,
      total,
      limit,
      device: about.device ?? '',
      item: capital(about.item ?? ''),
      right: rightOf(event, about.language),
    });
  return householdMessageSchema.parse({
    messageId: `note_${digest([event.id])}`,
    kind,
    householdId: data.householdId,
    ...('orderId' in data && data.orderId !== undefined && { orderId: data.orderId }),
    ...('supplyId' in data && event.type.startsWith('supply.') && { supplyId: data.supplyId }),
    title: title.slice(0, 120),
    text: text.slice(0, 300),
    at: about.at,
    ...((event.type === 'order.approval-requested' || event.type === 'order.requoted') && { expiresAt: event.data.expiresAt }),
  });
}

/** What a household is told, in its language, when something happens that concerns it. A notification never buys: it opens the screen. */
import { z } from 'zod';
import { digest } from '../digest.ts';
import type { Quote } from '../event-parts.ts';
import type { EventEnvelope, EventType } from '../events.ts';
import { orderWording } from './order-wording.ts';
import { trustWording } from './trust-wording.ts';
import { householdIdSchema, instantSchema, orderIdSchema, supplyIdSchema, type HouseholdId, type Instant, type Money } from '../values.ts';

type Language = 'de' | 'en';

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
} as const satisfies Partial<Record<EventType, MessageKind>>;

interface Facts {
  readonly goods: string;
  readonly shop: string;
  readonly total: string;
  /** As the household calls it. */
  readonly device: string;
  /** What the brake lets pass. */
  readonly limit: string;
  /** A supply, as the household calls it. */
  readonly item: string;
  /** 4/4. */
  readonly right: string;
}

const wording: Record<MessageKind, Record<Language, (facts: Facts) => { title: string; text: string }>> = {
  'approval-requested': {
    en: ({ goods, shop, total }) => ({ title: `Order at ${shop}?`, text: `${goods} for ${total}. Nothing is bought until you say yes.` }),
    de: ({ goods, shop, total }) => ({ title: `Bei ${shop} bestellen?`, text: `${goods} für ${total}. Ohne dein Ja wird nichts gekauft.` }),
  },
  'approval-reminder': {
    en: ({ goods, shop }) => ({ title: 'Still waiting for your answer', text: `${goods} at ${shop}.` }),
    de: ({ goods, shop }) => ({ title: 'Deine Antwort fehlt noch', text: `${goods} bei ${shop}.` }),
  },
  'order-requoted': {
    en: ({ goods, shop, total }) => ({ title: `Changed: order at ${shop}?`, text: `Now ${goods} for ${total}. Nothing is bought until somebody says yes.` }),
    de: ({ goods, shop, total }) => ({ title: `Geändert: bei ${shop} bestellen?`, text: `Jetzt ${goods} für ${total}. Ohne ein Ja wird nichts gekauft.` }),
  },
  'offer-mandate': {
    en: () => ({ title: 'You approve often', text: 'A mandate with limits of your own would spare you the question.' }),
    de: () => ({ title: 'Du stimmst oft zu', text: 'Ein Mandat mit deinen eigenen Grenzen würde dir die Frage ersparen.' }),
  },
  'order-approved': {
    en: ({ goods, shop, total }) => ({ title: 'Approved', text: `${goods} at ${shop} for ${total}.` }),
    de: ({ goods, shop, total }) => ({ title: 'Freigegeben', text: `${goods} bei ${shop} für ${total}.` }),
  },
  'order-expired': {
    en: ({ goods }) => ({ title: 'Not ordered', text: `Nobody answered in time: ${goods}.` }),
    de: ({ goods }) => ({ title: 'Nicht bestellt', text: `Niemand hat rechtzeitig geantwortet: ${goods}.` }),
  },
  'order-placed': {
    en: ({ goods, shop }) => ({ title: `Ordered at ${shop}`, text: goods }),
    de: ({ goods, shop }) => ({ title: `Bei ${shop} bestellt`, text: goods }),
  },
  'order-accepted': {
    en: ({ goods, shop }) => ({ title: `${shop} has confirmed`, text: goods }),
    de: ({ goods, shop }) => ({ title: `${shop} hat bestätigt`, text: goods }),
  },
  'order-changed': {
    en: ({ goods, shop }) => ({ title: `${shop} cannot send everything`, text: `Of ${goods} some will be missing.` }),
    de: ({ goods, shop }) => ({ title: `${shop} kann nicht alles liefern`, text: `Von ${goods} wird etwas fehlen.` }),
  },
  'order-rejected': {
    en: ({ goods, shop }) => ({ title: `${shop} cannot deliver`, text: goods }),
    de: ({ goods, shop }) => ({ title: `${shop} kann nicht liefern`, text: goods }),
  },
  'order-shipped': {
    en: ({ goods, shop }) => ({ title: 'On the way', text: `${goods} from ${shop}.` }),
    de: ({ goods, shop }) => ({ title: 'Unterwegs', text: `${goods} von ${shop}.` }),
  },
  'order-delivered': {
    en: ({ goods, shop }) => ({ title: 'Delivered', text: `${goods} from ${shop}.` }),
    de: ({ goods, shop }) => ({ title: 'Geliefert', text: `${goods} von ${shop}.` }),
  },
  'order-cancelled': {
    en: ({ goods, shop }) => ({ title: 'Cancelled', text: `${goods} at ${shop}.` }),
    de: ({ goods, shop }) => ({ title: 'Storniert', text: `${goods} bei ${shop}.` }),
  },
  'device-paired': {
    en: ({ device }) => ({ title: `Welcome, ${device}`, text: 'Say what stands in it, then let it say its first word. The first steps are in the app.' }),
    de: ({ device }) => ({
      title: `Willkommen, ${device}`,
      text: 'Sag, was darin steht, dann meldet es sich zum ersten Mal. Die ersten Schritte findest du in der App.',
    }),
  },
  'device-confirmed': {
    en: ({ device }) => ({
      title: `${device} has spoken`,
      text: 'It is connected and says what is left. Nothing is bought without your yes or a mandate of yours.',
    }),
    de: ({ device }) => ({ title: `${device} hat sich gemeldet`, text: 'Die Verbindung steht. Gekauft wird nur mit deinem Ja oder einem Mandat von dir.' }),
  },
  'mandate-granted': {
    en: () => ({ title: 'Mandate granted', text: 'Within its limits we order without asking. Ending it takes two clicks, also without signing in.' }),
    de: () => ({ title: 'Mandat erteilt', text: 'In seinen Grenzen bestellen wir, ohne zu fragen. Beenden geht mit zwei Klicks, auch ohne Anmeldung.' }),
  },
  'mandate-ended': {
    en: () => ({ title: 'Mandate ended', text: 'Nothing more is bought under it. From now on we ask you first.' }),
    de: () => ({ title: 'Mandat beendet', text: 'Damit wird nichts mehr gekauft. Ab jetzt fragen wir dich vorher.' }),
  },
  'spending-braked': {
    en: ({ total, limit }) => ({
      title: 'Automatic buying has stopped itself',
      text: `Goods for ${total} in four weeks are more than you use (${limit} at most). Please have a look; until then we ask before every order.`,
    }),
    de: ({ total, limit }) => ({
      title: 'Automatisches Kaufen hat sich angehalten',
      text: `Waren für ${total} in vier Wochen sind mehr, als ihr verbraucht (höchstens ${limit}). Bitte schau nach; bis dahin fragen wir vor jeder Bestellung.`,
    }),
  },
  ...trustWording,
  ...orderWording,
  'contract-withdrawn': {
    en: ({ goods, shop }) => ({ title: 'Withdrawn from the contract', text: `${goods} at ${shop}. If it was not you, tell us.` }),
    de: ({ goods, shop }) => ({ title: 'Vertrag widerrufen', text: `${goods} bei ${shop}. Warst du es nicht, sag uns Bescheid.` }),
  },
  'case-answered': {
    en: () => ({ title: 'You have an answer', text: 'We have looked at the problem that you reported.' }),
    de: () => ({ title: 'Du hast eine Antwort', text: 'Wir haben uns das Problem angesehen, das du gemeldet hast.' }),
  },
  alert: {
    en: ({ goods, shop }) => ({ title: `${shop} cannot be reached`, text: `We could not hand over: ${goods}. Please look after it yourself or ask us.` }),
    de: ({ goods, shop }) => ({ title: `${shop} ist nicht erreichbar`, text: `Nicht übermittelt: ${goods}. Bitte kümmere dich selbst darum oder frag uns.` }),
  },
};

/** 4.36 € / 4,36 €. */
export const formatMoney = ({ amountMinor, currency }: Money, language: Language): string =>
  new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-IE', { style: 'currency', currency }).format(amountMinor / 100);

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
  // Whoever has just counted is looking at it, and has been believed.
  if (event.type === 'supply.sensor-doubted' && event.data.reason === 'contradicted') return undefined;
  if (event.type === 'action.recommended') return event.data.action === 'offer-mandate' ? 'offer-mandate' : 'approval-reminder';
  const kinds: Partial<Record<EventType, MessageKind>> = householdMessages;
  return kinds[event.type];
};

/** The message for an event, or undefined when the household need not hear of it. Repeating an event repeats the message's id. */
export function messageFor(
  event: EventEnvelope,
  about: { language: Language; shop: string; device?: string; item?: string; quote?: Quote; at: Instant },
): HouseholdMessage | undefined {
  const kind = kindOf(event);
  const { data } = event;
  if (kind === undefined || !('householdId' in data) || data.householdId === undefined) return undefined;
  const goods = about.quote?.lineItems.map(({ quantity, title }) => `${quantity} × ${title}`).join(', ') ?? '';
  const sum = sumOf(event) ?? about.quote?.total;
  const total = sum === undefined ? '' : formatMoney(sum, about.language);
  const limit = event.type === 'spending.braked' ? formatMoney(event.data.limit, about.language) : '';
  const { title, text } = wording[kind][about.language]({
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

/** The words of each message to a household, in both languages: a title, and one sentence or two that say what holds. */
import type { Money } from '../values.ts';
import { orderWording } from './order-wording.ts';
import { trustWording } from './trust-wording.ts';

export type Language = 'de' | 'en';

export interface Facts {
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

export type Wording = Readonly<Record<Language, (facts: Facts) => { title: string; text: string }>>;

export const messageWording = {
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
  /** Whoever sends it brings words of their own. */
  outreach: {
    en: () => ({ title: 'A word from Nachschub', text: 'Open the app to read it.' }),
    de: () => ({ title: 'Nachricht von Nachschub', text: 'In der App kannst du sie lesen.' }),
  },
  alert: {
    en: ({ goods, shop }) => ({ title: `${shop} cannot be reached`, text: `We could not hand over: ${goods}. Please look after it yourself or ask us.` }),
    de: ({ goods, shop }) => ({ title: `${shop} ist nicht erreichbar`, text: `Nicht übermittelt: ${goods}. Bitte kümmere dich selbst darum oder frag uns.` }),
  },
} satisfies Record<string, Wording>;

/** 4.36 € / 4,36 €. */
export const formatMoney = ({ amountMinor, currency }: Money, language: Language): string =>
  new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-IE', { style: 'currency', currency }).format(amountMinor / 100);

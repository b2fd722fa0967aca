/** What the window says of a touchpoint, of a rule that failed and of the shop's own entries: plain sentences in both languages. */
import type { RuleResult } from '../../../shared/event-parts.ts';
import { formatMoney } from '../../../shared/journey/message-wording.ts';
import type { Touchpoint } from '../../../shared/journey/touchpoint.ts';
import { inEuros } from '../../../shared/order/quote.ts';
import { euros, type Money } from '../../../shared/values.ts';
import type { Bilingual } from './snapshot.ts';

interface Names {
  /** Of the supply, or an empty text. */
  readonly supply: string;
  readonly goods: string;
  readonly total: Bilingual;
  readonly byMandate: boolean;
}

type Say = (names: Names) => Bilingual;
const fixed =
  (en: string, de: string): Say =>
  () => ({ en, de });
const of = (text: string): string => (text === '' ? '' : `: ${text}`);
const aboutGoods =
  (en: string, de: string): Say =>
  ({ goods }) => ({ en: `${en}${of(goods)}`, de: `${de}${of(goods)}` });

const touchpointSentences: Readonly<Record<string, Say>> = {
  'household.created': fixed('The household moved in', 'Der Haushalt ist eingezogen'),
  'member.joined': fixed('A person joined the household', 'Eine Person gehört nun zum Haushalt'),
  'member.invited': fixed('A person was invited', 'Eine Person wurde eingeladen'),
  'device.paired': fixed('A device was paired', 'Ein Gerät wurde verbunden'),
  'device.confirmed': fixed('The new device has spoken', 'Das neue Gerät hat sich gemeldet'),
  'device.removed': fixed('A device was given away', 'Ein Gerät wurde entfernt'),
  'lesson.completed': fixed('The first steps are learnt', 'Die ersten Schritte sind geschafft'),
  'device.added': fixed('A device was added', 'Ein Gerät kam hinzu'),
  'supply.added': ({ supply }) => ({ en: `Nachschub now looks after ${supply}`, de: `Nachschub kümmert sich nun um ${supply}` }),
  'shop.linked': fixed('A shop was linked', 'Ein Laden wurde verknüpft'),
  'mandate.granted': fixed('A mandate was granted', 'Ein Mandat wurde erteilt'),
  'mandate.ended': fixed('A mandate was ended', 'Ein Mandat wurde beendet'),
  'supply.low': ({ supply }) => ({ en: `${supply} is running low`, de: `${supply} geht zur Neige` }),
  'supply.refilled': ({ supply }) => ({ en: `${supply} was filled up at home`, de: `${supply} wurde zu Hause aufgefüllt` }),
  'supply.bought-elsewhere': ({ supply }) => ({ en: `${supply} was bought elsewhere`, de: `${supply} wurde woanders gekauft` }),
  'supply.overstocked': ({ supply }) => ({ en: `${supply}: more came than was needed`, de: `${supply}: Es kam mehr als nötig` }),
  'supply.sensor-doubted': ({ supply }) => ({ en: `The sensor of ${supply} is not believed`, de: `Dem Sensor von ${supply} ist nicht zu trauen` }),
  'supply.automation-offered': ({ supply }) => ({ en: `Buying ${supply} alone was offered`, de: `Angeboten: ${supply} ungefragt kaufen` }),
  'supply.automation-withdrawn': ({ supply }) => ({ en: `${supply} is asked about again`, de: `Nach ${supply} wird wieder gefragt` }),
  'supply.automation-trusted': ({ supply }) => ({ en: `A person lets ${supply} be bought alone`, de: `Eine Person lässt ${supply} ungefragt kaufen` }),
  'supply.restocked': ({ supply }) => ({ en: `${supply} is in the house again`, de: `${supply} ist wieder im Haus` }),
  'order.proposed': aboutGoods('An order was worked out', 'Eine Bestellung wurde vorbereitet'),
  'order.approval-requested': ({ goods, total }) => ({ en: `Asked: ${goods} for ${total.en}?`, de: `Gefragt: ${goods} für ${total.de}?` }),
  'order.requoted': ({ goods, total }) => ({ en: `Changed: ${goods} for ${total.en}?`, de: `Geändert: ${goods} für ${total.de}?` }),
  'order.approved': ({ byMandate, total }) =>
    byMandate
      ? { en: `The mandate approved ${total.en}`, de: `Das Mandat hat ${total.de} freigegeben` }
      : { en: `A person said yes to ${total.en}`, de: `Eine Person hat ${total.de} freigegeben` },
  'order.declined': aboutGoods('A person said no', 'Eine Person hat abgelehnt'),
  'order.expired': aboutGoods('Nobody answered in time', 'Niemand hat rechtzeitig geantwortet'),
  'order.withdrawn': aboutGoods('Taken back before it was placed', 'Vor dem Absenden zurückgezogen'),
  'order.placed': aboutGoods('Ordered', 'Bestellt'),
  'order.accepted': aboutGoods('The shop has confirmed', 'Der Laden hat bestätigt'),
  'order.changed': aboutGoods('The shop cannot send everything', 'Der Laden kann nicht alles liefern'),
  'order.rejected': aboutGoods('The shop cannot deliver', 'Der Laden kann nicht liefern'),
  'order.shipped': aboutGoods('On its way', 'Unterwegs'),
  'order.delivered': aboutGoods('Delivered', 'Geliefert'),
  'order.cancelled': aboutGoods('Cancelled', 'Storniert'),
  'webhook.abandoned': aboutGoods('The shop could not be reached', 'Der Laden war nicht zu erreichen'),
};

/** A touchpoint that others collected keeps its own name. */
export const touchpointSentence = (touchpoint: Pick<Touchpoint, 'type' | 'initiator'>, names: Omit<Names, 'byMandate'>): Bilingual =>
  capital((touchpointSentences[touchpoint.type] ?? fixed(touchpoint.type, touchpoint.type))({ ...names, byMandate: touchpoint.initiator === 'automation' }));

const ruleReasons: Readonly<Record<string, Say>> = {
  active: fixed('the mandate is not active', 'das Mandat ist nicht aktiv'),
  started: fixed('the mandate has not begun yet', 'das Mandat gilt noch nicht'),
  'not-ended': fixed('the mandate has ended', 'das Mandat ist abgelaufen'),
  'retailer-allowed': fixed('this shop is not in the mandate', 'dieser Laden steht nicht im Mandat'),
  'every-line-product-allowed': ({ goods }) => ({
    en: goods === '' ? 'a product is not in the mandate' : `not in the mandate: ${goods}`,
    de: goods === '' ? 'ein Produkt steht nicht im Mandat' : `nicht im Mandat: ${goods}`,
  }),
  'per-order-cap': fixed('above the limit for one order', 'über der Grenze für eine Bestellung'),
  'per-month-cap': fixed('above the limit for this month', 'über der Grenze für diesen Monat'),
  frequency: fixed('too many orders in seven days', 'zu viele Bestellungen in sieben Tagen'),
  'sensor-trusted': fixed('a sensor is not believed', 'einem Sensor ist nicht zu trauen'),
  'automation-earned': fixed('it has not earned to be bought alone', 'es wird noch nicht ungefragt gekauft'),
  'not-stopped': fixed('automatic buying is stopped', 'das Kaufen von selbst ist gestoppt'),
  'no-objection-to-profiling': fixed('you have objected to buying by forecast', 'dem Kaufen nach Prognose wurde widersprochen'),
  'mandate-exists': fixed('there is no mandate', 'es gibt kein Mandat'),
  'quote-valid': fixed('the prices are no longer good', 'die Preise gelten nicht mehr'),
};

/** @param goods the products that are meant, by title */
export const ruleReason = ({ rule }: RuleResult, goods: string): Bilingual =>
  capital((ruleReasons[rule] ?? fixed(rule, rule))({ supply: '', total: NO_TOTAL, byMandate: false, goods }));

const capital = ({ en, de }: Bilingual): Bilingual => ({ en: upper(en), de: upper(de) });
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** 4.36 € / 4,36 €. */
export const moneyText = (money: Money): Bilingual => ({ en: inEuros(money), de: formatMoney(money, 'de') });
export const NO_TOTAL: Bilingual = { en: '', de: '' };

const shopSays: Readonly<Record<string, Bilingual>> = {
  'offers.published': { en: 'Published its offers', de: 'Hat Angebote veröffentlicht' },
  'order.accepted': { en: 'Accepted', de: 'Angenommen' },
  'order.changed': { en: 'Cannot send everything', de: 'Kann nicht alles liefern' },
  'order.rejected': { en: 'Rejected', de: 'Abgelehnt' },
  'order.shipped': { en: 'Shipped', de: 'Verschickt' },
  'order.delivered': { en: 'Reported as delivered', de: 'Als geliefert gemeldet' },
  'order.cancelled': { en: 'Cancelled', de: 'Storniert' },
};

export type ShopFact =
  | { readonly kind: 'received'; readonly goods: string; readonly totalMinor: number }
  | { readonly kind: 'said'; readonly type: string; readonly goods: string }
  | { readonly kind: 'handed-over'; readonly goods: string };

export function shopSentence(fact: ShopFact): Bilingual {
  switch (fact.kind) {
    case 'received': {
      const total = moneyText(euros(fact.totalMinor));
      return { en: `Received ${fact.goods}, ${total.en}`, de: `Erhalten: ${fact.goods}, ${total.de}` };
    }
    case 'handed-over':
      return { en: `Handed over${of(fact.goods)}`, de: `Übergeben${of(fact.goods)}` };
    case 'said': {
      const { en, de } = shopSays[fact.type] ?? { en: fact.type, de: fact.type };
      return { en: `${en}${of(fact.goods)}`, de: `${de}${of(fact.goods)}` };
    }
  }
}

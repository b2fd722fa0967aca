/** What touchpoints are called where they are counted and compared: a few words for a person of the company, beside the name that programs use. */
import type { Initiator } from './words.ts';

type Names = readonly [de: string, en: string];

const names: Readonly<Record<string, Names>> = {
  'household.created': ['Haushalt angelegt', 'household created'],
  'member.joined': ['Mitglied dazugekommen', 'member joined'],
  'member.invited': ['Mitglied eingeladen', 'member invited'],
  'member.left': ['Mitglied gegangen', 'member left'],
  'device.added': ['Gerät hinzugefügt', 'device added'],
  'device.paired': ['Gerät gekoppelt', 'device paired'],
  'device.confirmed': ['Gerät meldet sich', 'device heard for the first time'],
  'device.removed': ['Gerät entfernt', 'device removed'],
  'lesson.completed': ['Anleitung abgeschlossen', 'lesson completed'],
  'supply.added': ['Vorrat angelegt', 'supply added'],
  'shop.linked': ['Laden verbunden', 'shop linked'],
  'mandate.granted': ['Mandat erteilt', 'mandate granted'],
  'mandate.paused': ['Mandat unterbrochen', 'mandate paused'],
  'mandate.resumed': ['Mandat fortgesetzt', 'mandate resumed'],
  'mandate.ended': ['Mandat beendet', 'mandate ended'],
  'spending.stopped': ['automatisches Kaufen angehalten', 'automatic buying stopped'],
  'spending.resumed': ['automatisches Kaufen fortgesetzt', 'automatic buying resumed'],
  'spending.braked': ['von der Bremse angehalten', 'held back by the brake'],
  'consent.given': ['Einwilligung erteilt', 'consent given'],
  'consent.withdrawn': ['Einwilligung widerrufen', 'consent withdrawn'],
  'data.exported': ['Daten mitgenommen', 'data taken home'],
  'supply.low': ['Vorrat geht zur Neige', 'supply low'],
  'supply.refilled': ['Vorrat aufgefüllt', 'supply refilled'],
  'supply.restocked': ['mit unserer Lieferung aufgefüllt', 'restocked by our delivery'],
  'supply.counted': ['von Hand gezählt', 'counted by hand'],
  'supply.spoiled': ['verdorben', 'spoiled'],
  'supply.sensor-doubted': ['Sensor angezweifelt', 'sensor doubted'],
  'supply.bought-elsewhere': ['anderswo gekauft', 'bought elsewhere'],
  'supply.overstocked': ['zu viel im Haus', 'too much in the house'],
  'supply.automation-offered': ['Automatik angeboten', 'automation offered'],
  'supply.automation-withdrawn': ['Automatik zurückgenommen', 'automation withdrawn'],
  'supply.automation-trusted': ['Automatik vertraut', 'automation trusted'],
  'supply.settings-changed': ['Einstellung geändert', 'settings changed'],
  'supply.removed': ['Vorrat entfernt', 'supply removed'],
  'list.item-added': ['auf die Einkaufsliste gesetzt', 'put on the shopping list'],
  'list.item-bought': ['von der Einkaufsliste gekauft', 'bought from the shopping list'],
  'list.item-removed': ['von der Einkaufsliste genommen', 'taken off the shopping list'],
  'list.item-abandoned': ['auf der Einkaufsliste vergessen', 'forgotten on the shopping list'],
  'order.proposed': ['Bestellung vorgeschlagen', 'order proposed'],
  'order.approval-requested': ['um ein Ja gefragt', 'asked for a yes'],
  'order.requoted': ['neues Angebot', 'quoted anew'],
  'order.approved': ['Bestellung freigegeben', 'order approved'],
  'order.declined': ['Bestellung abgelehnt', 'order declined'],
  'order.expired': ['Frage verfallen', 'question expired'],
  'order.withdrawn': ['Bestellung zurückgenommen', 'order withdrawn'],
  'order.placed': ['Bestellung aufgegeben', 'order placed'],
  'order.accepted': ['vom Laden angenommen', 'accepted by the shop'],
  'order.changed': ['vom Laden geändert', 'changed by the shop'],
  'order.rejected': ['vom Laden abgelehnt', 'refused by the shop'],
  'order.shipped': ['verschickt', 'shipped'],
  'order.part-delivered': ['zum Teil geliefert', 'delivered in part'],
  'order.delivered': ['geliefert', 'delivered'],
  'order.back-ordered': ['kommt später', 'comes later'],
  'order.returned': ['zurückgeschickt', 'sent back'],
  'order.refunded': ['Geld erstattet', 'refunded'],
  'order.refund-overdue': ['Erstattung überfällig', 'refund overdue'],
  'order.payment-declined': ['Zahlung abgelehnt', 'payment declined'],
  'order.cancelled': ['storniert', 'cancelled'],
  'order.stuck': ['Bestellung hängt', 'order stuck'],
  'order.taken-after-refusal': ['nach einem Nein doch genommen', 'taken after a refusal'],
  'order.cancel-requested': ['Storno erbeten', 'cancellation asked for'],
  'order.cancel-refused': ['Storno abgelehnt', 'cancellation refused'],
  'order.substitution-offered': ['Ersatz angeboten', 'substitute offered'],
  'order.substitution-answered': ['Ersatz beantwortet', 'substitute answered'],
  'contract.withdrawn': ['Vertrag widerrufen', 'contract withdrawn'],
  'case.opened': ['Anliegen gemeldet', 'case opened'],
  'case.answered': ['Anliegen beantwortet', 'case answered'],
  'case.added': ['Anliegen ergänzt', 'case added to'],
  'case.solved': ['Anliegen gelöst', 'case solved'],
  'case.reopened': ['Anliegen kam wieder', 'case reopened'],
  'survey.asked': ['nach der Meinung gefragt', 'asked how it went'],
  'survey.answered': ['Umfrage beantwortet', 'survey answered'],
  'survey.skipped': ['Umfrage übergangen', 'survey skipped'],
  'outreach.sent': ['angesprochen', 'reached out to'],
  'outreach.opened': ['Ansprache geöffnet', 'message opened'],
  'outreach.stopped': ['Ansprache abbestellt', 'messages stopped'],
  'outreach.mail-allowed': ['E-Mails erlaubt', 'e-mail allowed'],
  'outreach.mail-withdrawn': ['E-Mails abbestellt', 'e-mail stopped'],
  'webhook.abandoned': ['Laden nicht erreicht', 'shop not reached'],
  'referral.entered': ['auf eine Empfehlung gekommen', 'came on a recommendation'],
  'referral.redeemed': ['Empfehlung belohnt', 'recommendation rewarded'],
  'referral.welcomed': ['belohnt, auf eine Empfehlung gekommen zu sein', 'rewarded for coming on a recommendation'],
  'lead.addressed': ['angesprochen, bevor es den Haushalt gab', 'reached out to before there was a household'],
  'lead.handed-over': ['an den Vertrieb übergeben', 'handed over to sales'],
  'call.received': ['hat angerufen', 'called us'],
  'call.made': ['von uns angerufen', 'called by us'],
};

const initiators: Readonly<Record<Initiator, Names>> = {
  device: ['durch ein Gerät', 'by a device'],
  customer: ['von Hand', 'by hand'],
  company: ['durch uns', 'by us'],
  automation: ['von selbst', 'by itself'],
};
const isInitiator = (text: string): text is Initiator => text in initiators;

const inLanguage = ([de, en]: Names, language: 'de' | 'en'): string => (language === 'de' ? de : en);

/** Types that have words of their own, for whoever picks one. */
export const namedTypes: readonly string[] = Object.keys(names);

/** @param name `type` or `type@initiator`; what others have named stays as they named it */
export function typeInWords(name: string, language: 'de' | 'en'): string {
  const [type = '', initiator = ''] = name.split('@');
  const known = names[type];
  const text = known === undefined ? type : inLanguage(known, language);
  return isInitiator(initiator) ? `${text} (${inLanguage(initiators[initiator], language)})` : text;
}

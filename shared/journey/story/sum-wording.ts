/** How a stretch of time is summed up: topics, and of each the clauses that its counts make. What has no clause of its own is counted as a step. */
import type { Language } from '../message-wording.ts';
import type { Channel, Initiator } from '../words.ts';

export interface Counted {
  /** "twice" */
  readonly times: string;
  readonly count: number;
  /** "two", or 14. */
  readonly number: string;
  /** ", for 12.40 €": of delivered goods; empty without any. */
  readonly money: string;
  /** " (mostly milk and eggs)"; empty without names. */
  readonly mostly: string;
}
/** A sentence’s piece with `{times}`, `{count}`, `{money}` and `{mostly}`, and `[one|several]` for a piece that depends on how many. */
type Telling = string;
export interface Clause extends Readonly<Record<Language, Telling>> {
  readonly types: readonly string[];
  readonly initiator?: Initiator;
}
const clause = (types: string | readonly string[], en: Telling, de: Telling, initiator?: Initiator): Clause => ({
  types: typeof types === 'string' ? [types] : types,
  ...{ en, de },
  ...(initiator !== undefined && { initiator }),
});

export interface Topic {
  readonly clauses: readonly Clause[];
  /** Steps that only happen on the way to what a clause tells: said only if nothing else is. */
  readonly steps: readonly string[];
  readonly otherwise: Readonly<Record<Language, Telling>>;
}

export const topicNames = ['arrival', 'buying', 'trouble', 'help', 'stock', 'permission', 'list', 'contact', 'survey', 'privacy'] as const;
export type TopicName = (typeof topicNames)[number];

export const topics: Record<TopicName, Topic> = {
  arrival: {
    clauses: [
      clause('household.created', '[a household was|{count} households were] set up', '[ein Haushalt wurde|{count} Haushalte wurden] eingerichtet'),
      clause(['device.added', 'device.paired'], '[a device|{count} devices] moved in', '[ein Gerät kam|{count} Geräte kamen] ins Haus'),
      clause('device.removed', '[a device|{count} devices] left the house', '[ein Gerät verließ|{count} Geräte verließen] das Haus'),
      clause(
        'device.confirmed',
        '[a new device|{count} new devices] spoke for the first time',
        '[ein neues Gerät meldete|{count} neue Geräte meldeten] sich zum ersten Mal',
      ),
      clause('member.joined', '[somebody|{count} people] joined the household', '[eine Person kam|{count} Personen kamen] in den Haushalt dazu'),
      clause('member.left', '[somebody|{count} people] left the household', '[eine Person hat|{count} Personen haben] den Haushalt verlassen'),
      clause('member.invited', '[somebody was|{count} people were] invited', '[eine Person wurde|{count} Personen wurden] eingeladen'),
      clause('shop.linked', '[a shop was|{count} shops were] linked', '[ein Laden wurde|{count} Läden wurden] verknüpft'),
      clause(
        'supply.added',
        '[one supply was|{count} supplies were] put under watch{mostly}',
        '[ein Vorrat wird|{count} Vorräte werden] seitdem beobachtet{mostly}',
      ),
      clause(
        'lesson.completed',
        'the first steps with [a device|{count} devices] were finished',
        'die ersten Schritte mit [einem Gerät|{count} Geräten] sind getan',
      ),
    ],
    steps: [],
    otherwise: { en: '{count} steps of moving in were taken', de: '{count} Schritte des Einzugs sind getan' },
  },
  buying: {
    clauses: [
      clause('order.approved', 'the house bought {times} by itself', 'das Haus hat {times} von selbst eingekauft', 'automation'),
      clause('order.approved', '{times} somebody said yes to an order', '{times} hat jemand zu einer Bestellung Ja gesagt', 'customer'),
      clause('order.delivered', '[one delivery|{count} deliveries] arrived{money}', '[eine Lieferung kam|{count} Lieferungen kamen] an{money}'),
      clause('order.part-delivered', '{times} only a part came at first', '{times} kam zuerst nur ein Teil'),
      clause('order.approval-requested', '{times} somebody was asked', '{times} wurde jemand gefragt'),
      clause('order.requoted', '{times} an order was changed before the yes', '{times} wurde eine Bestellung vor dem Ja geändert'),
      clause('order.declined', '{times} the answer was no', '{times} war die Antwort Nein'),
      clause('order.expired', '{times} nobody answered in time', '{times} hat niemand rechtzeitig geantwortet'),
    ],
    steps: ['order.proposed', 'order.placed', 'order.accepted', 'order.shipped'],
    otherwise: {
      en: '[one step of an order was|{count} steps of orders were] on the way',
      de: '[ein Schritt einer Bestellung war|{count} Schritte von Bestellungen waren] unterwegs',
    },
  },
  trouble: {
    clauses: [
      clause('order.rejected', '{times} a shop refused an order', '{times} hat ein Laden eine Bestellung abgelehnt'),
      clause('order.cancelled', '{times} an order was cancelled', '{times} wurde eine Bestellung storniert'),
      clause('order.withdrawn', '{times} somebody changed their mind before an order left', '{times} hat es sich jemand anders überlegt, bevor bestellt war'),
      clause(
        ['order.changed', 'order.back-ordered'],
        '{times} a shop could not send everything as ordered',
        '{times} konnte ein Laden nicht alles wie bestellt schicken',
      ),
      clause('order.substitution-offered', '{times} a shop offered something else instead', '{times} bot ein Laden Ersatz an'),
      clause('order.returned', '{times} goods went back', '{times} ging Ware zurück'),
      clause('order.refunded', '{times} money came back', '{times} kam Geld zurück'),
      clause('order.refund-overdue', '{times} a refund was overdue', '{times} war eine Erstattung überfällig'),
      clause('order.payment-declined', '{times} a payment was declined', '{times} wurde eine Zahlung nicht angenommen'),
      clause(['order.stuck', 'webhook.abandoned'], '{times} an order got stuck', '{times} blieb eine Bestellung stecken'),
      clause(
        'order.taken-after-refusal',
        '{times} a shop went on with an order that it had refused',
        '{times} führte ein Laden doch aus, was er abgelehnt hatte',
      ),
      clause('order.cancel-requested', '{times} somebody asked a shop to cancel', '{times} hat jemand um eine Stornierung gebeten'),
      clause('order.cancel-refused', '{times} a shop would not cancel', '{times} wollte ein Laden nicht mehr stornieren'),
      clause('contract.withdrawn', '{times} somebody withdrew from a contract', '{times} hat jemand einen Vertrag widerrufen'),
    ],
    steps: ['order.substitution-answered'],
    otherwise: { en: '{times} an answer about an order was given', de: '{times} gab es eine Antwort zu einer Bestellung' },
  },
  help: {
    clauses: [
      clause('case.opened', '{times} somebody reported a problem', '{times} hat jemand ein Problem gemeldet'),
      clause('case.reopened', '{times} a problem came back', '{times} kam ein Problem wieder'),
      clause('case.solved', '{times} one was solved', '{times} wurde eines gelöst'),
    ],
    steps: ['case.answered', 'case.added'],
    otherwise: { en: '{times} somebody wrote about a problem', de: '{times} wurde über ein Problem geschrieben' },
  },
  stock: {
    clauses: [
      clause('supply.low', '{times} something ran low{mostly}', '{times} ging etwas zur Neige{mostly}'),
      clause('supply.counted', '{times} somebody counted what was there', '{times} hat jemand nachgezählt'),
      clause('supply.bought-elsewhere', '{times} something was bought elsewhere{mostly}', '{times} wurde etwas woanders gekauft{mostly}'),
      clause('supply.spoiled', '{times} something spoiled{mostly}', '{times} ist etwas verdorben{mostly}'),
      clause('supply.overstocked', '{times} a delivery came on top of enough', '{times} kam eine Lieferung, obwohl genug da war'),
      clause('supply.sensor-doubted', '{times} a sensor seemed to be wrong', '{times} schien ein Sensor falsch zu messen'),
      clause('supply.automation-offered', '{times} we offered to buy something by ourselves', '{times} haben wir angeboten, etwas von selbst zu kaufen'),
      clause('supply.automation-trusted', '{times} somebody agreed to that', '{times} hat jemand dem zugestimmt'),
      clause('supply.automation-withdrawn', '{times} we went back to asking', '{times} fragen wir seitdem wieder'),
      clause(
        'supply.settings-changed',
        '{times} somebody changed how a supply is looked after',
        '{times} hat jemand geändert, wie auf einen Vorrat geachtet wird',
      ),
      clause('supply.removed', '{times} a supply was taken off', '{times} wurde ein Vorrat gestrichen'),
    ],
    steps: ['supply.refilled', 'supply.restocked'],
    otherwise: { en: '{times} the shelves were filled again', de: '{times} wurde wieder aufgefüllt' },
  },
  permission: {
    clauses: [
      clause('mandate.granted', '{times} a mandate was given', '{times} wurde ein Mandat erteilt'),
      clause('mandate.paused', '{times} one was paused', '{times} wurde eines unterbrochen'),
      clause('mandate.resumed', '{times} one went on', '{times} ging eines weiter'),
      clause('mandate.ended', '{times} one came to its end', '{times} endete eines'),
      clause('spending.stopped', '{times} buying was stopped', '{times} wurde das Kaufen gestoppt'),
      clause('spending.resumed', '{times} a stop was lifted', '{times} wurde ein Stopp aufgehoben'),
      clause('spending.braked', '{times} automatic buying stopped itself', '{times} hielt sich das automatische Kaufen selbst an'),
    ],
    steps: [],
    otherwise: { en: '{times} a mandate changed', de: '{times} hat sich ein Mandat geändert' },
  },
  list: {
    clauses: [
      clause('list.item-added', '{times} something was put on the shopping list', '{times} kam etwas auf die Einkaufsliste'),
      clause('list.item-bought', '{times} something was ticked off it', '{times} wurde etwas davon abgehakt'),
      clause(['list.item-removed', 'list.item-abandoned'], '{times} something fell off it', '{times} fiel etwas herunter'),
    ],
    steps: [],
    otherwise: { en: '{times} the shopping list changed', de: '{times} hat sich die Einkaufsliste geändert' },
  },
  contact: {
    clauses: [
      clause('outreach.sent', '{times} we wrote to the household about something of its own', '{times} haben wir dem Haushalt von uns aus geschrieben'),
      clause('device.message-shown', '{times} a screen had something new to read', '{times} zeigte ein Bildschirm etwas Neues'),
      clause('outreach.opened', '{times} somebody opened that', '{times} hat das jemand geöffnet'),
      clause('outreach.stopped', '{times} somebody asked us not to', '{times} hat jemand darum gebeten, das zu lassen'),
      clause('outreach.allowed', '{times} somebody let us again', '{times} hat es uns jemand wieder erlaubt'),
      clause('outreach.mail-allowed', '{times} somebody let us write by e-mail', '{times} hat uns jemand erlaubt, per E-Mail zu schreiben'),
      clause('outreach.mail-withdrawn', '{times} somebody had e-mail stopped', '{times} hat jemand E-Mails abbestellt'),
      clause('form.begun', '{times} somebody began a form', '{times} hat jemand ein Formular begonnen'),
      clause('form.finished', '{times} somebody finished one', '{times} hat jemand eines abgeschlossen'),
      clause('lead.addressed', '{times} we wrote before there was a household', '{times} haben wir geschrieben, bevor es den Haushalt gab'),
      clause('lead.handed-over', '{times} sales took it up', '{times} nahm sich der Vertrieb der Sache an'),
      clause('referral.entered', '{times} somebody came on a recommendation', '{times} kam jemand auf eine Empfehlung hin'),
      clause('referral.welcomed', '{times} it was rewarded for coming on a recommendation', '{times} wurde belohnt, dass der Haushalt auf eine Empfehlung kam'),
      clause('referral.redeemed', '{times} a recommendation was rewarded', '{times} wurde eine Empfehlung belohnt'),
    ],
    steps: [],
    otherwise: { en: '{times} we were in touch', de: '{times} hatten wir Kontakt' },
  },
  survey: {
    clauses: [
      clause('survey.asked', '{times} we asked how it was', '{times} haben wir gefragt, wie es war'),
      clause('survey.answered', '{times} somebody told us', '{times} hat es uns jemand gesagt'),
      clause('survey.skipped', '{times} nobody wanted to say', '{times} wollte es niemand sagen'),
    ],
    steps: [],
    otherwise: { en: '{times} it was about how it went', de: '{times} ging es darum, wie es war' },
  },
  privacy: {
    clauses: [
      clause('consent.given', '{times} a consent was given', '{times} wurde eine Einwilligung gegeben'),
      clause('consent.withdrawn', '{times} one was taken back', '{times} wurde eine zurückgenommen'),
      clause('data.exported', '{times} somebody took a copy of the data', '{times} hat jemand eine Kopie der Daten geholt'),
    ],
    steps: [],
    otherwise: { en: '{times} a question of privacy was settled', de: '{times} ging es um den Datenschutz' },
  },
};

/** The piece with what was counted. */
export const filled = (telling: string, { times, count, number, money, mostly }: Counted): string =>
  telling
    .replaceAll(/\[([^|\]]*)\|([^\]]*)\]/g, (_, one: string, several: string) => (count === 1 ? one : several))
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => ({ times, money, mostly, count: number })[name] ?? '');

const where = (en: string, de: string): Readonly<Record<Language, Telling>> => ({
  en: `{times} ${en}{mostly}`,
  de: `{times} ${de}{mostly}`,
});

/** What others tell us, and what is of no topic: by where it happened; `mostly` names it as they do. */
export const elsewhere: Record<Channel, Readonly<Record<Language, Telling>>> = {
  web: where('we met on the web', 'sind wir uns im Netz begegnet'),
  store: where('somebody came by at a store', 'kam jemand in einem Laden vorbei'),
  'call-centre': where('we talked on the telephone', 'haben wir telefoniert'),
  'e-mail': where('a mail went to and fro', 'ging eine E-Mail hin oder her'),
  survey: where('a question was answered', 'wurde eine Frage beantwortet'),
  social: where('we met in a social network', 'sind wir uns in einem sozialen Netz begegnet'),
  crm: where('something was noted in our books', 'wurde etwas bei uns vermerkt'),
  fridge: where('somebody was at the fridge', 'war jemand am Kühlschrank'),
  heating: where('somebody was at the heating', 'war jemand an der Heizung'),
  tv: where('somebody was at the TV', 'war jemand am Fernseher'),
  app: where('somebody did something in the app', 'hat jemand etwas in der App getan'),
  push: where('a message went to a telephone', 'ging eine Nachricht auf ein Telefon'),
  retailer: where('a shop had something to say', 'hatte ein Laden etwas zu sagen'),
  nachschub: where('we did something in the background', 'haben wir im Hintergrund etwas getan'),
};

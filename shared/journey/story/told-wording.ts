/** What is worth a sentence of its own, and how much: of more than a chapter holds, the weightier are told and the others counted. */
import type { Language } from '../message-wording.ts';

/** As the household calls things; each falls back to a plain word. */
export interface ToldFacts {
  /** "On 3 March". */
  readonly on: string;
  readonly device: string;
  readonly supply: string;
  /** " at Frischhof", or nothing. */
  readonly atShop: string;
  /** " of milk and eggs", or nothing. */
  readonly ofGoods: string;
  /** " for 12.40 €", or nothing. */
  readonly forMoney: string;
  readonly secondHand: boolean;
}
type Telling = (facts: ToldFacts) => string;
export interface Told extends Readonly<Record<Language, Telling>> {
  /** 1 to 9. */
  readonly weight: number;
}

const told = (weight: number, en: Telling, de: Telling): Told => ({ weight, en, de });

const movedIn = told(
  8,
  ({ on, device, secondHand }) => (secondHand ? `${on} ${device} came from another household and moved in here.` : `${on} ${device} moved in.`),
  ({ on, device, secondHand }) => (secondHand ? `${on} zog ${device} aus einem anderen Haushalt hier ein.` : `${on} kam ${device} ins Haus.`),
);

export const toldWording: Readonly<Record<string, Told>> = {
  'household.created': told(
    9,
    ({ on }) => `${on} the household came to us.`,
    ({ on }) => `${on} kam der Haushalt zu uns.`,
  ),
  'member.joined': told(
    6,
    ({ on }) => `${on} one more person joined the household.`,
    ({ on }) => `${on} kam eine Person in den Haushalt dazu.`,
  ),
  'member.left': told(
    7,
    ({ on }) => `${on} somebody left the household.`,
    ({ on }) => `${on} hat jemand den Haushalt verlassen.`,
  ),
  'device.added': movedIn,
  'device.paired': movedIn,
  'device.removed': told(
    8,
    ({ on, device }) => `${on} ${device} left the house.`,
    ({ on, device }) => `${on} verließ ${device} das Haus.`,
  ),
  'mandate.granted': told(
    7,
    ({ on }) => `${on} somebody allowed the house to buy by itself, within limits of their own.`,
    ({ on }) => `${on} hat jemand dem Haus erlaubt, in eigenen Grenzen von selbst einzukaufen.`,
  ),
  'mandate.paused': told(
    6,
    ({ on }) => `${on} buying by itself was paused.`,
    ({ on }) => `${on} wurde das Kaufen von selbst unterbrochen.`,
  ),
  'mandate.resumed': told(
    5,
    ({ on }) => `${on} buying by itself went on.`,
    ({ on }) => `${on} ging das Kaufen von selbst weiter.`,
  ),
  'mandate.ended': told(
    7,
    ({ on }) => `${on} a mandate to buy came to its end.`,
    ({ on }) => `${on} endete ein Mandat zum Einkaufen.`,
  ),
  'spending.stopped': told(
    8,
    ({ on }) => `${on} somebody stopped all buying by itself.`,
    ({ on }) => `${on} hat jemand alles Kaufen von selbst gestoppt.`,
  ),
  'spending.resumed': told(
    7,
    ({ on }) => `${on} the stop was lifted.`,
    ({ on }) => `${on} wurde der Stopp aufgehoben.`,
  ),
  'spending.braked': told(
    9,
    ({ on }) => `${on} automatic buying ran away from what was to be expected, and stopped itself.`,
    ({ on }) => `${on} lief das automatische Kaufen dem Erwarteten davon und hielt sich selbst an.`,
  ),
  'consent.withdrawn': told(
    6,
    ({ on }) => `${on} a consent was taken back.`,
    ({ on }) => `${on} wurde eine Einwilligung zurückgenommen.`,
  ),
  'data.exported': told(
    4,
    ({ on }) => `${on} somebody took a copy of all data home.`,
    ({ on }) => `${on} hat jemand eine Kopie aller Daten mitgenommen.`,
  ),
  'supply.automation-trusted': told(
    6,
    ({ on, supply }) => `${on} somebody trusted the house with ${supply}: it no longer asks.`,
    ({ on, supply }) => `${on} hat jemand dem Haus ${supply} anvertraut: Es fragt nicht mehr.`,
  ),
  'supply.sensor-doubted': told(
    5,
    ({ on, supply }) => `${on} we stopped believing the sensor of ${supply}.`,
    ({ on, supply }) => `${on} glaubten wir dem Sensor bei ${supply} nicht mehr.`,
  ),
  'order.rejected': told(
    6,
    ({ on, atShop }) => `${on} an order was refused${atShop}.`,
    ({ on, atShop }) => `${on} wurde eine Bestellung${atShop} abgelehnt.`,
  ),
  'order.cancelled': told(
    5,
    ({ on, atShop }) => `${on} an order was cancelled${atShop}.`,
    ({ on, atShop }) => `${on} wurde eine Bestellung${atShop} storniert.`,
  ),
  'order.stuck': told(
    8,
    ({ on, atShop }) => `${on} an order got stuck${atShop}: nothing was heard of it any more.`,
    ({ on, atShop }) => `${on} blieb eine Bestellung${atShop} stecken: Man hörte nichts mehr von ihr.`,
  ),
  'order.payment-declined': told(
    7,
    ({ on, atShop }) => `${on} a payment was declined${atShop}.`,
    ({ on, atShop }) => `${on} wurde eine Zahlung${atShop} nicht angenommen.`,
  ),
  'order.returned': told(
    5,
    ({ on, atShop }) => `${on} goods went back${atShop}.`,
    ({ on, atShop }) => `${on} ging Ware zurück${atShop}.`,
  ),
  'order.refunded': told(
    5,
    ({ on, forMoney }) => `${on} money came back${forMoney.replace(' for', ':')}.`,
    ({ on, forMoney }) => `${on} kam Geld zurück${forMoney.replace(' für', ':')}.`,
  ),
  'order.refund-overdue': told(
    8,
    ({ on, atShop }) => `${on} a refund was overdue${atShop}.`,
    ({ on, atShop }) => `${on} war eine Erstattung überfällig${atShop}.`,
  ),
  'contract.withdrawn': told(
    7,
    ({ on, atShop }) => `${on} somebody withdrew from a contract${atShop}.`,
    ({ on, atShop }) => `${on} hat jemand einen Vertrag${atShop} widerrufen.`,
  ),
  'webhook.abandoned': told(
    7,
    ({ on, atShop }) => `${on} a message about an order could not be delivered${atShop}.`,
    ({ on, atShop }) => `${on} ließ sich eine Nachricht zu einer Bestellung nicht zustellen${atShop}.`,
  ),
};

/** Several on one day, where "twice" would not be said of them. */
export const togetherWording: Readonly<Record<string, Readonly<Record<Language, (on: string, many: string) => string>>>> = {
  'member.joined': {
    en: (on, many) => `${on} ${many} more people joined the household.`,
    de: (on, many) => `${on} kamen ${many} Personen in den Haushalt dazu.`,
  },
};

/** The first of its kind in the whole story. */
export const firstWording: Readonly<Record<string, Told>> = {
  'order.delivered': told(
    9,
    ({ on, ofGoods, atShop, forMoney }) => `${on} the first order${ofGoods} arrived${atShop.replace(' at', ' from')}${forMoney}.`,
    ({ on, ofGoods, atShop, forMoney }) => `${on} kam die erste Bestellung${ofGoods} an${atShop.replace(' bei', ', von')}${forMoney}.`,
  ),
  'lesson.completed': told(
    3,
    ({ on }) => `${on} somebody finished the first steps with a device.`,
    ({ on }) => `${on} hat jemand die ersten Schritte mit einem Gerät beendet.`,
  ),
};

/** What somebody felt, where an answer says so. */
export const feltWording = told(
  7,
  ({ on }) => `${on} somebody told us how it went`,
  ({ on }) => `${on} hat uns jemand gesagt, wie es war`,
);

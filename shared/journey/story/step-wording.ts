/** Steps on the way to something: counted in the story, and named where touchpoints are listed one by one. */
import type { Language } from '../message-wording.ts';

export const stepWording: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'order.proposed': { en: 'An order was drawn up', de: 'Eine Bestellung wurde entworfen' },
  'order.placed': { en: 'An order went to the shop', de: 'Eine Bestellung ging an den Laden' },
  'order.accepted': { en: 'The shop took an order', de: 'Der Laden nahm eine Bestellung an' },
  'order.shipped': { en: 'An order was sent off', de: 'Eine Bestellung wurde verschickt' },
  'order.substitution-answered': { en: 'An offered substitute was answered', de: 'Auf einen Ersatz kam eine Antwort' },
  'case.answered': { en: 'We answered a case', de: 'Wir haben auf ein Anliegen geantwortet' },
  'case.added': { en: 'Something was added to a case', de: 'Zu einem Anliegen kam etwas dazu' },
  'supply.refilled': { en: 'Something was filled up', de: 'Etwas wurde aufgefüllt' },
  'supply.restocked': { en: 'A delivery was put away', de: 'Eine Lieferung wurde eingeräumt' },
  'call.received': { en: 'The household called', de: 'Der Haushalt hat angerufen' },
  'call.made': { en: 'We called', de: 'Wir haben angerufen' },
};

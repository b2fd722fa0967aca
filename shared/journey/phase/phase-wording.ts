/** Why a household is in a phase, in words. */
import type { Reason, ReasonWording } from '../reason.ts';
import type { Phase } from '../words.ts';

export const phaseNames: Readonly<Record<Phase, { readonly de: string; readonly en: string }>> = {
  awareness: { de: 'Aufmerksamkeit', en: 'Awareness' },
  information: { de: 'Information', en: 'Information' },
  comparison: { de: 'Vergleich', en: 'Comparison' },
  conviction: { de: 'Überzeugung', en: 'Conviction' },
  closing: { de: 'Abschluss', en: 'Closing' },
  logistics: { de: 'Logistik', en: 'Logistics' },
  implementation: { de: 'Einführung', en: 'Getting started' },
  support: { de: 'Betreuung', en: 'Support' },
  loyalty: { de: 'Treue', en: 'Loyalty' },
  'up-selling': { de: 'Mehr davon', en: 'Up-selling' },
  'cross-selling': { de: 'Etwas dazu', en: 'Cross-selling' },
};

const within = { de: (days: string | number | undefined) => `in ${days ?? '?'} Tagen`, en: (days: string | number | undefined) => `in ${days ?? '?'} days` };
const counted = (de: string, en: string): ReasonWording => ({
  de: ({ found = 0, days }) => `${found} × ${de}${days === undefined ? '' : ` ${within.de(days)}`}`,
  en: ({ found = 0, days }) => `${found} × ${en}${days === undefined ? '' : ` ${within.en(days)}`}`,
});

const wording: Readonly<Record<string, ReasonWording>> = {
  'advertising-seen': counted('Werbung gesehen und nichts bestellt', 'saw advertising and ordered nothing'),
  'looked-around': counted('umgesehen, ohne zu bestellen', 'looked around without an order'),
  'looked-at-offers': counted('Angebote angesehen, ohne zu bestellen', 'looked at offers without an order'),
  'asked-and-not-answered': counted('gefragt und noch keine Antwort', 'asked and not answered yet'),
  'began-to-buy': counted('mit einem Kauf begonnen, ohne zu bestellen', 'began to buy without an order'),
  'mandate-offered': counted('ein Mandat angeboten und noch nicht erteilt', 'offered a mandate that is not granted yet'),
  'just-bought': counted('gerade bestellt', 'ordered just now'),
  'order-on-its-way': counted('bestellt und noch nicht da', 'ordered and not here yet'),
  'new-in-the-house': counted('etwas Neues eingerichtet', 'something new set up'),
  'nothing-delivered-yet': { de: () => 'noch wurde nichts geliefert', en: () => 'nothing has been delivered yet' },
  'case-open': counted('ein Anliegen offen', 'a case open'),
  'orders-came-to-nothing': counted('wurde nichts aus einer Bestellung', 'an order came to nothing'),
  'sensor-doubted': counted('ein Sensor angezweifelt', 'a sensor was doubted'),
  'orders-come-by-themselves': counted('von selbst bestellt und geliefert', 'ordered by itself and delivered'),
  'comes-back': counted('geliefert', 'delivered'),
  'approves-often-by-hand': counted('von Hand zugestimmt', 'approved by hand'),
  'buys-elsewhere-too': counted('anderswo gekauft', 'bought elsewhere'),
  'looks-for-more': counted('Angebote angesehen', 'looked at offers'),
  'another-line-is-needed': {
    de: ({ found = 0, days, owned = '' }) => `treu bei ${owned}, und ${found} × zeigte sich hier ein Bedarf ${within.de(days)}`,
    en: ({ found = 0, days, owned = '' }) => `loyal in ${owned}, and a need showed here ${found} × ${within.en(days)}`,
  },
  'first-delivery': { de: () => 'erst einmal wurde geliefert', en: () => 'one delivery so far' },
  'between-orders': {
    de: ({ days = 0 }) => `zwischen zwei Bestellungen, die letzte Lieferung vor ${days} Tagen`,
    en: ({ days = 0 }) => `between orders, the last delivery ${days} days ago`,
  },
  quiet: { de: ({ days = 0 }) => `seit ${days} Tagen nichts`, en: ({ days = 0 }) => `nothing for ${days} days` },
};

export const phaseCodes = Object.keys(wording);
export const phaseReason = ({ code, figures }: Reason, language: 'de' | 'en'): string => wording[code]?.[language](figures) ?? code;

/** What the figures, fields and predictions are called that a condition may ask for. */
type Names = { readonly de: string; readonly en: string };

/** `share`: from 0 to 1, told as a percentage. */
export const figureNames: Readonly<Record<string, Names & { readonly isShare?: boolean }>> = {
  exceeded: { de: 'Erwartungen übertroffen in 35 Tagen', en: 'expectations exceeded in 35 days' },
  'expected-orders': { de: 'erwartete Lieferungen in zwölf Wochen', en: 'deliveries expected in twelve weeks' },
  'expected-value': { de: 'erwarteter Wert in zwölf Wochen (€)', en: 'value expected in twelve weeks (€)' },
  'health-known': { de: 'von der Gesundheit bekannt', en: 'of the health known', isShare: true },
};
export const fieldNames: Readonly<Record<string, Names>> = {
  value: { de: 'Wert des Haushalts', en: 'value of the household' },
  tier: { de: 'Stufe', en: 'tier' },
};
const predictionNames: Readonly<Record<string, Names>> = {
  leaves: { de: 'geht vermutlich', en: 'is likely to leave' },
};
const words: Readonly<Record<string, Names>> = {
  high: { de: 'hoch', en: 'high' },
  middle: { de: 'mittel', en: 'middle' },
  low: { de: 'niedrig', en: 'low' },
  none: { de: 'keine', en: 'none' },
  silver: { de: 'Silber', en: 'silver' },
  gold: { de: 'Gold', en: 'gold' },
  platinum: { de: 'Platin', en: 'platinum' },
  true: { de: 'ja', en: 'yes' },
  false: { de: 'nein', en: 'no' },
};

type Language = 'de' | 'en';
const named = (among: Readonly<Record<string, Names>>, name: string, language: Language): string => among[name]?.[language] ?? name;
export const figureInWords = (name: string, language: Language): string => named(figureNames, name, language);
export const fieldInWords = (name: string, language: Language): string => named(fieldNames, name, language);
export const predictionInWords = (name: string, language: Language): string => named(predictionNames, name, language);
/** What a field or a tier may be. */
export const wordInWords = (value: string | boolean, language: Language): string => named(words, String(value), language);
export const isShare = (figure: string): boolean => figureNames[figure]?.isShare === true;

/** Why a household is in a segment or of a tier, in words. */
import { phaseNames } from '../phase/phase-wording.ts';
import type { Figures, Reason, ReasonWording } from '../reason.ts';
import { typeInWords } from '../type-wording.ts';
import { phaseSchema } from '../words.ts';
import { fieldInWords, figureInWords, isShare, predictionInWords, wordInWords } from './known-wording.ts';

type Language = 'de' | 'en';
const inDays = (language: 'de' | 'en', { days }: Figures): string => (days === undefined ? '' : language === 'de' ? ` in ${days} Tagen` : ` in ${days} days`);
const percent = (value: string | number | undefined): string => `${Math.round(Number(value ?? 0) * 100)} %`;
const unknown = (de: string, en: string): ReasonWording => ({ de: ({ what = '' }) => `${de}: ${what}`, en: ({ what = '' }) => `${en}: ${what}` });
const both = (said: (figures: Figures, language: Language) => string): ReasonWording => ({
  de: (figures) => said(figures, 'de'),
  en: (figures) => said(figures, 'en'),
});
const NOT_KNOWN = both(({ what = '' }, language) => {
  const named = [typeInWords, figureInWords, fieldInWords, predictionInWords].map((inWords) => inWords(String(what), language)).find((text) => text !== what);
  return `${language === 'de' ? 'nicht bekannt' : 'not known'}: ${named ?? what}`;
});

type What = string | number | undefined;
/** What was counted: one name, or several with commas between. */
const counted = (what: What, language: Language): string =>
  String(what ?? '')
    .split(', ')
    .map((name) => typeInWords(name, language))
    .join(', ');
const phase = (what: What, language: Language): string => {
  const known = phaseSchema.safeParse(what);
  return known.success ? phaseNames[known.data][language] : String(what ?? '');
};

const wording: Readonly<Record<string, ReasonWording>> = {
  count: both((figures, language) => `${figures['found'] ?? 0} × ${counted(figures['what'], language)}${inDays(language, figures)}`),
  share: both((figures, language) => {
    const of = language === 'de' ? 'von' : 'of';
    return `${figures['some'] ?? 0} ${of} ${figures['all'] ?? 0}: ${counted(figures['what'], language)}${inDays(language, figures)}`;
  }),
  'days-since-last': {
    de: ({ found = 0, what }) => `${counted(what, 'de')} zuletzt vor ${found} Tagen`,
    en: ({ found = 0, what }) => `${counted(what, 'en')} last seen ${found} days ago`,
  },
  'days-since-first': {
    de: ({ found = 0, what }) => `${counted(what, 'de')} zuerst vor ${found} Tagen`,
    en: ({ found = 0, what }) => `${counted(what, 'en')} first seen ${found} days ago`,
  },
  campaign: {
    de: (figures) => `${figures['found'] ?? 0} × über die Kampagne ${figures['what'] ?? ''}${inDays('de', figures)}`,
    en: (figures) => `${figures['found'] ?? 0} × through the campaign ${figures['what'] ?? ''}${inDays('en', figures)}`,
  },
  channel: {
    de: (figures) => `${figures['found'] ?? 0} × im Kanal ${figures['what'] ?? ''}${inDays('de', figures)}`,
    en: (figures) => `${figures['found'] ?? 0} × in the channel ${figures['what'] ?? ''}${inDays('en', figures)}`,
  },
  spent: {
    de: (figures) => `für ${(Number(figures['found'] ?? 0) / 100).toFixed(2).replace('.', ',')} € geliefert${inDays('de', figures)}`,
    en: (figures) => `delivered for €${(Number(figures['found'] ?? 0) / 100).toFixed(2)}${inDays('en', figures)}`,
  },
  figure: both(({ found = 0, what = '' }, language) => `${figureInWords(String(what), language)}: ${isShare(String(what)) ? percent(found) : found}`),
  health: { de: ({ found }) => `Gesundheit der Beziehung ${percent(found)}`, en: ({ found }) => `health of the relationship ${percent(found)}` },
  prediction: both(({ found, what = '' }, language) => `${predictionInWords(String(what), language)}: ${percent(found)}`),
  phase: { de: ({ what }) => `in der Phase ${phase(what, 'de')}`, en: ({ what }) => `in the phase ${phase(what, 'en')}` },
  word: both(({ what = '', found = '' }, language) => `${fieldInWords(String(what), language)}: ${wordInWords(String(found), language)}`),
  'no-parent': unknown('diese Gruppe gibt es nicht', 'there is no such segment'),
  counted: {
    de: (figures) => `${figures['found'] ?? 0} gezählt${inDays('de', figures)}`,
    en: (figures) => `${figures['found'] ?? 0} counted${inDays('en', figures)}`,
  },
  'device-was-silent': {
    de: ({ silent = 0 }) => `ein Gerät war an ${silent} Tagen stumm; dafür fällt niemand`,
    en: ({ silent = 0 }) => `a device was silent on ${silent} days; nobody falls for that`,
  },
};

export const reasonInWords = ({ code, figures }: Reason, language: 'de' | 'en'): string =>
  (wording[code] ?? (code.endsWith('-unknown') ? NOT_KNOWN : undefined))?.[language](figures) ?? code;
export const reasonsInWords = (reasons: readonly Reason[], language: 'de' | 'en'): string =>
  [...new Set(reasons.map((reason) => reasonInWords(reason, language)))].join('; ');

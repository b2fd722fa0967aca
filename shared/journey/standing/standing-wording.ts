/** Why a household is in a segment or of a tier, in words. */
import type { Figures, Reason, ReasonWording } from '../reason.ts';

const inDays = (language: 'de' | 'en', { days }: Figures): string => (days === undefined ? '' : language === 'de' ? ` in ${days} Tagen` : ` in ${days} days`);
const percent = (value: string | number | undefined): string => `${Math.round(Number(value ?? 0) * 100)} %`;
const unknown = (de: string, en: string): ReasonWording => ({ de: ({ what = '' }) => `${de}: ${what}`, en: ({ what = '' }) => `${en}: ${what}` });
const NOT_KNOWN = unknown('nicht bekannt', 'not known');

const wording: Readonly<Record<string, ReasonWording>> = {
  count: {
    de: (figures) => `${figures['found'] ?? 0} × ${figures['what'] ?? ''}${inDays('de', figures)}`,
    en: (figures) => `${figures['found'] ?? 0} × ${figures['what'] ?? ''}${inDays('en', figures)}`,
  },
  share: {
    de: (figures) => `${figures['some'] ?? 0} von ${figures['all'] ?? 0}: ${figures['what'] ?? ''}${inDays('de', figures)}`,
    en: (figures) => `${figures['some'] ?? 0} of ${figures['all'] ?? 0}: ${figures['what'] ?? ''}${inDays('en', figures)}`,
  },
  'days-since-last': {
    de: ({ found = 0, what = '' }) => `${what} zuletzt vor ${found} Tagen`,
    en: ({ found = 0, what = '' }) => `${what} last seen ${found} days ago`,
  },
  'days-since-first': {
    de: ({ found = 0, what = '' }) => `${what} zuerst vor ${found} Tagen`,
    en: ({ found = 0, what = '' }) => `${what} first seen ${found} days ago`,
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
  figure: { de: ({ found = 0, what = '' }) => `${what}: ${found}`, en: ({ found = 0, what = '' }) => `${what}: ${found}` },
  health: { de: ({ found }) => `Gesundheit der Beziehung ${percent(found)}`, en: ({ found }) => `health of the relationship ${percent(found)}` },
  prediction: { de: ({ found, what = '' }) => `Vorhersage ${what}: ${percent(found)}`, en: ({ found, what = '' }) => `prediction ${what}: ${percent(found)}` },
  phase: { de: ({ what = '' }) => `in der Phase ${what}`, en: ({ what = '' }) => `in the phase ${what}` },
  word: { de: ({ what = '', found = '' }) => `${what}: ${found}`, en: ({ what = '', found = '' }) => `${what}: ${found}` },
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

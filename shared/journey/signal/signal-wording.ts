/** Why a signal concerns a household, in words for its people and for whoever looks after them. */
import type { Figures, Reason, ReasonWording } from '../reason.ts';

const euros = (language: 'de' | 'en', { savedMinor = 0 }: Figures): string => {
  const amount = (Number(savedMinor) / 100).toFixed(2);
  return language === 'de' ? `${amount.replace('.', ',')} €` : `€${amount}`;
};
const comma = (value: string | number | undefined): string => String(value ?? 0).replace('.', ',');

const wording: Readonly<Record<string, ReasonWording>> = {
  'signal-cold-spell': {
    de: (figures) =>
      `${figures['days'] ?? 0} Tage lang ${comma(figures['colder'])} °C kälter als üblich: etwa ${figures['morePercent'] ?? 0} % mehr ${figures['name'] ?? ''}, das noch ${figures['lastsDays'] ?? 0} Tage reicht`,
    en: (figures) =>
      `${figures['colder'] ?? 0} °C colder than usual for ${figures['days'] ?? 0} days: about ${figures['morePercent'] ?? 0} % more ${figures['name'] ?? ''}, which lasts ${figures['lastsDays'] ?? 0} days`,
  },
  'signal-heat-wave': {
    de: (figures) => `Bis zu ${comma(figures['warmest'])} °C im Tagesmittel: ${figures['name'] ?? ''} reicht dann noch ${figures['lastsDays'] ?? 0} Tage`,
    en: (figures) => `Up to ${figures['warmest'] ?? 0} °C as the mean of a day: ${figures['name'] ?? ''} then lasts ${figures['lastsDays'] ?? 0} days`,
  },
  'signal-cheap': {
    de: (figures) => `${figures['name'] ?? ''} kostet gerade ${euros('de', figures)} (${figures['percent'] ?? 0} %) weniger als sonst`,
    en: (figures) => `${figures['name'] ?? ''} costs ${euros('en', figures)} (${figures['percent'] ?? 0} %) less than usual just now`,
  },
  'signal-trend': {
    de: ({ name = '', percent = 0 }) => `${name} wird gerade ${percent} % mehr gekauft als sonst und kann knapp werden`,
    en: ({ name = '', percent = 0 }) => `${name} is bought ${percent} % more than usual just now and may run short`,
  },
  'signal-late-goods': {
    de: (figures) => `${figures['name'] ?? ''} kommt dort zurzeit ${comma(figures['days'])} Tage später`,
    en: (figures) => `${figures['name'] ?? ''} comes ${figures['days'] ?? 0} days later from there at present`,
  },
};

export const signalInWords = ({ code, figures }: Reason, language: 'de' | 'en'): string => wording[code]?.[language](figures) ?? code;

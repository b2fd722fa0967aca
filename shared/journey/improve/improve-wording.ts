/** What came of a measure, in words. */
import type { Effect } from './effect.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const wording: Readonly<Record<Effect['verdict'], { readonly de: string; readonly en: string }>> = {
  better: { de: 'besser', en: 'better' },
  worse: { de: 'schlechter', en: 'worse' },
  'no-difference-shown': { de: 'kein Unterschied nachweisbar', en: 'no difference shown' },
};
/** `41 % before, 12 % after: better` */
export const effectInWords = ({ before, after, verdict }: Effect, language: 'de' | 'en'): string =>
  language === 'de'
    ? `vorher ${percent(before)}, nachher ${percent(after)}: ${wording[verdict].de}`
    : `${percent(before)} before, ${percent(after)} after: ${wording[verdict].en}`;

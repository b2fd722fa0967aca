/** A condition as a sentence for whoever decides on it. */
import { phaseNames } from '../phase/phase-wording.ts';
import { typeInWords } from '../type-wording.ts';
import type { Condition, Leaf } from './condition.ts';
import { fieldInWords, figureInWords, isShare, predictionInWords, wordInWords } from './known-wording.ts';

type Language = 'de' | 'en';
interface Bounded {
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

/** `at least 3`, `3 to 5`, `exactly 0`. */
function bounds({ atLeast, atMost }: Bounded, language: Language, told: (value: number) => string = String): string {
  const [least, most] = language === 'de' ? ['mindestens', 'höchstens'] : ['at least', 'at most'];
  if (atLeast === undefined) return atMost === 0 ? (language === 'de' ? 'nie' : 'never') : `${most} ${told(atMost ?? 0)}`;
  if (atMost === undefined) return `${least} ${told(atLeast)}`;
  return atLeast === atMost ? told(atLeast) : `${told(atLeast)} ${language === 'de' ? 'bis' : 'to'} ${told(atMost)}`;
}
const times = (bounded: Bounded, language: Language): string => bounds(bounded, language, (value) => `${value} ×`);
const percent = (value: number): string => `${Math.round(value * 100)} %`;
const euros = (language: Language) => (minor: number) =>
  language === 'de' ? `${(minor / 100).toFixed(2).replace('.', ',')} €` : `€${(minor / 100).toFixed(2)}`;
const inDays = (days: number | undefined, language: Language): string =>
  days === undefined ? '' : language === 'de' ? ` in ${days} Tagen` : ` in ${days} days`;
const inLine = (line: string | undefined): string => (line === undefined ? '' : ` (${line})`);
const or = (names: readonly string[], language: Language): string => names.join(language === 'de' ? ' oder ' : ' or ');
const typesOf = (names: readonly string[], language: Language): string =>
  or(
    names.map((name) => typeInWords(name, language)),
    language,
  );

export function conditionInWords(condition: Condition, language: Language): string {
  if ('all' in condition) return joined(condition.all, language, language === 'de' ? ' und ' : ' and ');
  if ('any' in condition) return joined(condition.any, language, language === 'de' ? ' oder ' : ' or ');
  if ('not' in condition) return `${language === 'de' ? 'nicht' : 'not'} (${conditionInWords(condition.not, language)})`;
  return leafInWords(condition, language);
}

const isSeveral = (condition: Condition): boolean => ('all' in condition ? condition.all.length > 1 : 'any' in condition && condition.any.length > 1);
const joined = (parts: readonly Condition[], language: Language, by: string): string =>
  parts.map((part) => (isSeveral(part) ? `(${conditionInWords(part, language)})` : conditionInWords(part, language))).join(by);

function leafInWords(leaf: Leaf, language: Language): string {
  const isGerman = language === 'de';
  if ('count' in leaf) return `${times(leaf, language)} ${typesOf(leaf.count, language)}${inLine(leaf.line)}${inDays(leaf.days, language)}`;
  if ('share' in leaf) {
    const [from, of] = isGerman ? ['ab', 'von'] : ['from', 'of'];
    const share = `${typesOf(leaf.share, language)} ${of} ${typesOf(leaf.of, language)}`;
    return `${bounds(leaf, language, percent)}: ${share}${inLine(leaf.line)}${inDays(leaf.days, language)} (${from} ${leaf.least})`;
  }
  if ('daysSince' in leaf) {
    const what = typesOf(leaf.daysSince, language);
    const found = bounds(leaf, language);
    if (isGerman) return `${what}: ${leaf.which === 'first' ? 'zuerst' : 'zuletzt'} vor ${found} Tagen`;
    return `${what}: ${leaf.which} ${found} days ago`;
  }
  if ('campaign' in leaf)
    return `${times(leaf, language)} ${isGerman ? 'über die Kampagne' : 'through the campaign'} ${leaf.campaign}${inDays(leaf.days, language)}`;
  if ('channel' in leaf) return `${times(leaf, language)} ${isGerman ? 'im Kanal' : 'in the channel'} ${leaf.channel}${inDays(leaf.days, language)}`;
  if ('spentMinor' in leaf)
    return `${isGerman ? 'geliefert für' : 'delivered for'} ${bounds(leaf, language, euros(language))}${inLine(leaf.line)}${inDays(leaf.days, language)}`;
  return knownInWords(leaf, language);
}

function knownInWords(
  leaf: Exclude<
    Leaf,
    { count: unknown } | { share: unknown } | { daysSince: unknown } | { campaign: unknown } | { channel: unknown } | { spentMinor: unknown }
  >,
  language: Language,
): string {
  const isGerman = language === 'de';
  if ('figure' in leaf) return `${figureInWords(leaf.figure, language)}: ${bounds(leaf, language, isShare(leaf.figure) ? percent : String)}`;
  if ('health' in leaf) return `${isGerman ? 'Gesundheit' : 'health'} ${bounds(leaf, language, percent)}`;
  if ('prediction' in leaf) return `${predictionInWords(leaf.prediction, language)}: ${bounds(leaf, language, percent)}`;
  if ('phase' in leaf) return `${isGerman ? 'in der Phase' : 'in the phase'} ${phaseNames[leaf.phase][language]}${inLine(leaf.line)}`;
  const [name, values] = 'tier' in leaf ? ['tier', leaf.tier] : [leaf.field, leaf.is];
  return `${fieldInWords(name, language)}: ${or(
    values.map((value) => wordInWords(value, language)),
    language,
  )}`;
}

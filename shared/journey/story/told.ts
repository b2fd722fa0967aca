/** What of a stretch is told in sentences of their own: single touchpoints, and a problem from its first word to its last as one. */
import { groupBy } from '../../group.ts';
import type { Instant } from '../../values.ts';
import type { Language } from '../message-wording.ts';
import type { Touchpoint } from '../touchpoint.ts';
import type { Sentiment } from '../words.ts';
import { lapse, numberWord, times } from './number-words.ts';
import { toldFacts, type StoryFacts } from './story-facts.ts';
import { feltWording, firstWording, togetherWording, toldWording } from './told-wording.ts';

export interface Telling {
  readonly weight: number;
  readonly at: Instant;
  readonly text: string;
  readonly of: readonly Touchpoint[];
}

const CASE_WEIGHT = 9;

/** By case, in the order of their own time. */
export function casesOf(touchpoints: readonly Touchpoint[]): ReadonlyMap<string, readonly Touchpoint[]> {
  const cases = new Map<string, Touchpoint[]>();
  for (const touchpoint of touchpoints) {
    const { caseId } = touchpoint;
    if (caseId === undefined) continue;
    const known = cases.get(caseId);
    if (known === undefined) cases.set(caseId, [touchpoint]);
    else known.push(touchpoint);
  }
  return cases;
}

/** Undefined for one whose beginning is not here: its steps are counted. */
export function tellCase(of: readonly Touchpoint[], facts: StoryFacts, language: Language): Telling | undefined {
  const [opened] = of;
  if (opened?.type !== 'case.opened') return undefined;
  const after = (type: string) => of.find((touchpoint) => touchpoint.type === type);
  const [answered, solved, last] = [after('case.answered'), of.findLast(({ type }) => type === 'case.solved'), of.at(-1)];
  const returns = of.filter(({ type }) => type === 'case.reopened').length;
  const isOver = solved !== undefined && last !== undefined && (last === solved || !['case.reopened', 'case.added'].includes(last.type));
  const { on, atShop } = toldFacts(opened, facts, language);
  const since = (to: Touchpoint) => lapse(opened.at, to.at, language);
  const text =
    language === 'de'
      ? [
          `${on} hat jemand ein Problem${atShop} gemeldet`,
          ...(answered === undefined ? [] : [`eine Antwort kam ${since(answered)}`]),
          ...(returns === 0 ? [] : [`es kam ${times(returns, language)} wieder`]),
          isOver ? `gelöst war es ${since(solved)}` : 'es ist noch offen',
        ].join('; ')
      : [
          `${on} somebody reported a problem${atShop}`,
          ...(answered === undefined ? [] : [`an answer came ${since(answered)}`]),
          ...(returns === 0 ? [] : [`it came back ${times(returns, language)}`]),
          isOver ? `it was solved ${since(solved)}` : 'it is still open',
        ].join('; ');
  return { weight: CASE_WEIGHT, at: opened.at, text: `${text}.`, of };
}

const FELT = {
  en: { good: 'it went well', middling: 'it went so-so', bad: 'it went badly' },
  de: { good: 'gut', middling: 'mittelmäßig', bad: 'schlecht' },
} as const;
const MOVED = 0.34;
const ASKED: ReadonlySet<Sentiment['source']> = new Set(['nps', 'csat', 'ces']);

/** @param firsts the first of each kind in the whole story */
export function tellOne(touchpoint: Touchpoint, firsts: ReadonlySet<Touchpoint>, facts: StoryFacts, language: Language): Telling | undefined {
  const { type, sentiment, at } = touchpoint;
  const wording = (firsts.has(touchpoint) ? firstWording[type] : undefined) ?? toldWording[type];
  if (wording !== undefined) return { weight: wording.weight, at, text: wording[language](toldFacts(touchpoint, facts, language)), of: [touchpoint] };
  // What we conclude from a no or a delay nobody has told us.
  if (sentiment === undefined || !ASKED.has(sentiment.source)) return undefined;
  const feeling = FELT[language][sentiment.value > MOVED ? 'good' : sentiment.value < -MOVED ? 'bad' : 'middling'];
  const told = feltWording[language](toldFacts(touchpoint, facts, language));
  return { weight: feltWording.weight, at, text: `${told}: ${feeling}.`, of: [touchpoint] };
}

/** What reads the same, because it came more than once on a day, is one sentence: no touchpoint of it is lost. */
export const tellTogether = (tellings: readonly Telling[], facts: StoryFacts, language: Language): Telling[] =>
  [...groupBy(tellings, ({ text }) => text).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined || same.length === 1) return same;
    const of = same.flatMap((telling) => telling.of);
    const [touchpoint] = of;
    const together = touchpoint && togetherWording[touchpoint.type]?.[language](toldFacts(touchpoint, facts, language).on, numberWord(same.length, language));
    return [{ ...first, of, text: together ?? `${first.text.slice(0, -1)}, ${times(same.length, language)}.` }];
  });

export const firstsOf = (touchpoints: readonly Touchpoint[]): ReadonlySet<Touchpoint> =>
  new Set(Object.keys(firstWording).flatMap((type) => touchpoints.find((touchpoint) => touchpoint.type === type) ?? []));

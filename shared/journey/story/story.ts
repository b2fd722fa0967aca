/**
 * The journey as chapters that a person reads. Each touchpoint stands behind exactly one sentence: told by itself, or counted in a sum; no
 * sentence stands there without one. The story is bounded: twelve months, five years and what was before, each in at most twenty-two sentences.
 */
import type { Instant, OrderId } from '../../values.ts';
import type { Language } from '../message-wording.ts';
import type { Touchpoint } from '../touchpoint.ts';
import { cutIntoChapters, titleOf, type ChapterKey } from './chapters.ts';
import type { StoryFacts } from './story-facts.ts';
import { sumUp } from './sum-up.ts';
import { casesOf, firstsOf, tellCase, tellOne, tellTogether, type Telling } from './told.ts';

export interface Sentence {
  readonly text: string;
  readonly kind: 'told' | 'summed';
  /** Of the first of its touchpoints. */
  readonly at: Instant;
  /** Ids of all touchpoints that it stands for; never empty. */
  readonly evidence: readonly string[];
}
export interface Chapter {
  readonly key: ChapterKey;
  readonly title: string;
  readonly from: Instant;
  readonly to: Instant;
  /** What is told in the order of its time, then the sums. */
  readonly sentences: readonly Sentence[];
}

const TOLD_MAX = 8;
const TOLD_AT_THE_BEGINNING_MAX = 12;

const byTime = (a: { readonly at: Instant }, b: { readonly at: Instant }): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

/** @param touchpoints in any order; one that comes twice counts once */
export function storyOf(touchpoints: readonly Touchpoint[], facts: StoryFacts, language: Language, now: Instant): Chapter[] {
  const ordered = [...new Map(touchpoints.map((touchpoint) => [touchpoint.touchpointId, touchpoint])).values()].sort(
    (a, b) => byTime(a, b) || (a.touchpointId < b.touchpointId ? -1 : 1),
  );
  const firsts = firstsOf(ordered);
  return [...cutIntoChapters(ordered, facts.timeZone, now)]
    .sort(([, [a]], [, [b]]) => (a === undefined || b === undefined ? 0 : byTime(a, b)))
    .map(([key, within]) => chapterOf(key, within, { firsts, facts, language }));
}

export interface Teller {
  readonly firsts: ReadonlySet<Touchpoint>;
  readonly facts: StoryFacts;
  readonly language: Language;
}

const toldIn = (key: ChapterKey, within: readonly Touchpoint[], teller: Teller): Telling[] =>
  heaviest(tellings(within, teller), key === 'beginning' ? TOLD_AT_THE_BEGINNING_MAX : TOLD_MAX);

/** Those that a chapter tells of one by one, and so by their names. */
export const ordersToldOf = (key: ChapterKey, within: readonly Touchpoint[], teller: Teller): OrderId[] => [
  ...new Set(toldIn(key, within, teller).flatMap(({ of }) => of.flatMap(({ orderId }) => orderId ?? []))),
];

/** @param within all that belongs to it, in the order of its own time; at least one */
export function chapterOf(key: ChapterKey, within: readonly Touchpoint[], { firsts, facts, language }: Teller): Chapter {
  const told = toldIn(key, within, { firsts, facts, language });
  const spoken = new Set(told.flatMap(({ of }) => of));
  const rest = within.filter((touchpoint) => !spoken.has(touchpoint));
  const sentences = [...told.map((telling) => sentenceOf('told', telling)), ...sumUp(rest, facts, language).map((summed) => sentenceOf('summed', summed))];
  const moments = within.map(({ at }) => at).sort();
  const [from, to] = [moments[0], moments.at(-1)];
  if (from === undefined || to === undefined) throw new Error('expected a chapter with touchpoints');
  return { key, title: titleOf(key, within, facts, language), from, to, sentences };
}

function tellings(within: readonly Touchpoint[], { firsts, facts, language }: Teller): Telling[] {
  const ofCases = [...casesOf(within).values()].flatMap((of) => tellCase(of, facts, language) ?? []);
  const inCases = new Set(ofCases.flatMap(({ of }) => of));
  const single = within.filter((touchpoint) => !inCases.has(touchpoint)).flatMap((one) => tellOne(one, firsts, facts, language) ?? []);
  return tellTogether([...ofCases, ...single], facts, language);
}

const heaviest = (all: readonly Telling[], most: number): Telling[] =>
  [...all]
    .sort((a, b) => b.weight - a.weight || byTime(a, b))
    .slice(0, most)
    .sort(byTime);

function sentenceOf(kind: Sentence['kind'], { text, of }: { readonly text: string; readonly of: readonly Touchpoint[] }): Sentence {
  const [first] = of;
  if (first === undefined) throw new Error('expected a sentence with touchpoints');
  return { text, kind, at: first.at, evidence: of.map(({ touchpointId }) => touchpointId) };
}

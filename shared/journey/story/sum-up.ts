/** A stretch of time in a few sentences: each touchpoint counts in exactly one of them. */
import type { Touchpoint } from '../touchpoint.ts';
import type { Language } from '../message-wording.ts';
import { channelSchema } from '../words.ts';
import { capitalised, euros, listed, numberWord, times } from './number-words.ts';
import { quoted, type StoryFacts } from './story-facts.ts';
import { stepWording } from './step-wording.ts';
import { elsewhere, filled, topicNames, topics, type Clause, type Counted, type TopicName } from './sum-wording.ts';

export interface Summed {
  readonly text: string;
  readonly of: readonly Touchpoint[];
}

const topicOf: ReadonlyMap<string, TopicName> = new Map(
  topicNames.flatMap((name) => [...topics[name].clauses.flatMap(({ types }) => types), ...topics[name].steps].map((type) => [type, name] as const)),
);
/** Whether the story has words for touchpoints of this type; all others are told by where they happened. */
export const hasWords = (type: string): boolean => topicOf.has(type);

/** What a tracker says of every call, and what the sentence of its channel says already: they name nothing. */
const NAMELESS: ReadonlySet<string> = new Set([
  ...['track', 'page', 'screen', 'identify', 'group', 'alias'],
  ...['device.door-opened', 'device.watched', 'call.received', 'call.made', 'Support Called', 'Store Visited'],
]);
const NAMES_SAID = 3;

function mostly(of: readonly Touchpoint[], nameOf: (touchpoint: Touchpoint) => string | undefined, language: Language): string {
  const counts = new Map<string, number>();
  for (const touchpoint of of) {
    const name = nameOf(touchpoint);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1)).map(([name]) => name);
  if (names.length === 0) return '';
  if (names.length <= NAMES_SAID) return ` (${listed(names, language)})`;
  return language === 'de' ? ` (vor allem ${listed(names.slice(0, 2), language)})` : ` (mostly ${listed(names.slice(0, 2), language)})`;
}

function countedOf(of: readonly Touchpoint[], named: string, language: Language): Counted {
  // An order that came in parts says its whole sum with the last of them.
  const minor = of.reduce((sum, { type, value }) => sum + (type === 'order.delivered' ? (value?.amountMinor ?? 0) : 0), 0);
  const count = of.length;
  return {
    times: times(count, language),
    count,
    number: numberWord(count, language),
    money: minor === 0 ? '' : `${language === 'de' ? ', für' : ', for'} ${euros(minor, language)}`,
    mostly: named,
  };
}

const isOf = ({ types, initiator }: Clause, touchpoint: Touchpoint): boolean =>
  types.includes(touchpoint.type) && (initiator === undefined || touchpoint.initiator === initiator);

const sentence = (clauses: readonly string[]): string => `${capitalised(clauses.join('; '))}.`;

function topicSentence(name: TopicName, of: readonly Touchpoint[], facts: StoryFacts, language: Language): Summed {
  const supplyName = ({ supplyId }: Touchpoint) => (supplyId === undefined ? undefined : facts.supplies[supplyId]);
  const clauses = topics[name].clauses.flatMap((clause) => {
    const found = of.filter((touchpoint) => isOf(clause, touchpoint));
    return found.length === 0 ? [] : [filled(clause[language], countedOf(found, mostly(found, supplyName, language), language))];
  });
  return { text: sentence(clauses.length > 0 ? clauses : [filled(topics[name].otherwise[language], countedOf(of, '', language))]), of };
}

/** By where they happened, all in one sentence; a channel that is not ours cannot be here. */
function elsewhereSentence(of: readonly Touchpoint[], language: Language): Summed[] {
  if (of.length === 0) return [];
  const nameOf = ({ type }: Touchpoint) => (NAMELESS.has(type) ? undefined : quoted(type, language));
  const clauses = channelSchema.options.flatMap((channel) => {
    const found = of.filter((touchpoint) => touchpoint.channel === channel);
    return found.length === 0 ? [] : [filled(elsewhere[channel][language], countedOf(found, mostly(found, nameOf, language), language))];
  });
  return [{ text: sentence(clauses), of }];
}

/** At most one sentence for each topic and one for everything else. */
export function sumUp(touchpoints: readonly Touchpoint[], facts: StoryFacts, language: Language): Summed[] {
  const byTopic = new Map<TopicName, Touchpoint[]>();
  const others: Touchpoint[] = [];
  for (const touchpoint of touchpoints) {
    const topic = topicOf.get(touchpoint.type);
    const known = topic === undefined ? others : byTopic.get(topic);
    if (known !== undefined) known.push(touchpoint);
    else if (topic !== undefined) byTopic.set(topic, [touchpoint]);
  }
  return [
    ...topicNames.flatMap((name) => {
      const of = byTopic.get(name);
      return of === undefined ? [] : [topicSentence(name, of, facts, language)];
    }),
    ...elsewhereSentence(others, language),
  ];
}

/** One touchpoint in a few words, for lists that say when beside it. */
export function lineOf(touchpoint: Touchpoint, facts: StoryFacts, language: Language): string {
  const step = stepWording[touchpoint.type];
  if (step !== undefined) return step[language];
  const [summed] = sumUp([touchpoint], facts, language);
  const once = times(1, language);
  const text = (summed?.text ?? touchpoint.type).replace(/\.$/, '');
  // In a list everything happened once; German needs a word before its verb.
  return text.startsWith(capitalised(once))
    ? capitalised(
        text
          .slice(once.length)
          .trim()
          .replace(/^/, language === 'de' ? 'da ' : ''),
      )
    : text.replace(` ${once}`, '');
}

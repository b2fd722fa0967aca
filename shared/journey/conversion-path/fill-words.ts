/** A content's words with what is known filled in: `{item|your supply}` becomes the item's name, or what stands behind the bar where it is unknown. */
import type { Wish } from '../outreach/wish.ts';
import type { Content } from './path.ts';

/** By language where the words differ. */
export interface WordFacts {
  readonly household?: string;
  readonly item?: string;
  readonly goods?: string;
  readonly shop?: string;
  readonly total?: { readonly de: string; readonly en: string };
}
export const wordFacts = ['household', 'item', 'goods', 'shop', 'total'] as const;

const PLACE = /\{(household|item|goods|shop|total)(?:\|([^{}]{0,60}))?\}/g;

function fill(text: string, facts: WordFacts, language: 'de' | 'en'): string {
  return text.replaceAll(PLACE, (_, name: (typeof wordFacts)[number], otherwise: string | undefined) => {
    const known = name === 'total' ? facts.total?.[language] : facts[name];
    return known === undefined || known === '' ? (otherwise ?? '') : known;
  });
}

export function fillWords({ de, en, reason }: Content, facts: WordFacts): Pick<Wish, 'words' | 'reason'> {
  const said = (words: Content['de'], language: 'de' | 'en') => ({
    title: fill(words.title, facts, language).slice(0, 120),
    text: fill(words.text, facts, language).slice(0, 300),
  });
  return {
    words: { de: said(de, 'de'), en: said(en, 'en') },
    reason: { de: fill(reason.de, facts, 'de').slice(0, 200), en: fill(reason.en, facts, 'en').slice(0, 200) },
  };
}

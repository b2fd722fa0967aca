/** What a mandate is for, and where, in words. */
import type { Language } from '../../shared/order/order-button.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

const hasOwn = <Known extends object>(known: Known, key: PropertyKey): key is keyof Known => Object.hasOwn(known, key);

/** A kind of goods as the household calls it; those that everybody has are translated. */
export function useCategoryName(): (category: string) => string {
  const { categories } = useWords(words);
  return (category) => (hasOwn(categories, category) ? categories[category] : category);
}

const LOCALES: Record<Language, string> = { de: 'de-DE', en: 'en-GB' };

/** "milk, butter and bread" */
export const listed = (names: readonly string[]): string => new Intl.ListFormat(LOCALES[language.value], { type: 'conjunction' }).format(names);
/** "at Frischhof or Morgenkorb": one of them at a time. */
export const either = (names: readonly string[]): string => new Intl.ListFormat(LOCALES[language.value], { type: 'disjunction' }).format(names);

export interface Named {
  readonly retailerId: string;
  readonly name: string;
}
export const nameOf = (shops: readonly Named[], retailerId: string): string => shops.find((shop) => shop.retailerId === retailerId)?.name ?? retailerId;

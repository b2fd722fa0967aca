/** What a mandate is for, and where, in words. */
import type { Language } from '../../shared/order/order-button.ts';
import { useResource } from '../api/client.ts';
import { useHousehold } from '../household.tsx';
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

/** Products by the names that shops give them; those that nobody sells any more by their number, and how many they are until the names are here. */
export function useProductNames(isWanted: boolean): (gtins: readonly string[]) => string[] {
  const { householdId } = useHousehold();
  const t = useWords(words);
  const { data } = useResource('readMandateChoices', isWanted ? { params: { householdId } } : undefined);
  const names = new Map<string, string>(data?.items.flatMap(({ name, products }) => products.map(({ gtin, title }) => [gtin, title ?? name] as const)));
  if (data === undefined) return (gtins) => (gtins.length === 0 ? [] : [t.products(gtins.length)]);
  return (gtins) => [...new Set(gtins.map((gtin) => names.get(gtin) ?? gtin))];
}

/** More than these make no name any more. */
const NAMED_MAX = 3;

/** What a mandate is called: what it may buy. */
export function useMandateName(
  isWanted: boolean,
): (mandate: { readonly gtins: readonly string[]; readonly categories?: readonly string[] | undefined }) => string {
  const t = useWords(words);
  const categoryName = useCategoryName();
  const productNames = useProductNames(isWanted);
  return ({ gtins, categories = [] }) => {
    const single = productNames(gtins);
    return listed([...categories.map(categoryName), ...(single.length > NAMED_MAX ? [t.products(single.length)] : single)]);
  };
}

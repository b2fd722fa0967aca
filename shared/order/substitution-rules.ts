/**
 * What a household has ruled beforehand about what may come instead, for one of its items. A rule that says no holds at once and for everybody; a
 * rule that says yes was set by a person for products that the household itself has chosen. What neither forbid nor allow goes to a person.
 */
import type { LineItem, Quote, Substitute } from '../event-parts.ts';
import type { Gtin } from '../values.ts';
import type { DearerAtMost } from './substitution-limits.ts';
import { dearerByMinor, lineIndexOf, replacedMinor, type Asked, type SubstituteRule } from './substitution.ts';
import { unitPrice } from './unit-price.ts';

export interface SubstitutionRules {
  readonly substitute?: SubstituteRule | undefined;
  /** Of the whole household; nobody overrides it. */
  readonly dietNever?: readonly string[] | undefined;
  /** What is known to be in it besides what the shop says with its question. */
  readonly contains?: readonly string[] | undefined;
  readonly neverBrands?: readonly string[] | undefined;
  readonly dearerAtMost?: DearerAtMost | undefined;
  /** One of the item's own products may come without a question. */
  readonly ownProductsAlone?: boolean | undefined;
  readonly products?: readonly Gtin[] | undefined;
}

/** What the whole household has said, where it is asked: its diet for everybody, the rest for items that say nothing of their own. */
interface HouseRules {
  readonly avoid?: readonly string[] | undefined;
  readonly preferences?: Pick<SubstitutionRules, 'neverBrands' | 'dearerAtMost'> | undefined;
}
interface ItemRules {
  readonly settings: Pick<SubstitutionRules, 'substitute' | 'neverBrands' | 'dearerAtMost' | 'ownProductsAlone'>;
  readonly products: readonly { readonly gtin: Gtin }[];
}

/** @param item absent: it is looked after no longer, and the household's own rules are left */
export function rulesFor({ avoid, preferences }: HouseRules, item: ItemRules | undefined): SubstitutionRules {
  const { substitute, neverBrands, dearerAtMost, ownProductsAlone } = item?.settings ?? {};
  return {
    dietNever: avoid,
    neverBrands: neverBrands ?? preferences?.neverBrands,
    dearerAtMost: dearerAtMost ?? preferences?.dearerAtMost,
    ...(item !== undefined && { substitute, ownProductsAlone, products: item.products.map(({ gtin }) => gtin) }),
  };
}

/** What the shop asks, with what a rule has to know of the order. */
export interface Judged {
  readonly question: Pick<Asked, 'gtin' | 'replaces' | 'offered' | 'quantity'>;
  readonly quote: Quote;
  readonly boughtBy: 'person' | 'mandate';
}

/** The shortest company prefix that GS1 gives out has 7 digits of the GTIN-13 (GS1 General Specifications §1.4): who shares it may be the same maker. */
const COMPANY_DIGITS = 7;
/** GTINs of 8, 12 and 13 digits are GTINs of 14 with noughts before them; the first of 13 is the packaging's. */
const asGtin13 = (gtin: string): string => gtin.padStart(14, '0').slice(1);
const companyOf = (gtin: string): string => asGtin13(gtin).slice(0, COMPANY_DIGITS);

/** Shops write a tag with or without the word before it. */
const plainTag = (tag: string): string => tag.replace(/^contains-/, '');

/** Whether it holds something that nobody here eats or drinks. */
export const breaksDiet = (tags: readonly string[], { dietNever = [], contains = [] }: Pick<SubstitutionRules, 'dietNever' | 'contains'>): boolean =>
  [...tags, ...contains].some((tag) => dietNever.includes(plainTag(tag)));

const words = (text: string): string =>
  ` ${text
    .toLocaleLowerCase('de')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

function isOfBrand({ gtin, title, brand }: Pick<Substitute, 'gtin' | 'title' | 'brand'>, never: string): boolean {
  if (/^\d{7,12}$/.test(never)) return asGtin13(gtin).startsWith(never);
  return words(`${title} ${brand ?? ''}`).includes(words(never));
}

/** The rule that says no, or undefined. */
export function ruledOut(
  { gtin, offered }: { readonly gtin: string; readonly offered: Pick<Substitute, 'gtin' | 'tags'> & Partial<Pick<Substitute, 'title' | 'brand'>> },
  rules: SubstitutionRules,
): 'never' | 'another-brand' | 'brand-never' | 'diet' | undefined {
  if (rules.substitute === 'never') return 'never';
  if (breaksDiet(offered.tags, rules)) return 'diet';
  if (rules.neverBrands?.some((never) => isOfBrand({ title: '', ...offered }, never))) return 'brand-never';
  return rules.substitute === 'same-brand' && companyOf(gtin) !== companyOf(offered.gtin) ? 'another-brand' : undefined;
}

/** What the household's rules answer at once; `ask` leaves it to a person. */
export function judgedByRules(judged: Judged, rules: SubstitutionRules): 'yes' | 'no' | 'ask' {
  const { question, quote, boughtBy } = judged;
  if (ruledOut(question, rules) !== undefined || isTooDear(judged, rules)) return 'no';
  if (rules.ownProductsAlone !== true || rules.products?.includes(question.offered.gtin) !== true) return 'ask';
  const dearer = dearerByMinor(quote, question);
  // A mandate has limits of its own, and nobody has seen the price: whatever costs more goes to a person.
  if (dearer > 0 && (boughtBy === 'mandate' || rules.dearerAtMost === undefined)) return 'ask';
  return isDearerByUnit(judged, rules) ? 'ask' : 'yes';
}

function isTooDear({ question, quote }: Judged, { dearerAtMost }: SubstitutionRules): boolean {
  if (dearerAtMost === undefined) return false;
  const dearer = dearerByMinor(quote, question);
  const { percent, minor } = dearerAtMost;
  return dearer > 0 && (dearer > (minor ?? Infinity) || dearer * 100 > (percent ?? Infinity) * replacedMinor(quote, question));
}

/** Less of it for the same money is dearer too (PAngV §4): by the price of a litre, a kilogram or a piece. */
function isDearerByUnit({ question, quote }: Judged, { dearerAtMost }: SubstitutionRules): boolean {
  const { gtin, offered } = question;
  const line: LineItem | undefined = quote.lineItems[lineIndexOf(quote, gtin) ?? -1];
  if (line === undefined) return true;
  const before = unitPrice(line.unitPrice, line.pack).amountMinor;
  const now = unitPrice(offered.unitPrice, offered.pack).amountMinor;
  return now * 100 > before * (100 + percentAllowed(question, quote, dearerAtMost));
}

/** Where only cents are named, what they come to of what is replaced. */
function percentAllowed(question: Judged['question'], quote: Quote, { percent, minor }: DearerAtMost = {}): number {
  if (percent !== undefined) return percent;
  const replaced = replacedMinor(quote, question);
  return minor === undefined || replaced === 0 ? 0 : (100 * minor) / replaced;
}

/**
 * What a shop is told beforehand about what may come instead of a line, so that it need not ask in vain. Nothing of what nobody here eats, and of no brand that nobody
 * wants: that is told by the answer to a question, and only where one is asked.
 */
import { z } from 'zod';
import type { LineItem, Quote } from '../event-parts.ts';
import { ruledOut, type SubstitutionRules } from '../order/substitution-rules.ts';
import { gtinSchema, moneySchema } from '../values.ts';

const minor = moneySchema.shape.amountMinor;
/** As many products as a supply has, less the one that is ordered. */
const GTINS_MAX = 7;

const mayBeAsked = {
  /** Cents of the whole line above which the answer is no; absent: no such limit. */
  askUpToMinor: minor.optional(),
  /** Only a product of the same maker. */
  sameMaker: z.literal(true).optional(),
};
/** Of one line. Absent: nothing else may come, and no question about it is of use. */
export const substitutionToldSchema = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('ask'), ...mayBeAsked }),
  /** These may come, and are agreed to as soon as the shop says so; about others it may ask. */
  z.strictObject({
    rule: z.literal('allowed'),
    gtins: z.array(gtinSchema).min(1).max(GTINS_MAX),
    /** Cents that they may cost more than the whole line; by the litre, kilogram or piece the share of it. */
    dearerAtMostMinor: minor,
    ...mayBeAsked,
  }),
]);
export type SubstitutionTold = z.infer<typeof substitutionToldSchema>;

interface Bought {
  readonly quote: Quote;
  readonly boughtBy: 'person' | 'mandate';
  /** What the shop itself has published to be in a product, by its GTIN. */
  readonly contains: Readonly<Record<string, readonly string[]>>;
}

/** The rules decide again when the shop names something: this only spares questions. Undefined: nothing else may come. */
export function substitutionTold(line: LineItem, rules: SubstitutionRules, { quote, boughtBy, contains }: Bought): SubstitutionTold | undefined {
  if (rules.substitute === 'never') return undefined;
  const askUpToMinor = limitOf(line, rules);
  const asking = { ...(askUpToMinor !== undefined && { askUpToMinor }), ...(rules.substitute === 'same-brand' && { sameMaker: true as const }) };
  const gtins = rules.ownProductsAlone === true ? (rules.products ?? []).filter((gtin) => isWelcome(gtin)).slice(0, GTINS_MAX) : [];
  // What a mandate buys may cost no more than what was seen; without a limit of its own nor may what a person buys.
  const dearerAtMostMinor = boughtBy === 'mandate' ? 0 : (askUpToMinor ?? 0);
  return gtins.length === 0 ? { rule: 'ask', ...asking } : { rule: 'allowed', gtins, dearerAtMostMinor, ...asking };

  function isWelcome(gtin: LineItem['gtin']): boolean {
    const isOrdered = quote.lineItems.some((other) => other.gtin === gtin);
    return !isOrdered && ruledOut({ gtin: line.gtin, offered: { gtin, tags: [...(contains[gtin] ?? [])] } }, rules) === undefined;
  }
}

function limitOf({ lineTotal }: LineItem, { dearerAtMost }: SubstitutionRules): number | undefined {
  if (dearerAtMost === undefined) return undefined;
  const { percent, minor: cents } = dearerAtMost;
  const limits = [...(cents === undefined ? [] : [cents]), ...(percent === undefined ? [] : [Math.floor((lineTotal.amountMinor * percent) / 100)])];
  return Math.min(...limits);
}

/** Where a message would become too long: the shop asks, and the rules answer. */
export const inShort = (told: SubstitutionTold | undefined): SubstitutionTold | undefined => told && { rule: 'ask' };

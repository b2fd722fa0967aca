/** A standing permission to buy: what a person granted, with every limit that bounds it, and whether a quote keeps inside. */
import { z } from 'zod';
import { categorySchema, mandateEndSchema, type Quote, type RuleResult } from '../../event-parts.ts';
import type { EventOf } from '../../events.ts';
import {
  duration,
  durationBetween,
  gtinSchema,
  householdIdSchema,
  ignored,
  instantSchema,
  localMonth,
  mandateIdSchema,
  memberIdSchema,
  millisOf,
  moneySchema,
  orderIdSchema,
  rejected,
  retailerIdSchema,
  type Instant,
  type MandateId,
  type MemberId,
  type Outcome,
} from '../../values.ts';
import { itemRules, type ItemJudged } from '../item-rules.ts';
import { inEuros } from '../quote.ts';
import { notStopped, stopsSchema } from './stop.ts';
import { termsHash } from '../terms-hash.ts';
import { languageSchema, wordingVersionSchema } from '../wording.ts';

/** A year and a month: whoever wants to go on grants a new one, on a page that shows it again. */
export const MANDATE_LASTS_MAX = duration(396, 'days');
export const WEEK = duration(7, 'days');

export const mandateTermsSchema = z.strictObject({
  /** Products by number; may be empty where categories are named. */
  gtins: z.array(gtinSchema).max(200),
  /** Product lines as the household calls them: whatever product of such a line is bought. */
  categories: z.array(categorySchema).min(1).max(40).optional(),
  retailers: z.array(retailerIdSchema).min(1).max(20),
  perOrderMax: moneySchema,
  /** Per calendar month of the household's time zone. */
  perMonthMax: moneySchema,
  /** In any seven days. */
  ordersPerWeekMax: z.int().min(1).max(50),
  validFrom: instantSchema,
  endsAt: instantSchema,
});
export type MandateTerms = z.infer<typeof mandateTermsSchema>;

/** A mandate for nothing in particular would be one for anything. */
export const namesSomething = ({ gtins, categories }: Pick<MandateTerms, 'gtins' | 'categories'>): boolean =>
  gtins.length > 0 || (categories !== undefined && categories.length > 0);

/** What proves the permission (BGB §312j (3), CJEU C-400/22): which words, when, who, and the digest of the terms shown. */
export const mandateEvidenceSchema = z.strictObject({
  wordingVersion: wordingVersionSchema,
  language: languageSchema,
  grantedAt: instantSchema,
  memberId: memberIdSchema,
  termsHash: z.string().regex(/^[0-9a-f]{64}$/),
});

export const mandateSchema = z.strictObject({
  mandateId: mandateIdSchema,
  householdId: householdIdSchema,
  grantedBy: memberIdSchema,
  ...mandateTermsSchema.shape,
  state: z.enum(['active', 'paused', 'ended']),
  evidence: mandateEvidenceSchema,
  /** When and by whom it was ended; absent while it lives, and in mandates that ended before this was kept. */
  ending: z.strictObject({ at: instantSchema, memberId: memberIdSchema, because: mandateEndSchema }).optional(),
});
export type Mandate = z.infer<typeof mandateSchema>;
export type MandateGrant = Omit<Mandate, 'state' | 'ending'>;

/** What has been spent and what is on its way to be, as far as limits ask for it. */
export const spendViewSchema = z.strictObject({
  open: z.record(
    orderIdSchema,
    z.strictObject({ mandateId: mandateIdSchema, amount: moneySchema, month: z.string().regex(/^\d{4}-\d\d$/), reservedAt: instantSchema }),
  ),
  settled: z.record(mandateIdSchema, z.record(z.string().regex(/^\d{4}-\d\d$/), moneySchema)),
  recentApprovals: z.record(mandateIdSchema, z.array(instantSchema).max(200)),
  /** Absent in records of decisions from before there were stops: no such rule was applied to them. */
  stops: stopsSchema.optional(),
});
export type SpendView = z.infer<typeof spendViewSchema>;

/** The digest of the terms as shown, 64 hex digits: all limits and nothing else. */
export const mandateTermsHash = (terms: MandateTerms): string => termsHash(terms);

type MandateOutcome = Outcome<Mandate, EventOf<'mandate'>>;

export function grantMandate(grant: MandateGrant): MandateOutcome {
  const { mandateId, householdId, grantedBy: memberId, endsAt, validFrom, evidence } = grant;
  if (evidence.memberId !== memberId) return rejected('evidence-of-another-person');
  if (!namesSomething(grant)) return rejected('names-nothing');
  if (evidence.termsHash !== mandateTermsHash(grant)) return rejected('terms-changed');
  if (endsAt <= validFrom || endsAt <= evidence.grantedAt) return rejected('ends-before-it-begins');
  if (durationBetween(validFrom, endsAt) > MANDATE_LASTS_MAX) return rejected('lasts-too-long');
  return {
    kind: 'changed',
    state: { ...grant, state: 'active' },
    events: [{ type: 'mandate.granted', data: { householdId, mandateId, memberId, endsAt } }],
  };
}

export function pauseMandate(mandate: Mandate, memberId: MemberId): MandateOutcome {
  if (mandate.state === 'ended') return rejected('already-ended');
  if (mandate.state === 'paused') return ignored('already-paused');
  const { householdId, mandateId } = mandate;
  return { kind: 'changed', state: { ...mandate, state: 'paused' }, events: [{ type: 'mandate.paused', data: { householdId, mandateId, memberId } }] };
}

export function resumeMandate(mandate: Mandate, memberId: MemberId): MandateOutcome {
  if (mandate.state === 'ended') return rejected('already-ended');
  if (mandate.state === 'active') return ignored('already-active');
  const { householdId, mandateId } = mandate;
  return { kind: 'changed', state: { ...mandate, state: 'active' }, events: [{ type: 'mandate.resumed', data: { householdId, mandateId, memberId } }] };
}

/** Final: whoever wants to go on grants a new one. @param ending.memberId who ended it, or who left */
export function endMandate(mandate: Mandate, ending: NonNullable<Mandate['ending']>): MandateOutcome {
  if (mandate.state === 'ended') return ignored('already-ended');
  const { householdId, mandateId } = mandate;
  const { memberId, because } = ending;
  return {
    kind: 'changed',
    state: { ...mandate, state: 'ended', ending },
    events: [{ type: 'mandate.ended', data: { householdId, mandateId, memberId, because } }],
  };
}

/** Cents spent or reserved under a mandate in a calendar month `YYYY-MM`. */
export function spentMinor(spend: SpendView, mandateId: MandateId, month: string): number {
  const open = Object.values(spend.open).filter((entry) => entry.mandateId === mandateId && entry.month === month);
  return open.reduce((sum, { amount }) => sum + amount.amountMinor, spend.settled[mandateId]?.[month]?.amountMinor ?? 0);
}

/** How many orders a mandate has approved in the seven days up to now. */
export const approvalsInWeek = (spend: SpendView, mandateId: MandateId, now: Instant): number =>
  (spend.recentApprovals[mandateId] ?? []).filter((at) => millisOf(at) > millisOf(now) - WEEK).length;

/** Whether a line's product, or the category that it was proposed with, is named. */
export const namesLine = ({ gtins, categories }: Pick<MandateTerms, 'gtins' | 'categories'>, { gtin, category }: Quote['lineItems'][number]): boolean =>
  gtins.includes(gtin) || (category !== undefined && categories !== undefined && categories.includes(category));

export interface Coverage {
  readonly covered: boolean;
  readonly rules: readonly RuleResult[];
}

/**
 * Whether one mandate covers a whole quote. Every rule is evaluated and told, passed or not, with what it compared.
 * @param spend without the order in question; its quote is added here.
 * @param items what the record keeps of the order's items; without them nothing is asked about sensors and earned trust
 */
export function coverage(mandate: Mandate, spend: SpendView, quote: Quote, now: Instant, timeZone: string, items: readonly ItemJudged[] = []): Coverage {
  const month = localMonth(now, timeZone);
  const spent = spentMinor(spend, mandate.mandateId, month);
  const total = quote.total.amountMinor;
  const approvals = approvalsInWeek(spend, mandate.mandateId, now);
  const foreign = quote.lineItems.filter((line) => !namesLine(mandate, line));
  const rules: RuleResult[] = [
    rule('active', mandate.state === 'active', 'the mandate is active', `it is ${mandate.state}`),
    rule('started', now >= mandate.validFrom, `not before ${mandate.validFrom}`, now),
    rule('not-ended', now < mandate.endsAt, `before ${mandate.endsAt}`, now),
    rule('retailer-allowed', mandate.retailers.includes(quote.retailerId), `one of ${mandate.retailers.join(', ')}`, quote.retailerId),
    rule(
      'every-line-product-allowed',
      foreign.length === 0,
      mandate.categories === undefined
        ? `only the ${mandate.gtins.length} products of the mandate`
        : `only ${[...mandate.categories, ...(mandate.gtins.length > 0 ? [`${mandate.gtins.length} products`] : [])].join(', ')}`,
      foreign.length === 0 ? `all ${quote.lineItems.length} lines are` : `not in it: ${foreign.map(({ gtin }) => gtin).join(', ')}`,
    ),
    rule('per-order-cap', total <= mandate.perOrderMax.amountMinor, `at most ${inEuros(mandate.perOrderMax)} per order`, inEuros(quote.total)),
    rule(
      'per-month-cap',
      spent + total <= mandate.perMonthMax.amountMinor,
      `at most ${inEuros(mandate.perMonthMax)} in ${month}`,
      `${inEuros({ ...quote.total, amountMinor: spent })} spent or reserved, ${inEuros(quote.total)} more`,
    ),
    rule('frequency', approvals < mandate.ordersPerWeekMax, `at most ${mandate.ordersPerWeekMax} orders in seven days`, `${approvals} already, 1 more`),
    rule('quote-valid', now < quote.validUntil, `before ${quote.validUntil}`, now),
    ...(spend.stops === undefined ? [] : [notStopped(spend.stops, quote)]),
    ...itemRules(mandate, quote.lineItems, items),
  ];
  return { covered: rules.every(({ passed }) => passed), rules };
}

const rule = (name: string, passed: boolean, expected: string, actual: string): RuleResult => ({
  rule: name,
  passed,
  expected: expected.slice(0, 200),
  actual: actual.slice(0, 200),
});

export interface MandateChoice {
  /** The mandate that covers the whole quote; without one the order asks. */
  readonly mandateId?: MandateId;
  readonly tried: readonly { readonly mandateId: MandateId; readonly rules: readonly RuleResult[] }[];
  /** What stood in the way at the mandate that came closest, for the person who is asked. */
  readonly rulesFailed: readonly RuleResult[];
}

/** Tries the mandates by id, without those that have ended; lines are never split over two of them. */
export function chooseMandate(
  mandates: readonly Mandate[],
  spend: SpendView,
  quote: Quote,
  now: Instant,
  timeZone: string,
  items: readonly ItemJudged[] = [],
): MandateChoice {
  const tried = mandates
    .filter(({ state }) => state !== 'ended')
    .sort((a, b) => (a.mandateId < b.mandateId ? -1 : 1))
    .map((mandate) => ({ mandateId: mandate.mandateId, ...coverage(mandate, spend, quote, now, timeZone, items) }));
  const results = tried.map(({ mandateId, rules }) => ({ mandateId, rules }));
  const covering = tried.find(({ covered }) => covered);
  if (covering) return { mandateId: covering.mandateId, tried: results, rulesFailed: [] };
  const failures = tried.map(({ rules }) => rules.filter(({ passed }) => !passed)).sort((a, b) => a.length - b.length);
  return { tried: results, rulesFailed: failures[0] ?? [rule('mandate-exists', false, 'a mandate for this order', 'the household has granted none')] };
}

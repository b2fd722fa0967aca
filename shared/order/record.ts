/**
 * The decision record that every order keeps: what was known, which rules were applied and who said yes. Enough to compute the
 * decision again bit for bit, and to tell it to the person who asks why.
 */
import { z } from 'zod';
import { canonicalJson } from '../digest.ts';
import {
  approverSchema,
  quoteSchema,
  ruleResultSchema,
  waitingSchema,
  type Approver,
  type Quote,
  type QuotePerk,
  type RuleResult,
  type Waiting,
} from '../event-parts.ts';
import { offerSchema, termsSchema } from '../retailer/offer.ts';
import { PERKS_MAX, perkSchema } from '../retailer/perk.ts';
import { judgedInWords } from '../supply/judged-in-words.ts';
import { recomputeSnapshot, supplySnapshotSchema } from '../supply/snapshot.ts';
import {
  changeIdSchema,
  instantSchema,
  mandateIdSchema,
  memberIdSchema,
  needIdSchema,
  retailerIdSchema,
  supplyIdSchema,
  timeZoneSchema,
  type Instant,
  type NeedId,
  type SupplyId,
} from '../values.ts';
import { chooseMandate, mandateSchema, spendViewSchema, type MandateChoice } from './mandate/mandate.ts';
import { CHANGES_MAX, type Order, type OrderStatus } from './order-state.ts';
import { besideNeedInWords, cheapestQuote, inEuros, quoteFor, quotePerRetailer, wantedSchema, type Wanted } from './quote.ts';
import { MANDATES_MAX, type Spend } from './mandate/spend.ts';
import { isOrderButtonText } from './order-button.ts';
import { languageSchema, wordingVersionSchema } from './wording.ts';

const consideredSchema = z.strictObject({
  retailerId: retailerIdSchema,
  terms: termsSchema,
  offers: z.array(offerSchema).max(500),
  /** Those that were open to the household, its own tier among them. */
  perks: z
    .array(perkSchema)
    .max(2 * PERKS_MAX)
    .optional(),
});
export type Considered = z.infer<typeof consideredSchema>;

const proposalSchema = z.strictObject({
  at: instantSchema,
  needs: z.array(z.strictObject({ needId: needIdSchema, supplyId: supplyIdSchema, snapshot: supplySnapshotSchema })).max(50),
  wanted: z.array(wantedSchema).max(50),
  /** The shops that were compared, with those of their offers that could have served a need. */
  considered: z.array(consideredSchema).max(10),
  quoteHash: quoteSchema.shape.hash,
  waiting: waitingSchema.optional(),
});

const decisionSchema = z.strictObject({
  at: instantSchema,
  timeZone: timeZoneSchema,
  /** As they stood, without those that had ended. */
  mandates: z.array(mandateSchema).max(MANDATES_MAX),
  spend: spendViewSchema,
  tried: z.array(z.strictObject({ mandateId: mandateIdSchema, rules: z.array(ruleResultSchema).max(64) })).max(MANDATES_MAX),
  /** Needs that came along and that the mandate was judged without, because with them a person would have been asked. */
  without: z.array(needIdSchema).max(50).optional(),
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('covered'), mandateId: mandateIdSchema }),
    z.strictObject({ kind: z.literal('asked'), rulesFailed: z.array(ruleResultSchema).max(64) }),
  ]),
});

const changeSchema = z.strictObject({
  changeId: changeIdSchema,
  memberId: memberIdSchema,
  at: instantSchema,
  before: quoteSchema,
  wanted: z.array(wantedSchema).max(50),
  shop: consideredSchema,
  quoteHash: quoteSchema.shape.hash,
});
export type RecordedChange = z.infer<typeof changeSchema>;

/** What stood on the screen when a person said yes. */
export const approvalEvidenceSchema = z
  .strictObject({ wordingVersion: wordingVersionSchema, buttonText: z.string().max(80), language: languageSchema, quoteHash: quoteSchema.shape.hash })
  .refine(({ language, buttonText }) => isOrderButtonText(language, buttonText), { path: ['buttonText'], message: 'expected a text that the law allows' });
export type ApprovalEvidence = z.infer<typeof approvalEvidenceSchema>;

export const decisionRecordSchema = z.strictObject({
  proposal: proposalSchema,
  decision: decisionSchema.optional(),
  /** What people made of the quote while it waited, the newest last: with the quote before and all that the new one was made from. */
  changes: z.array(changeSchema).max(CHANGES_MAX).optional(),
  approval: z.strictObject({ by: approverSchema, at: instantSchema, evidence: approvalEvidenceSchema }).optional(),
  /** A person's no; what they wrote about it is told in no event. */
  refusal: z.strictObject({ memberId: memberIdSchema, at: instantSchema, reason: z.string().max(200), comment: z.string().max(200).optional() }).optional(),
});
export type DecisionRecord = z.infer<typeof decisionRecordSchema>;

/** Begins the record with the proposal. Of each shop only the offers of wanted products are kept: no other can enter the quote. */
export function recordProposal(proposal: {
  readonly at: Instant;
  /** Snapshots come from `shared/supply/snapshot.ts`; anything else throws a ZodError. */
  readonly needs: readonly { readonly needId: NeedId; readonly supplyId: SupplyId; readonly snapshot: unknown }[];
  readonly wanted: readonly Wanted[];
  readonly considered: readonly Considered[];
  readonly quote: Quote;
  readonly waiting?: Waiting | undefined;
}): DecisionRecord {
  const gtins = new Set(proposal.wanted.flatMap(({ products }) => products.map(({ gtin }) => gtin)));
  return {
    proposal: {
      at: proposal.at,
      needs: proposal.needs.map((need) => ({ ...need, snapshot: supplySnapshotSchema.parse(need.snapshot) })),
      wanted: [...proposal.wanted],
      considered: proposal.considered.map((shop) => ({ ...shop, offers: shop.offers.filter(({ gtin }) => gtins.has(gtin)) })),
      quoteHash: proposal.quote.hash,
      ...(proposal.waiting && { waiting: proposal.waiting }),
    },
  };
}

/** @param spend as it was when `choice` was made from it, before anything was reserved @param without what was left out of what was judged */
export function recordDecision(
  record: DecisionRecord,
  spend: Spend,
  choice: MandateChoice,
  at: Instant,
  timeZone: string,
  without?: readonly NeedId[],
): DecisionRecord {
  const { open, settled, recentApprovals, stops } = spend;
  return {
    ...record,
    decision: {
      at,
      timeZone,
      mandates: Object.values(spend.mandates).filter(({ state }) => state !== 'ended'),
      spend: { open, settled, recentApprovals, stops },
      ...(without && { without: [...without] }),
      tried: choice.tried.map(({ mandateId, rules }) => ({ mandateId, rules: [...rules] })),
      outcome: choice.mandateId ? { kind: 'covered', mandateId: choice.mandateId } : { kind: 'asked', rulesFailed: [...choice.rulesFailed] },
    },
  };
}

/** @param change its shop with all offers that were read: those of other products are left out, for they cannot have entered the quote */
export function recordChange(record: DecisionRecord, { wanted, shop, ...change }: RecordedChange): DecisionRecord {
  const gtins = new Set(wanted.flatMap(({ products }) => products.map(({ gtin }) => gtin)));
  const kept = { ...shop, offers: shop.offers.filter(({ gtin }) => gtins.has(gtin)) };
  return { ...record, changes: [...(record.changes ?? []), { ...change, wanted, shop: kept }] };
}

export const recordApproval = (record: DecisionRecord, by: Approver, at: Instant, evidence: ApprovalEvidence): DecisionRecord => ({
  ...record,
  approval: { by, at, evidence },
});

export interface Recomputed {
  readonly snapshotsEqual: boolean;
  readonly quoteEqual: boolean;
  readonly rulesEqual: boolean;
  readonly differences: readonly string[];
}

/** Computes the recorded decision again from the recorded inputs. Differences mean that the record or the code has changed since. */
export function recompute({ proposal, decision, changes = [], approval }: DecisionRecord): Recomputed {
  const quote = cheapestQuote(quotePerRetailer(proposal.considered, proposal.wanted, proposal.at));
  const quoteEqual = quote?.hash === proposal.quoteHash;
  const snapshots = proposal.needs
    .filter(({ snapshot }) => canonicalJson(recomputeSnapshot(snapshot)) !== canonicalJson(snapshot))
    .map(({ supplyId }) => `snapshot of ${supplyId}: computed otherwise than recorded`);
  const prices = quoteEqual ? [] : [`quote: recorded ${proposal.quoteHash}, computed ${quote?.hash ?? 'none'}`];
  const rules = decision ? differencesInRules(decision, judgedQuote(proposal, decision, quote), proposal.needs) : [];
  const requoted = changes.flatMap((change, index) => differencesInChange(change, changes[index - 1]?.quoteHash ?? proposal.quoteHash));
  const shownLast = changes.at(-1)?.quoteHash ?? proposal.quoteHash;
  const another = approval && approval.evidence.quoteHash !== shownLast ? [`approval: was given to the quote ${approval.evidence.quoteHash}`] : [];
  return {
    snapshotsEqual: snapshots.length === 0,
    quoteEqual: quoteEqual && requoted.length === 0,
    rulesEqual: rules.length === 0,
    differences: [...snapshots, ...prices, ...rules, ...requoted, ...another],
  };
}

/** What the rules were applied to. */
function judgedQuote({ considered, wanted, at }: DecisionRecord['proposal'], { without }: NonNullable<DecisionRecord['decision']>, quote: Quote | undefined) {
  if (without === undefined) return quote;
  const kept = wanted.filter(({ needId }) => !without.includes(needId));
  return cheapestQuote(quotePerRetailer(considered, kept, at));
}

function differencesInChange({ changeId, before, wanted, shop, at, quoteHash }: RecordedChange, shownBefore: string): string[] {
  const computed = quoteFor({ ...shop, wanted, now: at }).quote?.hash ?? 'none';
  return [
    ...(before.hash === shownBefore ? [] : [`change ${changeId}: was made to the quote ${before.hash}, while ${shownBefore} was shown`]),
    ...(computed === quoteHash ? [] : [`change ${changeId}: recorded ${quoteHash}, computed ${computed}`]),
  ];
}

function differencesInRules(
  { mandates, spend, at, timeZone, tried, outcome }: NonNullable<DecisionRecord['decision']>,
  quote: Quote | undefined,
  needs: DecisionRecord['proposal']['needs'],
): string[] {
  if (!quote) return ['rules: there is no quote to apply them to'];
  const choice = chooseMandate(mandates, spend, quote, at, timeZone, needs);
  const verdict = choice.mandateId ?? 'asked';
  const recorded = outcome.kind === 'covered' ? outcome.mandateId : 'asked';
  const differing = choice.tried.filter(({ rules }, index) => canonicalJson(rules) !== canonicalJson(tried[index]?.rules));
  return [
    ...(verdict === recorded ? [] : [`outcome: recorded ${recorded}, computed ${verdict}`]),
    ...(choice.tried.length === tried.length ? [] : [`mandates: recorded ${tried.length}, computed ${choice.tried.length}`]),
    ...differing.map(({ mandateId }) => `rules of ${mandateId}: computed otherwise than recorded`),
  ];
}

const STATUS_IN_WORDS: Record<OrderStatus, string> = {
  proposed: 'is proposed and not yet decided',
  'awaiting-approval': 'waits for a yes or a no',
  approved: 'is approved and about to be placed',
  placing: 'is on its way to the shop',
  placed: 'has reached the shop',
  accepted: 'was accepted by the shop',
  shipped: 'has been shipped',
  delivered: 'has been delivered',
  declined: 'was declined',
  expired: 'was not answered or not placed in time',
  withdrawn: 'was taken back before it was placed',
  rejected: 'was rejected by the shop',
  cancelled: 'was cancelled',
};

/** The whole decision in English sentences, one a line, for `npm run why` and for whoever supports a household. */
export function inWords(record: DecisionRecord, order: Order): string[] {
  const { proposal, decision, approval } = record;
  const quote = record.changes?.[0]?.before ?? order.quote;
  return [
    `On ${proposal.at} an order at ${quote.retailerId} was proposed for ${inEuros(quote.total)} (delivery ${inEuros(quote.deliveryFee)} of it), good until ${quote.validUntil}.`,
    ...quote.lineItems.map(
      (line) =>
        `${line.quantity} × ${line.title} (${line.gtin}) at ${inEuros(line.unitPrice)} make ${inEuros(line.lineTotal)}, for ${line.needId} of ${line.supplyId}${besideNeedInWords(line)}.`,
    ),
    ...(quote.perks ?? []).map(perkInWords),
    ...proposal.needs.flatMap(({ supplyId, snapshot }) => [needInWords({ supplyId, snapshot }), ...judgedInWords(supplyId, snapshot)]),
    ...proposal.considered.map((shop) => shopInWords(shop, record)),
    ...(decision ? decisionInWords(decision) : ['Nobody and nothing has decided about it yet.']),
    ...(record.changes ?? []).map((change, index, all) => changeInWords(change, all[index + 1]?.before ?? order.quote)),
    ...(approval ? [approvalInWords(approval)] : []),
    `The order ${STATUS_IN_WORDS[order.status]}${'reason' in order ? `: ${order.reason}` : ''}.`,
  ];
}

const perkInWords = ({ perkId, kind, fundedBy, saves, needId }: QuotePerk): string =>
  `${perkId} (${kind}${needId === undefined ? '' : ` for ${needId}`}, paid by the ${fundedBy}) takes ${inEuros(saves)} off.`;

function needInWords({ supplyId, snapshot }: Pick<DecisionRecord['proposal']['needs'][number], 'supplyId' | 'snapshot'>): string {
  const { onHand, pantry, onOrder, reorderPoint, orderUpTo, projectedStockout, unit } = snapshot;
  const { p10, median, p90 } = projectedStockout;
  return `${supplyId} had ${onHand} ${unit} on hand, ${pantry} in the pantry and ${onOrder} on order; it reorders at ${reorderPoint} up to ${orderUpTo}, and would have run out on ${median} (80 %: ${p10} to ${p90}).`;
}

function shopInWords(shop: Considered, { proposal }: DecisionRecord): string {
  const { quote, unoffered } = quoteFor({ ...shop, wanted: proposal.wanted, now: proposal.at });
  const missing = unoffered.map(({ needId, reason }) => `${needId} ${reason}`).join(', ');
  const price = quote ? `serves ${quote.lineItems.length} of ${proposal.wanted.length} needs for ${inEuros(quote.total)}` : 'cannot serve it';
  return `${shop.retailerId} ${price}${missing === '' ? '' : ` (${missing})`}.`;
}

function decisionInWords({ at, tried, outcome, without }: NonNullable<DecisionRecord['decision']>): string[] {
  const told = ({ rule, passed, expected, actual }: RuleResult) => `  ${passed ? 'passed' : 'failed'} ${rule}: expected ${expected}; found ${actual}.`;
  const verdict =
    outcome.kind === 'covered' ? `${outcome.mandateId} covers the whole order.` : 'A person was asked, because no mandate covers the whole order.';
  const none = tried.length === 0 ? ['The household has no mandate.'] : [];
  const left = without ? [`${without.join(', ')} had come along and was left out, for with it a person would have been asked.`] : [];
  return [`On ${at}: ${verdict}`, ...left, ...none, ...tried.flatMap(({ mandateId, rules }) => [`${mandateId} was tried:`, ...rules.map(told)])];
}

function changeInWords({ memberId, at, before }: RecordedChange, after: Quote): string {
  const goods = ({ lineItems }: Quote) => lineItems.map(({ quantity, title }) => `${quantity} × ${title}`).join(', ');
  return `${memberId} changed it on ${at}: from ${goods(before)} for ${inEuros(before.total)} to ${goods(after)} for ${inEuros(after.total)}.`;
}

function approvalInWords({ by, at, evidence }: NonNullable<DecisionRecord['approval']>): string {
  const who = by.kind === 'person' ? by.memberId : by.mandateId;
  return `${who} pressed “${evidence.buttonText}” (wording ${evidence.wordingVersion}, ${evidence.language}) on ${at}, having seen the quote ${evidence.quoteHash.slice(0, 12)}.`;
}

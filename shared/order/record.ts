/**
 * The decision record that every order keeps: what was known, which rules were applied and who said yes. Enough to compute the
 * decision again bit for bit, and to tell it (`record-in-words.ts`) to the person who asks why.
 */
import { z } from 'zod';
import { canonicalJson } from '../digest.ts';
import { approverSchema, quoteSchema, ruleResultSchema, waitingSchema, type Approver, type Quote, type Waiting } from '../event-parts.ts';
import { offerSchema, termsSchema } from '../retailer/offer.ts';
import { PERKS_MAX, perkSchema } from '../retailer/perk.ts';
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
import { CHANGES_MAX } from './order-state.ts';
import { cheapestQuote, quoteFor, quotePerRetailer, wantedSchema, type Wanted } from './quote.ts';
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

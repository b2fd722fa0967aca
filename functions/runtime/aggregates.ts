/** Every kind of item: its table, its key, its schema, when it is due and who is told then (DESIGN §5). */
import { z } from 'zod';
import { digest } from '../../shared/digest.ts';
import type { SourceId } from '../../shared/journey/collect/source.ts';
import type { HandedOn } from '../../shared/journey/subscription/hand-on.ts';
import type { SubscriptionId } from '../../shared/journey/subscription/subscription.ts';
import { contactOf, type LeadId } from '../../shared/journey/lead/lead-id.ts';
import type { LeadStage } from '../../shared/journey/lead/lead-stages.ts';
import { nodeOf, nodeOfKey, type Touchpoint } from '../../shared/journey/touchpoint.ts';
import { notesSchema } from '../../shared/device/display.ts';
import { pairingSchema } from '../../shared/device/pairing.ts';
import { appConnectionSchema } from '../../shared/household/app-connection.ts';
import { endOfDraft, storedDraftSchema } from '../../shared/household/draft.ts';
import { deviceSchema, householdSchema, isInHouse, memberSchema, type Device } from '../../shared/household/household.ts';
import { invitationSchema } from '../../shared/household/invitation.ts';
import { lessonSchema } from '../../shared/household/lesson.ts';
import { nextWaiting, outreachSchema } from '../../shared/journey/outreach/outreach.ts';
import { surveysSchema } from '../../shared/journey/survey/survey.ts';
import { rhythmSchema } from '../../shared/household/tier.ts';
import { referralSchema } from '../../shared/household/referral.ts';
import { triesSchema } from '../../shared/household/tries.ts';
import { shoppingListSchema } from '../../shared/household/shopping-list.ts';
import { orderDueAt } from '../../shared/order/order-due.ts';
import { orderSchema } from '../../shared/order/order-state.ts';
import { contractWithdrawalSchema, withdrawalDueAt } from '../../shared/order/withdrawal/contract-withdrawal.ts';
import { declarantSchema, declarationDueAt, declarationKeptUntil, declarationSchema } from '../../shared/order/withdrawal/declaration.ts';
import { decisionRecordSchema } from '../../shared/order/record.ts';
import { spendSchema } from '../../shared/order/mandate/spend.ts';
import { erasureDueAt, erasureSchema, proofKeptUntil, voucherSchema } from '../../shared/household/erasure.ts';
import { privacySchema } from '../../shared/household/privacy.ts';
import { goodsHadSchema, goodsKeptUntil } from '../../shared/journey/signal/goods-had.ts';
import { GOODS_PARTS } from '../../shared/journey/signal/recall-walk.ts';
import { basketSchema } from '../../shared/supply/basket.ts';
import { supplySchema } from '../../shared/supply/supply.ts';
import { caseSchema } from '../../shared/support/case.ts';
import { duration, millisOf, type HouseholdId } from '../../shared/values.ts';
import type { CaseId, DeclarationId, DeviceType, Instant, MemberId, MessageId, OrderId, RetailerId, SupplyId, ThingName } from '../../shared/values.ts';
import { dueWith, EVENTS_KEPT, kind, secondsOf, type Key } from './aggregate-kind.ts';
import { caseOwnerSchema, declarationCountSchema, membershipSchema, orderOwnerSchema } from './pointer-schemas.ts';
import { pairingCodeSchema, quarantineSchema, referralCodeOwnerSchema, thingOwnerSchema } from './pointer-schemas.ts';
import { retailerKinds } from './retailer-kinds.ts';
import { journeyKinds } from './journey-kinds.ts';
import { orderWorker } from './order-worker.ts';
import { CAMPAIGNS_PK, EXPERIMENTS_PK, IMPROVEMENTS_PK, LEAD_PARTS, LEADS, PATHS_PK, SIGNALS_PK, STANDING_DAYS_PK, STUDIES_PK } from './company-partitions.ts';
import { CHEAP_PK, cheapOf, GOODS, goodsPk, LATENESS_PK } from './company-partitions.ts';

export type { AggregateKind, DueWorker, Key } from './aggregate-kind.ts';

/** A supply is written several times a day: sixteen events of 0.3 kB would make each of its writes three times as dear. */
const SUPPLY_EVENTS_KEPT = 4;
/** As long as the table's stream keeps a write for the relay; what it could not tell by then lies on a queue, whole. */
const STREAM_KEEPS = duration(24, 'hours');
const ORDER_EVENTS_KEPT = 64;

/** @param at an instant, or a month as `YYYY-MM` */
export const lookBookPk = (at: string): string => `LOOKS#${at.slice(0, 7)}`;
export const householdPk = (householdId: HouseholdId) => `HH#${householdId}`;
export const memberPk = (memberId: MemberId) => `MEMBER#${memberId}`;
export const retailerPk = (retailerId: RetailerId) => `RT#${retailerId}`;

/** So few that one partition holds them: the door they come through is rate-limited. */
export const DECLARATIONS_PK = 'DECLARATIONS';

/** Due at the same worker as standings are. */
export const isConversionPath = (sk: string): boolean => sk.startsWith('AUTO#');

const STANDING_SK = 'STANDING';
/** Due at the same worker as conversion paths are, which tells the two apart by it. */
export const isStanding = (sk: string): boolean => sk === STANDING_SK;

const PROCESS = 'PROCESS#';
/** Due at the same worker as conversion paths are. */
export const isProcess = (sk: string): boolean => sk.startsWith(PROCESS);

const PURCHASE_MODEL_SK = 'PURCHASE-MODEL';
/** Due at the same worker as conversion paths are. */
export const isPurchaseModel = (sk: string): boolean => sk === PURCHASE_MODEL_SK;

const LEAD_SK = 'LEAD';
/** Due at the same worker as conversion paths are. */
export const isLead = (sk: string): boolean => sk === LEAD_SK;
const leadPk = (leadId: LeadId): string => nodeOfKey(contactOf(leadId));

const OUTREACH_SK = 'OUTREACH';
/** Due at the same worker as conversion paths are. */
export const isOutreach = (sk: string): boolean => sk === OUTREACH_SK;

/** Due at the same worker as supplies are, which tells the two apart by it. */
const LIST_SK = 'LIST';
export const isShoppingList = (sk: string): boolean => sk === LIST_SK;

/** So few that one partition holds them: the door they are read behind is rate-limited. */
export const SOURCES_PK = 'SOURCES';
/** As few. */
export const SUBSCRIPTIONS_PK = 'SUBSCRIPTIONS';
const SUBSCRIPTION = 'SUBSCRIPTION#';
/** Due at the same worker as its messages are. */
export const isSubscription = (sk: string): boolean => sk.startsWith(SUBSCRIPTION);
/** @param at an instant, or a day */
export const handedOnPk = (subscriptionId: SubscriptionId, at: string): string => `SUB#${subscriptionId}#${at.slice(0, 10)}`;
export const refusedPk = (source: string) => `REFUSED#${source}`;

export const ROLL_PARTS = 16;
export const ROLL = 'ROLL#';
const rollEntryKey = (name: string): Key => ({ pk: `${ROLL}${Number.parseInt(name.slice(0, 8), 16) % ROLL_PARTS}`, sk: `${ROLL}${name}` });

const RECALL = 'RECALL#';
/** Due at the same worker as conversion paths are. */
export const isRecall = (sk: string): boolean => sk.startsWith(RECALL);

export const keys = {
  household: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: 'HOUSEHOLD' }),
  member: (householdId: HouseholdId, memberId: MemberId): Key => ({ pk: householdPk(householdId), sk: `MEMBER#${memberId}` }),
  /** Where to look for the households of a person. */
  membership: (memberId: MemberId, householdId: HouseholdId): Key => ({ pk: memberPk(memberId), sk: `HH#${householdId}` }),
  device: (householdId: HouseholdId, thing: ThingName): Key => ({ pk: householdPk(householdId), sk: `DEVICE#${thing}` }),
  app: (householdId: HouseholdId, clientId: string): Key => ({ pk: householdPk(householdId), sk: `APP#${clientId}` }),
  lesson: (householdId: HouseholdId, deviceType: DeviceType): Key => ({ pk: householdPk(householdId), sk: `LESSON#${deviceType}` }),
  invitation: (householdId: HouseholdId, invitationId: string): Key => ({ pk: householdPk(householdId), sk: `INVITATION#${invitationId}` }),
  draft: (householdId: HouseholdId, memberId: MemberId, draftId: string): Key => ({ pk: householdPk(householdId), sk: `DRAFT#${memberId}#${draftId}` }),
  /** How often a member has tried something lately that must not be guessed. */
  tries: (householdId: HouseholdId, memberId: MemberId, what: string): Key => ({ pk: householdPk(householdId), sk: `TRIES#${what}#${memberId}` }),
  supply: (householdId: HouseholdId, supplyId: SupplyId): Key => ({ pk: householdPk(householdId), sk: `SUPPLY#${supplyId}` }),
  shoppingList: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: LIST_SK }),
  basket: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: 'BASKET' }),
  spend: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: 'SPEND' }),
  /** How often goods have come lately. */
  rhythm: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: 'RHYTHM' }),
  /** Its code, whom it has brought and who has brought it; and where a code leads. */
  referral: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: 'REFERRAL' }),
  referralCode: (code: string): Key => ({ pk: `REFERRAL#${code}`, sk: 'REFERRAL-CODE' }),
  /** What it was asked about how it went, and what it said. */
  surveys: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: 'SURVEYS' }),
  /** What it wants to hear from us, and what has reached it. */
  outreach: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: OUTREACH_SK }),
  privacy: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: 'PRIVACY' }),
  erasure: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: 'ERASURE' }),
  /** Of an erased household's order: it stands in nobody's partition. */
  voucher: (orderId: OrderId): Key => ({ pk: `VOUCHER#${orderId}`, sk: 'VOUCHER' }),
  /** What the screens of a household may have missed. */
  notes: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: 'NOTES' }),
  order: (householdId: HouseholdId, orderId: OrderId): Key => ({ pk: householdPk(householdId), sk: `ORDER#${orderId}` }),
  /** Where an order number leads, from the moment at which it is proposed. */
  orderOwner: (orderId: OrderId): Key => ({ pk: `ORDER#${orderId}`, sk: 'ORDER-OWNER' }),
  contractWithdrawal: (householdId: HouseholdId, orderId: OrderId): Key => ({ pk: householdPk(householdId), sk: `WITHDRAWAL#${orderId}` }),
  /** Declared by somebody who is not signed in: what was declared, and who did, each with its own deletion. */
  declaration: (declarationId: DeclarationId): Key => ({ pk: DECLARATIONS_PK, sk: `DECLARATION#${declarationId}` }),
  declarant: (declarationId: DeclarationId): Key => ({ pk: DECLARATIONS_PK, sk: `DECLARANT#${declarationId}` }),
  /** Counts what came from one address within an hour of the wall clock. */
  declarationCount: (source: string, hour: number): Key => ({ pk: `COUNT#declarations#${source}`, sk: `HOUR#${hour}` }),
  case: (householdId: HouseholdId, caseId: CaseId): Key => ({ pk: householdPk(householdId), sk: `CASE#${caseId}` }),
  caseOwner: (caseId: CaseId): Key => ({ pk: `CASE#${caseId}`, sk: 'CASE-OWNER' }),
  /** @param window the ten minutes in which it is the same look */
  look: (householdId: HouseholdId, window: Instant, lookId: string): Key => ({ pk: householdPk(householdId), sk: `AUDIT#${window}#${lookId}` }),
  /** Of a month, everybody's looks. */
  lookEntry: (window: Instant, lookId: string): Key => ({ pk: lookBookPk(window), sk: `LOOK#${window}#${lookId}` }),
  /** A reading that nobody can use stands under its thing, which may belong to no household. */
  quarantine: (thing: string, reading: string): Key => ({ pk: `THING#${thing}`, sk: `QUARANTINE#${reading}` }),
  thingOwner: (thing: ThingName): Key => ({ pk: `THING#${thing}`, sk: 'OWNER' }),
  pairing: (thing: ThingName): Key => ({ pk: `THING#${thing}`, sk: 'PAIRING' }),
  /** From the first group of a pairing code to its thing. */
  pairingCode: (selector: string): Key => ({ pk: `PAIRING#${selector}`, sk: 'CODE' }),
  retailer: (retailerId: RetailerId): Key => ({ pk: retailerPk(retailerId), sk: 'RETAILER' }),
  /** What the shop has said of orders that are not placed with it, yet. */
  earlyAnswers: (retailerId: RetailerId): Key => ({ pk: retailerPk(retailerId), sk: 'EARLY-ANSWERS' }),
  /** A shop’s price that is well below its usual one: all shops’ in one place, so that they can be looked through. */
  cheapWindow: (retailerId: RetailerId, gtin: string): Key => ({ pk: CHEAP_PK, sk: `${cheapOf(retailerId)}${gtin}` }),
  /** How it keeps what it promises, by the week. */
  lateness: (retailerId: RetailerId): Key => ({ pk: LATENESS_PK, sk: `LATENESS#${retailerId}` }),
  offer: (retailerId: RetailerId, gtin: string): Key => ({ pk: retailerPk(retailerId), sk: `OFFER#${gtin}` }),
  /** What became of the shop's offers in one household on one day, by a name that the household has there on that day only. */
  offerFates: (retailerId: RetailerId, day: string, household: string): Key => ({ pk: retailerPk(retailerId), sk: `FATES#${day}#${household}` }),
  delivery: (retailerId: RetailerId, messageId: MessageId): Key => ({ pk: retailerPk(retailerId), sk: `DELIVERY#${messageId}` }),
  touchpoint: (touchpoint: Touchpoint): Key => ({ pk: nodeOf(touchpoint), sk: `TP#${touchpoint.at}#${touchpoint.touchpointId}` }),
  /** Claims a collected message for ever: its canonical time and node. */
  claim: (source: string, messageId: string): Key => ({ pk: `KEY#${source}#${messageId}`, sk: 'KEY' }),
  /** Who may send touchpoints. */
  source: (sourceId: SourceId): Key => ({ pk: SOURCES_PK, sk: `SOURCE#${sourceId}` }),
  /** Who receives touchpoints; and each message to it, by when what it tells came. */
  subscription: (subscriptionId: SubscriptionId): Key => ({ pk: SUBSCRIPTIONS_PK, sk: `${SUBSCRIPTION}${subscriptionId}` }),
  handedOn: ({ subscriptionId, createdAt, messageId }: Pick<HandedOn, 'subscriptionId' | 'createdAt' | 'messageId'>): Key => ({
    pk: handedOnPk(subscriptionId, createdAt),
    sk: `SENT#${createdAt}#${messageId}`,
  }),
  refusedMessage: (source: string, content: string): Key => ({ pk: refusedPk(source), sk: `REFUSED#${content}` }),
  /** The touchpoints of one day, and of one order, case, mandate or thing, in short. */
  dayTraces: (householdId: HouseholdId, day: string): Key => ({ pk: householdPk(householdId), sk: `DAY#${day}` }),
  processTraces: (householdId: HouseholdId, about: string): Key => ({ pk: householdPk(householdId), sk: `${PROCESS}${about}` }),
  /** The touch paths that closed on a day. */
  closedDay: (householdId: HouseholdId, day: string): Key => ({ pk: householdPk(householdId), sk: `TOUCHPATHS#${day}` }),
  /** What the days come to, and where the household stands by it. */
  journey: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: 'JOURNEY' }),
  standing: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: STANDING_SK }),
  /** What is done about a deviation. */
  improvement: (findingId: string): Key => ({ pk: IMPROVEMENTS_PK, sk: `IMPROVEMENT#${findingId}` }),
  /** What the company has set itself: segments, what health is made of, tiers. */
  journeyRules: (): Key => ({ pk: 'RULES', sk: 'RULES' }),
  /** What of a product came to a household. */
  goodsHad: (householdId: HouseholdId, gtin: string): Key => ({
    pk: goodsPk(gtin, Number.parseInt(digest(householdId, 8), 16) % GOODS_PARTS),
    sk: `${GOODS}${householdId}`,
  }),
  /** How far a recall has been told. */
  recallWalk: (signalId: string): Key => ({ pk: SIGNALS_PK, sk: `${RECALL}${signalId}` }),
  signal: (signalId: string): Key => ({ pk: SIGNALS_PK, sk: `SIGNAL#${signalId}` }),
  purchaseModel: (): Key => ({ pk: PURCHASE_MODEL_SK, sk: PURCHASE_MODEL_SK }),
  /** What is tried on which households; and one household's part in it, in one of its rounds. */
  experiment: (experiment: string): Key => ({ pk: EXPERIMENTS_PK, sk: `EXPERIMENT#${experiment}` }),
  /** What the company says to whom for some time. */
  campaign: (campaign: string): Key => ({ pk: CAMPAIGNS_PK, sk: `CAMPAIGN#${campaign}` }),
  channelCosts: (): Key => ({ pk: CAMPAIGNS_PK, sk: 'CHANNEL-COSTS' }),
  exposure: (householdId: HouseholdId, experiment: string, round: number): Key => ({ pk: householdPk(householdId), sk: `EXPOSURE#${experiment}#${round}` }),
  nextBest: (householdId: HouseholdId): Key => ({ pk: householdPk(householdId), sk: 'NEXT-BEST' }),
  /** From an id, a device or a household to everything that was noted around it, and that. */
  who: (name: string): Key => ({ pk: `WHO#${name}`, sk: 'WHO' }),
  circle: (circle: string): Key => ({ pk: `CIRCLE#${circle}`, sk: 'CIRCLE' }),
  /** Of a shard of the counters: its last batch, a day's or a month's counters, and what an item has contributed. */
  tallyHead: (shard: number): Key => ({ pk: `TALLY#${shard}`, sk: 'HEAD' }),
  tally: (shard: number, bucket: string): Key => ({ pk: `TALLY#${shard}`, sk: `BUCKET#${bucket}` }),
  tallyCounted: (shard: number, source: string): Key => ({ pk: `TALLY#${shard}`, sk: `COUNTED#${source}` }),
  /** Of one household, in an order that says nothing of it: one of sixteen parts of the roll. */
  rollEntry: (householdId: HouseholdId): Key => rollEntryKey(digest(householdId, 16)),
  /** Of somebody without a household, beside what they did: whoever is forgotten takes it along. */
  lead: (leadId: LeadId): Key => ({ pk: leadPk(leadId), sk: LEAD_SK }),
  leadEntry: (leadId: LeadId, stage: LeadStage): Key => ({
    pk: `${LEADS}${Number.parseInt(leadId.slice(-8), 16) % LEAD_PARTS}`,
    sk: `${LEADS}${stage}#${leadId}`,
  }),
  leadLook: (leadId: LeadId, window: Instant, lookId: string): Key => ({ pk: leadPk(leadId), sk: `LEAD-AUDIT#${window}#${lookId}` }),
  /** What a study has found of a step. */
  study: (findingId: string): Key => ({ pk: STUDIES_PK, sk: `STUDY#${findingId}` }),
  /** How all households stood on a day. */
  standingDay: (day: string): Key => ({ pk: STANDING_DAYS_PK, sk: `STOOD#${day}` }),
  /** A conversion path as it is defined; and what one key of it has heard and done in one household. */
  path: (path: string): Key => ({ pk: PATHS_PK, sk: `PATH#${path}` }),
  conversionPath: (householdId: HouseholdId, path: string, key: string): Key => ({ pk: householdPk(householdId), sk: `AUTO#${path}#${key}` }),
  automation: (householdId: HouseholdId, path: string): Key => ({ pk: householdPk(householdId), sk: `AUTOMATION#${path}` }),
} as const;

export const storedOrderSchema = z.strictObject({ order: orderSchema, record: decisionRecordSchema });
export type StoredOrder = z.infer<typeof storedOrderSchema>;

const households = { table: 'HOUSEHOLDS_TABLE', eventsKept: EVENTS_KEPT } as const;

export const kinds = {
  household: kind({ ...households, schema: householdSchema }),
  member: kind({ ...households, schema: memberSchema }),
  membership: kind({ ...households, schema: membershipSchema }),
  // A device that was given away is found no longer by its name: the index is sparse.
  device: kind({
    ...households,
    schema: deviceSchema,
    indexed: (device: Device): Record<string, string> => (isInHouse(device) ? { thing: device.thing } : {}),
  }),
  lesson: kind({ ...households, schema: lessonSchema }),
  referral: kind({ ...households, schema: referralSchema }),
  referralCode: kind({ ...households, schema: referralCodeOwnerSchema }),
  invitation: kind({ ...households, schema: invitationSchema }),
  draft: kind({ ...households, schema: storedDraftSchema, expiresAtSeconds: (draft) => Math.ceil(millisOf(endOfDraft(draft)) / 1_000) }),
  tries: kind({ ...households, schema: triesSchema }),
  app: kind({ ...households, schema: appConnectionSchema, expiresAtSeconds: ({ endsAtSeconds }) => endsAtSeconds }),
  supply: kind({
    ...households,
    eventsKept: SUPPLY_EVENTS_KEPT,
    eventsKeptFor: STREAM_KEEPS,
    packed: true,
    schema: supplySchema,
    due: ({ dueAt }) => dueWith('review-supply', dueAt),
    correlation: ({ need }) => need?.needId,
  }),
  shoppingList: kind({ ...households, schema: shoppingListSchema, due: ({ dueAt }) => dueWith('review-supply', dueAt) }),
  basket: kind({ ...households, schema: basketSchema, due: ({ dueAt }) => dueWith('propose-order', dueAt) }),
  spend: kind({ ...households, schema: spendSchema }),
  rhythm: kind({ ...households, schema: rhythmSchema }),
  surveys: kind({ ...households, schema: surveysSchema }),
  outreach: kind({ ...households, packed: true, schema: outreachSchema, due: (outreach) => dueWith('run-automation', nextWaiting(outreach)) }),
  notes: kind({ ...households, schema: notesSchema }),
  privacy: kind({ ...households, schema: privacySchema }),
  erasure: kind({
    ...households,
    schema: erasureSchema,
    due: (erasure) => dueWith('erase-household', erasureDueAt(erasure)),
    expiresAtSeconds: (erasure) => secondsOf(proofKeptUntil(erasure)),
  }),
  voucher: kind({ ...households, schema: voucherSchema, expiresAtSeconds: ({ keepUntil }) => secondsOf(keepUntil) }),
  order: kind({
    ...households,
    eventsKept: ORDER_EVENTS_KEPT,
    schema: storedOrderSchema,
    due: ({ order }) => dueWith(orderWorker[order.status], orderDueAt(order)),
    correlation: ({ order }) => order.quote.lineItems[0]?.needId,
  }),
  orderOwner: kind({ ...households, schema: orderOwnerSchema }),
  goodsHad: kind({ ...households, schema: goodsHadSchema, expiresAtSeconds: (goods) => secondsOf(goodsKeptUntil(goods)) }),
  contractWithdrawal: kind({ ...households, schema: contractWithdrawalSchema, due: (withdrawal) => dueWith('deliver-webhook', withdrawalDueAt(withdrawal)) }),
  declaration: kind({
    ...households,
    schema: declarationSchema,
    due: (declaration) => dueWith('deliver-webhook', declarationDueAt(declaration)),
    expiresAtSeconds: (declaration) => secondsOf(declarationKeptUntil(declaration)),
  }),
  declarant: kind({ ...households, schema: declarantSchema, expiresAtSeconds: (declarant) => secondsOf(declarationKeptUntil(declarant)) }),
  declarationCount: kind({ ...households, schema: declarationCountSchema, expiresAtSeconds: ({ endsAtSeconds }) => endsAtSeconds }),
  case: kind({ ...households, schema: caseSchema }),
  caseOwner: kind({ ...households, schema: caseOwnerSchema }),
  thingOwner: kind({ ...households, schema: thingOwnerSchema }),
  pairing: kind({ ...households, schema: pairingSchema }),
  pairingCode: kind({ ...households, schema: pairingCodeSchema }),
  quarantine: kind({ ...households, schema: quarantineSchema }),
  ...retailerKinds,
  ...journeyKinds,
} as const;

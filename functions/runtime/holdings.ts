/**
 * Where each kind of item that is about a household stands, and whose it is: what the export reads and the erasure removes. A new kind does
 * not compile without a line here, and a test plants one of each and looks for it.
 */
import { z } from 'zod';
import { memberSchema, type Device } from '../../shared/household/household.ts';
import { contractWithdrawalSchema } from '../../shared/order/withdrawal/contract-withdrawal.ts';
import { messageIdFor } from '../../shared/retailer/delivery.ts';
import { caseIdSchema, gtinSchema, householdIdSchema, messageIdSchema, orderIdSchema, retailerIdSchema, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, type kinds, type Key } from './aggregates.ts';
import type { EnvironmentName } from './environment.ts';
import type { Partition, StoredItem } from './partition.ts';

type Holding =
  /** In the household's own partition of its table, or in that of one of its things; `sk` is how its sort keys begin. */
  | { readonly in: 'household' | 'thing'; readonly sk: string; readonly of?: 'everybody' | 'its member' }
  /** Beside another item, which names it. */
  | { readonly beside: 'order' | 'case' | 'touchpoint' | 'member' | 'contractWithdrawal' | 'referral' }
  /** Of no household. */
  | { readonly none: string };

const house = (sk: string) => ({ in: 'household', sk }) as const;
/** What one member has done for themselves: it goes home with nobody else. */
const members = (sk: string) => ({ in: 'household', sk, of: 'its member' }) as const;

export const holdings: Readonly<Record<keyof typeof kinds, Holding>> = {
  household: house('HOUSEHOLD'),
  member: house('MEMBER#'),
  membership: { beside: 'member' },
  device: house('DEVICE#'),
  lesson: house('LESSON#'),
  invitation: house('INVITATION#'),
  draft: members('DRAFT#'),
  tries: members('TRIES#'),
  supply: house('SUPPLY#'),
  shoppingList: house('LIST'),
  basket: house('BASKET'),
  spend: house('SPEND'),
  rhythm: house('RHYTHM'),
  surveys: house('SURVEYS'),
  referral: house('REFERRAL'),
  referralCode: { beside: 'referral' },
  outreach: house('OUTREACH'),
  notes: house('NOTES'),
  order: house('ORDER#'),
  orderOwner: { beside: 'order' },
  goodsHad: { beside: 'order' },
  contractWithdrawal: house('WITHDRAWAL#'),
  declaration: { beside: 'contractWithdrawal' },
  declarant: { beside: 'contractWithdrawal' },
  declarationCount: { none: 'how many came within an hour, of nobody by name' },
  case: house('CASE#'),
  caseOwner: { beside: 'case' },
  lead: { none: 'of somebody without a household: it stands beside what they did, goes home and is removed with that (done-elsewhere, forget-who-is-who)' },
  leadEntry: { none: 'a lead’s line on the list of its stage: gone as soon as the lead is (tally-journeys)' },
  leadLook: { none: 'who looked at a lead: it stands beside the lead, goes home and is removed with it' },
  look: house('AUDIT#'),
  lookEntry: { none: 'our own book of who looked where and for what: opaque ids and no words of anybody; gone after three years' },
  privacy: house('PRIVACY'),
  erasure: house('ERASURE'),
  app: members('APP#'),
  touchpoint: house('TP#'),
  dayTraces: house('DAY#'),
  processTraces: house('PROCESS#'),
  closedDay: house('TOUCHPATHS#'),
  journey: house('JOURNEY'),
  standing: house('STANDING'),
  improvement: { none: 'the company’s own' },
  journeyRules: { none: 'the company’s own' },
  signal: { none: 'the world’s, not a household’s' },
  recallWalk: { none: 'how many were told of a recall; of nobody by name' },
  purchaseModel: { none: 'fitted to all households together: figures in which nobody can be found' },
  experiment: { none: 'the company’s own' },
  campaign: { none: 'the company’s own' },
  channelCosts: { none: 'the company’s own' },
  exposure: house('EXPOSURE#'),
  nextBest: house('NEXT-BEST'),
  study: { none: 'what many people together said of a step; no household is named in it' },
  rollEntry: { none: 'which segments a household is in, once more: gone as soon as it stands nowhere (tally-journeys)' },
  standingDay: { none: 'no household’s: how many of all of them stood where on a day' },
  who: { none: 'the way from an id to its circle, which is removed with the household (erase-household)' },
  circle: { none: 'who is who around a household: removed with it (erase-household)' },
  tallyHead: { none: 'no household’s: which counters are being counted into' },
  tally: { none: 'no household’s: how many of all of them did what' },
  tallyCounted: { none: 'what has been counted already, under a name made from the household’s; numbers of a day and nothing else' },
  path: { none: 'the company’s own' },
  conversionPath: house('AUTO#'),
  automation: house('AUTOMATION#'),
  thingOwner: { in: 'thing', sk: 'OWNER' },
  quarantine: { in: 'thing', sk: 'QUARANTINE#' },
  delivery: { beside: 'order' },
  claim: { beside: 'touchpoint' },
  source: { none: 'a system’s that sends touchpoints' },
  subscription: { none: 'a system’s that receives touchpoints' },
  handedOn: { none: 'that a message went to a subscription: opaque ids and the place of a touchpoint, nothing of what it says; gone after a month' },
  refusedMessage: { none: 'why a message was not kept, without a word of it' },
  pairing: { none: 'the thing’s, whoever has it: the code that stands on it' },
  pairingCode: { none: 'the way from that code to the thing' },
  voucher: { none: 'our own books, without a household: what erasure leaves' },
  retailer: { none: 'a shop’s' },
  earlyAnswers: { none: 'what a shop said of orders that were not placed with it; gone within a day' },
  offer: { none: 'a shop’s' },
  cheapWindow: { none: 'a shop’s' },
  lateness: { none: 'a shop’s: how many of its deliveries came late in a week' },
  offerFates: { none: 'which products won or lost at a shop on a day, under a name made from household, shop and day; gone after forty days' },
};

const ofPartition = (place: 'household' | 'thing') =>
  Object.entries(holdings).flatMap(([kind, holding]) => ('in' in holding && holding.in === place ? [{ kind, ...holding }] : []));
const bySortKey = { household: ofPartition('household'), thing: ofPartition('thing') };

/** What an item is by its sort key, and its id among its kind; `other` for what has no line above. */
export function kindOf(place: 'household' | 'thing', sk: string): { kind: string; id: string; isPersonal: boolean } {
  const found = bySortKey[place].find(({ sk: beginning }) => (beginning.endsWith('#') ? sk.startsWith(beginning) : sk === beginning));
  if (found === undefined) return { kind: 'other', id: sk, isPersonal: false };
  return { kind: found.kind, id: sk.slice(found.sk.length), isPersonal: found.of === 'its member' };
}

export const householdPartitions = (householdId: HouseholdId): readonly Partition[] => [
  { table: 'HOUSEHOLDS_TABLE', pk: householdPk(householdId) },
  { table: 'JOURNEYS_TABLE', pk: householdPk(householdId) },
];
export const thingPartition = ({ thing }: Device): Partition => ({ table: 'HOUSEHOLDS_TABLE', pk: keys.thingOwner(thing).pk });

const ownedSchema = z.object({ householdId: z.string() });
const receivedSchema = z.object({ receivedAt: z.string() });
/** Of what stands under a thing, that which is this household's: a thing may have had another owner before, and may have one now. */
export function isOfDevice(device: Device, { state }: StoredItem): boolean {
  const received = receivedSchema.safeParse(state);
  if (!received.success) return ownedSchema.safeParse(state).data?.householdId === device.householdId;
  const { receivedAt } = received.data;
  return receivedAt >= device.addedAt && (device.removedAt === undefined || receivedAt <= device.removedAt);
}

const orderSchema = z.object({
  order: z.object({
    orderId: orderIdSchema,
    retailerId: retailerIdSchema,
    placement: z.object({ messageId: messageIdSchema }).optional(),
    cancelRequest: z.unknown().optional(),
    substitutions: z.array(z.object({ offered: z.object({ gtin: gtinSchema }) })).default([]),
    householdId: householdIdSchema,
    quote: z.object({ lineItems: z.array(z.object({ gtin: gtinSchema })) }),
  }),
});
const caseSchema = z.object({ caseId: caseIdSchema });
const codeSchema = z.object({ code: z.string().optional() });
const touchpointSchema = z.object({ source: z.string(), messageId: z.string() });

interface Beside {
  readonly kind: keyof typeof kinds;
  readonly table: EnvironmentName;
  readonly key: Key;
}

/** The items elsewhere that this one names: an order's message to its shop, a collected touchpoint's claim, a member's pointer. */
export function besides(kind: string, { state }: StoredItem): readonly Beside[] {
  if (kind === 'member') {
    const { memberId, householdId } = memberSchema.parse(state);
    return [{ kind: 'membership', table: 'HOUSEHOLDS_TABLE', key: keys.membership(memberId, householdId) }];
  }
  if (kind === 'order') {
    const { orderId, retailerId, placement, cancelRequest, substitutions, householdId, quote } = orderSchema.parse(state).order;
    if (placement === undefined) return [];
    const said = [
      placement.messageId,
      ...(cancelRequest === undefined ? [] : [messageIdFor(orderId, 'order.cancel-requested', 1)]),
      ...substitutions.map((_, index) => messageIdFor(orderId, 'order.substitution-answered', index + 1)),
    ];
    const gtins = new Set([...quote.lineItems.map(({ gtin }) => gtin), ...substitutions.map(({ offered }) => offered.gtin)]);
    return [
      ...Array.from(gtins, (gtin) => ({ kind: 'goodsHad', table: 'HOUSEHOLDS_TABLE', key: keys.goodsHad(householdId, gtin) }) as const),
      { kind: 'orderOwner', table: 'HOUSEHOLDS_TABLE', key: keys.orderOwner(orderId) },
      ...said.map((messageId) => ({ kind: 'delivery', table: 'RETAILERS_TABLE', key: keys.delivery(retailerId, messageId) }) as const),
    ];
  }
  if (kind === 'referral') {
    const { code } = codeSchema.parse(state);
    return code === undefined ? [] : [{ kind: 'referralCode', table: 'HOUSEHOLDS_TABLE', key: keys.referralCode(code) }];
  }
  if (kind === 'case') {
    const { caseId } = caseSchema.parse(state);
    return [{ kind: 'caseOwner', table: 'HOUSEHOLDS_TABLE', key: keys.caseOwner(caseId) }];
  }
  if (kind === 'contractWithdrawal') {
    const { orderId, retailerId, parts } = contractWithdrawalSchema.parse(state);
    return parts.flatMap(({ part, by }): Beside[] => [
      { kind: 'delivery', table: 'RETAILERS_TABLE', key: keys.delivery(retailerId, messageIdFor(orderId, 'contract.withdrawn', part)) },
      ...(by.kind === 'declaration'
        ? ([
            { kind: 'declaration', table: 'HOUSEHOLDS_TABLE', key: keys.declaration(by.declarationId) },
            { kind: 'declarant', table: 'HOUSEHOLDS_TABLE', key: keys.declarant(by.declarationId) },
          ] as const)
        : []),
    ]);
  }
  if (kind !== 'touchpoint') return [];
  const { source, messageId } = touchpointSchema.parse(state);
  return source === 'events' ? [] : [{ kind: 'claim', table: 'JOURNEYS_TABLE', key: keys.claim(source, messageId) }];
}

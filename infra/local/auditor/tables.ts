/** Our tables as facts: every item, read with the schema of the kind that its key names. What does not parse is itself a finding. */
import { z } from 'zod';
import { kinds, type AggregateKind } from '../../../functions/runtime/aggregates.ts';
import { storedStateSchema } from '../../../functions/runtime/packed-state.ts';
import { eventEnvelopeSchema } from '../../../shared/events.ts';
import { instantSchema } from '../../../shared/values.ts';
import type { Facts, Item, ReadingOutcome } from './facts.ts';

type KindName = keyof typeof kinds;

/** How the sort keys of each kind begin, or what they are; a new kind does not compile without a line. */
const sortKeys: Readonly<Record<KindName, string>> = {
  ...{ household: 'HOUSEHOLD', member: 'MEMBER#', membership: 'HH#', invitation: 'INVITATION#', app: 'APP#', draft: 'DRAFT#', tries: 'TRIES#' },
  ...{ device: 'DEVICE#', lesson: 'LESSON#', thingOwner: 'OWNER', pairing: 'PAIRING', pairingCode: 'CODE', quarantine: 'QUARANTINE#' },
  ...{ supply: 'SUPPLY#', shoppingList: 'LIST', basket: 'BASKET', spend: 'SPEND', rhythm: 'RHYTHM', surveys: 'SURVEYS', outreach: 'OUTREACH', notes: 'NOTES' },
  ...{ privacy: 'PRIVACY', erasure: 'ERASURE', voucher: 'VOUCHER' },
  ...{
    order: 'ORDER#',
    orderOwner: 'ORDER-OWNER',
    contractWithdrawal: 'WITHDRAWAL#',
    case: 'CASE#',
    caseOwner: 'CASE-OWNER',
    referral: 'REFERRAL',
    referralCode: 'REFERRAL-CODE',
    look: 'AUDIT#',
    ...{ lead: 'LEAD', leadEntry: 'LEADS#', leadLook: 'LEAD-AUDIT#' },
    lookEntry: 'LOOK#',
  },
  ...{ declaration: 'DECLARATION#', declarant: 'DECLARANT#', declarationCount: 'HOUR#' },
  ...{
    retailer: 'RETAILER',
    offer: 'OFFER#',
    offerFates: 'FATES#',
    delivery: 'DELIVERY#',
    cheapWindow: 'CHEAP#',
    lateness: 'LATENESS#',
    earlyAnswers: 'EARLY-ANSWERS',
  },
  ...{
    touchpoint: 'TP#',
    claim: 'KEY',
    source: 'SOURCE#',
    refusedMessage: 'REFUSED#',
    subscription: 'SUBSCRIPTION#',
    handedOn: 'SENT#',
    dayTraces: 'DAY#',
    processTraces: 'PROCESS#',
    closedDay: 'TOUCHPATHS#',
    journey: 'JOURNEY',
    standing: 'STANDING',
    journeyRules: 'RULES',
    improvement: 'IMPROVEMENT#',
    path: 'PATH#',
    conversionPath: 'AUTO#',
    experiment: 'EXPERIMENT#',
    campaign: 'CAMPAIGN#',
    channelCosts: 'CHANNEL-COSTS',
    exposure: 'EXPOSURE#',
    nextBest: 'NEXT-BEST',
    study: 'STUDY#',
    rollEntry: 'ROLL#',
    signal: 'SIGNAL#',
    ...{ recallWalk: 'RECALL#', goodsHad: 'GOODS#' },
    purchaseModel: 'PURCHASE-MODEL',
    standingDay: 'STOOD#',
    who: 'WHO',
    circle: 'CIRCLE',
    tallyHead: 'HEAD',
    tally: 'BUCKET#',
    tallyCounted: 'COUNTED#',
    automation: 'AUTOMATION#',
  },
};
const isKind = (name: string): name is KindName => name in sortKeys;
const kindNames = Object.keys(sortKeys).filter(isKind);

const itemSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  version: z.int().min(1),
  dueAt: instantSchema.optional(),
  events: z.array(eventEnvelopeSchema),
  state: storedStateSchema,
});
type RawItem = z.infer<typeof itemSchema>;

export type TableFacts = Pick<Facts, 'households' | 'supplies' | 'baskets' | 'spends' | 'orders' | 'deliveries' | 'touchpoints' | 'items' | 'unreadable'> & {
  readonly quarantined: readonly ReadingOutcome[];
};

export function tableFacts(stored: readonly unknown[]): TableFacts {
  const unreadable: { key: string; reason: string }[] = [];
  const read: { kind: KindName; raw: RawItem }[] = [];
  for (const item of stored) {
    const parsed = itemSchema.safeParse(item);
    const kind = parsed.success ? kindOf(parsed.data.sk) : undefined;
    if (parsed.success && kind !== undefined) read.push({ kind, raw: parsed.data });
    else unreadable.push({ key: keyOf(item), reason: parsed.success ? 'no kind of item has this key' : reasonOf(parsed.error) });
  }
  const all = <State>(name: KindName, { schema }: AggregateKind<State>): Item<State>[] =>
    read.flatMap(({ kind, raw: { pk, sk, version, events, dueAt, state } }) => {
      if (kind !== name) return [];
      const key = `${pk}/${sk}`;
      const parsed = schema.safeParse(state);
      if (parsed.success) return [{ key, version, events, dueAt, state: parsed.data }];
      unreadable.push({ key, reason: reasonOf(parsed.error) });
      return [];
    });
  const lists = {
    ...{ households: all('household', kinds.household), supplies: all('supply', kinds.supply), baskets: all('basket', kinds.basket) },
    ...{
      spends: all('spend', kinds.spend),
      orders: all('order', kinds.order),
      deliveries: all('delivery', kinds.delivery).filter(({ state }) => state.sample !== true),
    },
    touchpoints: all('touchpoint', kinds.touchpoint),
  };
  const quarantine = all('quarantine', kinds.quarantine);
  const listed: readonly string[] = ['household', 'supply', 'basket', 'spend', 'order', 'delivery', 'touchpoint', 'quarantine'];
  const others = kindNames.filter((name) => !listed.includes(name)).flatMap((name) => all<unknown>(name, kinds[name]));
  const items = [...Object.values(lists).flat(), ...quarantine, ...others];
  return { ...lists, items, unreadable, quarantined: quarantine.map(outcomeOf) };
}

const kindOf = (sk: string): KindName | undefined =>
  kindNames.find((name) => (sortKeys[name].endsWith('#') ? sk.startsWith(sortKeys[name]) : sk === sortKeys[name]));

/** `QUARANTINE#<boot>-<seq>`, or a digest of a payload that named no reading. */
function outcomeOf({ key, state }: Item<{ thing: string }>): ReadingOutcome {
  const [, bootId = '0', seq = '0'] = /#(\d+)-(\d+)$/.exec(key) ?? [];
  return { thing: state.thing, bootId: Number(bootId), seq: Number(seq), verdict: 'quarantined' };
}

const keySchema = z.object({ pk: z.string(), sk: z.string() });
const keyOf = (item: unknown): string => {
  const parsed = keySchema.safeParse(item);
  return parsed.success ? `${parsed.data.pk}/${parsed.data.sk}` : 'an item without a key';
};
const reasonOf = ({ issues: [issue] }: z.ZodError): string =>
  issue === undefined ? 'not understood' : `${issue.path.join('.')}: ${issue.message}`.slice(0, 300);

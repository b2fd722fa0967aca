/** Our tables as facts: every item, read with the schema of the kind that its key names. What does not parse is itself a finding. */
import { z } from 'zod';
import { kinds, type AggregateKind } from '../../../functions/runtime/aggregates.ts';
import { eventEnvelopeSchema } from '../../../shared/events.ts';
import { instantSchema } from '../../../shared/values.ts';
import type { Facts, Item, ReadingOutcome } from './facts.ts';

type KindName = keyof typeof kinds;

const kindBySortKey: readonly (readonly [prefix: string, kind: KindName])[] = [
  ['HOUSEHOLD', 'household'],
  ['MEMBER#', 'member'],
  ['APP#', 'app'],
  ['DEVICE#', 'device'],
  ['SUPPLY#', 'supply'],
  ['BASKET', 'basket'],
  ['SPEND', 'spend'],
  ['NOTES', 'notes'],
  ['ORDER#', 'order'],
  ['ORDER-OWNER', 'orderOwner'],
  ['WITHDRAWAL#', 'contractWithdrawal'],
  ['DECLARATION#', 'declaration'],
  ['DECLARANT#', 'declarant'],
  ['HOUR#', 'declarationCount'],
  ['CASE#', 'case'],
  ['QUARANTINE#', 'quarantine'],
  ['OWNER', 'thingOwner'],
  ['RETAILER', 'retailer'],
  ['OFFER#', 'offer'],
  ['DELIVERY#', 'delivery'],
  ['TP#', 'touchpoint'],
  ['KEY', 'claim'],
  ['PROFILE', 'profile'],
  ['AUTOMATION#', 'automation'],
];

const itemSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  version: z.int().min(1),
  dueAt: instantSchema.optional(),
  events: z.array(eventEnvelopeSchema),
  state: z.unknown(),
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
    ...{ spends: all('spend', kinds.spend), orders: all('order', kinds.order), deliveries: all('delivery', kinds.delivery) },
    touchpoints: all('touchpoint', kinds.touchpoint),
  };
  const quarantine = all('quarantine', kinds.quarantine);
  const others: Item<unknown>[] = [
    ...[...all('member', kinds.member), ...all('device', kinds.device), ...all('thingOwner', kinds.thingOwner), ...all('retailer', kinds.retailer)],
    ...[
      ...all('app', kinds.app),
      ...all('notes', kinds.notes),
      ...all('offer', kinds.offer),
      ...all('claim', kinds.claim),
      ...all('profile', kinds.profile),
      ...all('automation', kinds.automation),
    ],
    ...[...all('orderOwner', kinds.orderOwner), ...all('contractWithdrawal', kinds.contractWithdrawal), ...all('case', kinds.case)],
    ...[...all('declaration', kinds.declaration), ...all('declarant', kinds.declarant), ...all('declarationCount', kinds.declarationCount)],
  ];
  const items = [...Object.values(lists).flat(), ...quarantine, ...others];
  return { ...lists, items, unreadable, quarantined: quarantine.map(outcomeOf) };
}

const kindOf = (sk: string): KindName | undefined => kindBySortKey.find(([prefix]) => (prefix.endsWith('#') ? sk.startsWith(prefix) : sk === prefix))?.[1];

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

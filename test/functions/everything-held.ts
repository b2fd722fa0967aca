/** One item of every kind that is about a household, with a marker in it: real ones where code reads what is in them, bare ones elsewhere. */
import { UpdateThingShadowCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { keys, kinds, type Key } from '../../functions/runtime/aggregates.ts';
import { storedStateSchema } from '../../functions/runtime/packed-state.ts';
import { environment } from '../../functions/runtime/environment.ts';
import { holdings } from '../../functions/runtime/holdings.ts';
import { change, createOnce, documents } from '../../functions/runtime/store.ts';
import { deviceSchema, householdSchema, memberSchema } from '../../shared/household/household.ts';
import { PLACING_MESSAGE } from '../../functions/runtime/placing-message.ts';
import { evolveOrder } from '../../shared/order/evolve-order.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { messageIdFor } from '../../shared/retailer/delivery.ts';
import {
  caseIdSchema,
  declarationIdSchema,
  householdIdSchema,
  memberIdSchema,
  orderIdSchema,
  staffIdSchema,
  thingNameSchema,
  type HouseholdId,
} from '../../shared/values.ts';
import { facts, frischhof, milk, proposedAt, quote, seal } from '../shared/order/order-examples.ts';
import { newSupply, supplyConfigSchema } from '../../shared/supply/new-supply.ts';
import { lookAt } from '../../shared/support/look.ts';
import { milkConfig, START } from '../shared/supply/milk.ts';
import { household } from './kitchen.ts';
import { noOutreachYet } from '../../shared/journey/outreach/outreach.ts';

export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(holdings) as KindName[];

export interface Planted {
  readonly householdId: HouseholdId;
  readonly owner: ReturnType<typeof memberIdSchema.parse>;
  /** Stands in the item of each kind, and in the shadow: `<marker>-<kind>`. */
  readonly marker: string;
  readonly thing: ReturnType<typeof thingNameSchema.parse>;
}

const bare = (kind: KindName, key: Key, state: object) =>
  documents.send(new PutCommand({ TableName: environment(kinds[kind].table), Item: { ...key, version: 1, writer: 'test', events: [], state } }));

/** Answers which kinds it could plant; a kind of a new place has to be added here. */
export async function plantEverything(name: string, marker: string): Promise<Planted> {
  const householdId = householdIdSchema.parse(`hh_${name}`);
  const owner = memberIdSchema.parse(`mem_${name}`);
  const thing = thingNameSchema.parse(`fridge-${name}`);
  const said = (kind: KindName | 'shadow') => `${marker}-${kind}`;
  const planted = { householdId, owner, marker, thing };
  const real = realItems(planted, said);
  for (const kind of kindNames) {
    const holding = holdings[kind];
    if (real.has(kind) || 'none' in holding) continue;
    if (!('in' in holding) || holding.in !== 'household') throw new Error(`say in this file how an item of the kind ${kind} is planted`);
    const sk = holding.sk.endsWith('#') ? `${holding.sk}${owner}#x` : holding.sk;
    await bare(kind, { pk: keys.household(householdId).pk, sk }, { memberId: owner, note: said(kind) });
  }
  for (const plant of real.values()) await plant();
  const broker = new IoTDataPlaneClient({});
  const payload = Buffer.from(JSON.stringify({ state: { desired: { note: said('shadow') } } }));
  await broker.send(new UpdateThingShadowCommand({ thingName: thing, shadowName: 'display', payload }));
  return planted;
}

function realItems({ householdId, owner, thing }: Planted, said: (kind: KindName) => string): Map<KindName, () => Promise<unknown>> {
  const orderId = orderIdSchema.parse(`ord_${owner.slice(4)}`);
  const declarationId = declarationIdSchema.parse(`dec_${owner.slice(4)}`);
  const order = deliveredOrder(householdId, orderId, said('order'));
  const day = '2026-03-02T08:00:00.000Z';
  const code = `K7MN42${owner.slice(4, 6).toUpperCase()}`;
  const touchpoint = { householdId, source: said('touchpoint'), messageId: 'm1', type: 'page' };
  return new Map<KindName, () => Promise<unknown>>([
    [
      'household',
      () => createOnce(kinds.household, keys.household(householdId), householdSchema.parse({ ...household, householdId, name: said('household') })),
    ],
    [
      'member',
      () =>
        createOnce(
          kinds.member,
          keys.member(householdId, owner),
          memberSchema.parse({ householdId, memberId: owner, name: said('member'), role: 'owner', joinedAt: START }),
        ),
    ],
    ['referral', () => bare('referral', keys.referral(householdId), { code, note: said('referral') })],
    ['referralCode', () => bare('referralCode', keys.referralCode(code), { householdId, note: said('referralCode') })],
    ['membership', () => bare('membership', keys.membership(owner, householdId), { memberId: owner, householdId })],
    [
      'device',
      () =>
        createOnce(
          kinds.device,
          keys.device(householdId, thing),
          deviceSchema.parse({ householdId, thing, deviceType: 'fridge', name: said('device'), slots: {}, addedAt: START }),
        ),
    ],
    [
      'supply',
      () => {
        const config = supplyConfigSchema.parse({ ...milkConfig, householdId, name: said('supply') });
        return createOnce(kinds.supply, keys.supply(householdId, config.supplyId), newSupply(config, START));
      },
    ],
    [
      'app',
      () =>
        createOnce(kinds.app, keys.app(householdId, `app-${owner}-x`), {
          householdId,
          memberId: owner,
          clientId: `app-${owner}-x`,
          authorizedAt: START,
          endsAtSeconds: 1,
        }),
    ],
    ['privacy', () => createOnce(kinds.privacy, keys.privacy(householdId), { householdId, answers: [], exports: [{ at: START, memberId: owner }] })],
    ['erasure', () => Promise.resolve()],
    ['order', () => change(kinds.order, keys.order(householdId, orderId), () => ({ kind: 'changed', state: order, events: [] }))],
    ['goodsHad', () => bare('goodsHad', keys.goodsHad(householdId, milk), { householdId, note: said('goodsHad') })],
    [
      'outreach',
      () => {
        const words = { title: said('outreach'), text: 'x' };
        const message = { reachId: `rch_${'0'.repeat(32)}`, wishId: 'w1', kind: 'recall', purpose: 'service', channel: 'app', at: START } as const;
        const reached = [{ ...message, words: { de: words, en: words }, reason: { de: 'weil', en: 'because' } }];
        return createOnce(kinds.outreach, keys.outreach(householdId), { ...noOutreachYet(householdId), reached });
      },
    ],
    ['orderOwner', () => bare('orderOwner', keys.orderOwner(orderId), { orderId, householdId, note: said('orderOwner') })],
    ['delivery', () => bare('delivery', keys.delivery(frischhof, messageIdFor(orderId, ...PLACING_MESSAGE)), { householdId, note: said('delivery') })],
    [
      'contractWithdrawal',
      async () => {
        const part = { part: 1, declarationId, declaredAt: START, by: { kind: 'declaration', declarationId }, lines: [{ gtin: milk, packs: 1 }] };
        const state = { householdId, orderId, retailerId: frischhof, parts: [part], told: 1 };
        await createOnce(kinds.contractWithdrawal, keys.contractWithdrawal(householdId, orderId), kinds.contractWithdrawal.schema.parse(state));
        await bare('delivery', keys.delivery(frischhof, messageIdFor(orderId, 'contract.withdrawn', 1)), { householdId, note: said('contractWithdrawal') });
      },
    ],
    [
      'case',
      () => {
        const message = { noteId: 'note_1', by: { kind: 'member', memberId: owner }, at: START, text: said('case') };
        const about = { kind: 'order', orderId };
        const state = {
          caseId: caseIdIn(householdId),
          householdId,
          about,
          kind: 'damaged',
          status: 'solved',
          openedAt: START,
          changedAt: START,
          messages: [message],
        };
        const parsed = kinds.case.schema.parse(state);
        return createOnce(kinds.case, keys.case(householdId, parsed.caseId), parsed);
      },
    ],
    ['caseOwner', () => bare('caseOwner', keys.caseOwner(caseIdIn(householdId)), { note: said('caseOwner') })],
    [
      'look',
      () => {
        const reason = { purpose: 'call', reason: said('look') } as const;
        const { look, window } = lookAt({ householdId, staffId: staffIdSchema.parse('staff_weber'), kind: 'page' }, reason, START);
        return createOnce(kinds.look, keys.look(householdId, window, look.lookId), look);
      },
    ],
    ['declaration', () => bare('declaration', keys.declaration(declarationId), { note: said('declaration') })],
    ['declarant', () => bare('declarant', keys.declarant(declarationId), { note: said('declarant') })],
    ['touchpoint', () => bare('touchpoint', { pk: keys.household(householdId).pk, sk: `TP#${day}#tp_1` }, touchpoint)],
    ['claim', () => bare('claim', keys.claim(touchpoint.source, 'm1'), { householdId, note: said('claim') })],
    ['thingOwner', () => bare('thingOwner', keys.thingOwner(thing), { thing, householdId, note: said('thingOwner') })],
    ['quarantine', () => bare('quarantine', keys.quarantine(thing, 'x'), { thing, payload: said('quarantine'), reason: 'odd', receivedAt: day })],
  ]);
}

/** Of the one case that each household has. */
export const caseIdIn = (householdId: HouseholdId) => caseIdSchema.parse(`case_${householdId.slice('hh_'.length)}`);

/** Delivered, with the marker as the name of what was bought. */
function deliveredOrder(householdId: HouseholdId, orderId: Order['orderId'], title: string) {
  const { hash: _, ...content } = quote;
  const named = seal({ ...content, lineItems: content.lineItems.map((line) => ({ ...line, title })) });
  const about = { householdId, orderId, retailerId: frischhof };
  const proposed = evolveOrder(undefined, { type: 'order.proposed', data: { ...about, round: 1, quote: named } }, proposedAt);
  const steps = [facts.approved, facts.placing, facts.placed, facts.accepted, facts.delivered] as const;
  const order = steps.reduce<Order>(
    (before, { type, data }) =>
      evolveOrder(
        before,
        { type, data: { ...data, ...about, ...(type === 'order.placing' && { messageId: messageIdFor(orderId, ...PLACING_MESSAGE) }) } } as never,
        proposedAt,
      ),
    proposed,
  );
  return { order, record: { proposal: { at: proposedAt, needs: [], wanted: [], considered: [], quoteHash: named.hash } } };
}

/** Every item of every table, as text. */
export async function everythingStored(): Promise<string> {
  const found: unknown[] = [];
  for (const table of ['HOUSEHOLDS_TABLE', 'RETAILERS_TABLE', 'JOURNEYS_TABLE'] as const) {
    let startKey: Record<string, unknown> | undefined;
    do {
      const page = await documents.send(new ScanCommand({ TableName: environment(table), ExclusiveStartKey: startKey, ConsistentRead: true }));
      found.push(...(page.Items ?? []).map((item) => ({ ...item, state: storedStateSchema.parse(item['state']) })));
      startKey = page.LastEvaluatedKey;
    } while (startKey !== undefined);
  }
  return JSON.stringify(found);
}

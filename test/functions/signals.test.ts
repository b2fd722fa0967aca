/** Signals over the real store: put down by staff, made from what shops say, and found to concern a household by what it has at home and what came there. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { handler as followSupply } from '../../functions/follow-supply.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { handler as retailerApi } from '../../functions/retailer-api.ts';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { concernsOfHome } from '../../functions/runtime/signals.ts';
import { createOnce, load } from '../../functions/runtime/store.ts';
import { goodsHadSchema } from '../../shared/journey/signal/goods-had.ts';
import { addDuration, duration, householdIdSchema } from '../../shared/values.ts';
import { dueRecord, eventRecord, ofType, tell, type World } from './harness.ts';
import { agentClaims, memberClaims, send } from './http-call.ts';
import { anna, frischhof, household, householdId, milkGtin, milkNow } from './kitchen.ts';
import { orderedWorld, theOrder, type OrderedWorld } from './order-world.ts';
import { signedHeaders } from './shop-keys.ts';

let world: World;
let all: OrderedWorld;
beforeEach(async () => {
  all = await orderedWorld();
  ({ world } = all);
});
afterEach(() => all.close());

const put = (body: unknown, claims: Record<string, string> = agentClaims) => send(journeyApi, { method: 'POST', path: '/console/signals', claims, body });
const says = (id: string, type: string, data: object) => {
  const body = JSON.stringify({ type, timestamp: world.now, data });
  return send(retailerApi, { method: 'POST', path: `/retailers/${frischhof}/messages`, headers: signedHeaders(frischhof, id, body), body });
};
const cheap = () => ({
  ...{ signalId: 'cheap-milk', at: world.now, kind: 'cheap-window', gtin: milkGtin, retailerId: frischhof },
  ...{ until: addDuration(world.now, duration(2, 'days')), unitMinor: 89, usualMinor: 119 },
});
const recall = (over: object = {}) => ({
  ...{ signalId: 'recall-milk', at: world.now, kind: 'recall', gtin: milkGtin, lots: ['L42'] },
  because: { de: 'Es können Splitter darin sein.', en: 'There may be splinters in it.' },
  ...over,
});

/** What Anna ordered has come, out of this lot. */
async function deliver(lot: string): Promise<void> {
  await tell(deliverWebhook, ...ofType(await world.said(), 'order.approved').map((event) => eventRecord(event)));
  const { orderId, quote } = (await theOrder()).order;
  const deliveryAt = addDuration(world.now, duration(1, 'days'));
  await says('msg_1', 'order.accepted', { orderId, sequence: 1, deliveryAt });
  const quantity = quote.lineItems[0]?.quantity ?? 0;
  await says('msg_2', 'order.delivered', { orderId, sequence: 2, lines: [{ gtin: milkGtin, quantity, lot }], totalMinor: quote.total.amountMinor });
  const delivered = ofType(await world.said(), 'order.delivered').map((event) => eventRecord(event));
  await tell(followSupply, ...delivered, ...delivered);
}
const walk = () => tell(runAutomation, dueRecord(keys.recallWalk('recall-milk'), world.now));
const claims = memberClaims(anna);
const path = `/households/${householdId}/outreach`;
const messages = async () =>
  (await send(householdApi, { method: 'GET', path, claims })).body['messages'] as { kind: string; words: { de: { text: string } } }[];

describe('a signal', () => {
  it('is put down once by staff, concerns whoever has it at home, and nobody once it is over or ended', async () => {
    expect((await put(cheap())).status).toBe(200);
    expect((await put(cheap())).body).toMatchObject({ signals: [{ signal: { signalId: 'cheap-milk' }, from: 'staff', shop: 'Frischhof' }] });
    expect((await load(kinds.signal, keys.signal('cheap-milk')))?.version).toBe(1);
    const { state: milk } = await milkNow();
    expect(await concernsOfHome(householdId, [milk], world.now)).toMatchObject([
      { signalId: 'cheap-milk', supplyId: milk.supplyId, reason: { code: 'signal-cheap', figures: { percent: 25 } } },
    ]);
    expect(await concernsOfHome(householdId, [milk], addDuration(world.now, duration(3, 'days')))).toEqual([]);
    const ended = await send(journeyApi, { method: 'POST', path: '/console/signals/cheap-milk/end', claims: agentClaims });
    expect(ended).toMatchObject({ status: 200, body: { signals: [] } });
    expect(await concernsOfHome(householdId, [milk], world.now)).toEqual([]);
    expect((await send(journeyApi, { method: 'POST', path: '/console/signals/no-such/end', claims: agentClaims })).status).toBe(404);
    expect((await put(cheap(), memberClaims(anna))).status).toBe(403);
    expect((await put({ ...cheap(), kind: 'rumour' })).status).toBe(400);
  });

  it('is made from a shop’s own offers, and is over with the price', async () => {
    const terms = { deliveryFeeMinor: 100, freeDeliveryFromMinor: 3_000, minimumOrderMinor: 0, leadTimeDays: 2 };
    const publish = async (id: string, priceMinor: number) => {
      const offer = { gtin: milkGtin, sku: 'FH-1', title: 'Milk', pack: { amount: 1, unit: 'l' }, priceMinor, vatPercent: 7, available: true };
      await says(id, 'offers.published', { publishedAt: world.now, terms, offers: [{ ...offer, validUntil: addDuration(world.now, duration(2, 'days')) }] });
    };
    const { state: milk } = await milkNow();
    world.wait(24 * 25, 'hours');
    await publish('msg_a', 99);
    expect(await concernsOfHome(householdId, [milk], world.now)).toMatchObject([{ kind: 'cheap-window', reason: { figures: { savedMinor: 30 } } }]);
    expect((await send(journeyApi, { method: 'GET', path: '/console/signals', claims: agentClaims })).body).toMatchObject({
      signals: [{ from: 'offers', about: 'Milk', shop: 'Frischhof', concerned: { households: 0 } }],
      lookedAt: { households: 0 },
    });
    world.wait(1, 'hours');
    await publish('msg_b', 129);
    expect(await concernsOfHome(householdId, [milk], world.now)).toEqual([]);
  });
});

describe('a recall', () => {
  it('reaches whoever had that lot, once, whatever they have stopped', async () => {
    await deliver('l 42');
    expect((await send(householdApi, { method: 'POST', path, claims, body: { type: 'stop', kind: 'all' } })).status).toBe(200);
    // A neighbour who had another lot, and one of whose packs nobody said the lot.
    const came = (lots: object[]) => ({ gtin: milkGtin, title: 'Milk', came: [{ orderId: 'ord_2', at: world.now, packs: 1, lots }] });
    for (const [name, lots] of [
      ['hh_other', [{ lot: 'L7', packs: 1 }]],
      ['hh_gone', []],
    ] as const) {
      const neighbour = householdIdSchema.parse(name);
      await createOnce(kinds.goodsHad, keys.goodsHad(neighbour, milkGtin), goodsHadSchema.parse({ householdId: neighbour, ...came([...lots]) }));
      if (name === 'hh_other') await createOnce(kinds.household, keys.household(neighbour), { ...household, householdId: neighbour });
    }
    await put(recall());
    await walk();
    await walk();
    expect((await messages()).map(({ kind, words }) => [kind, words.de.text])).toEqual([
      ['recall', 'Eure Charge ist betroffen. Bitte nicht verwenden. Es können Splitter darin sein.'],
    ]);
    expect(ofType(await world.said(), 'outreach.sent').map(({ data }) => data.householdId)).toEqual([householdId]);
    const figures = { looked: 3, certain: 1, maybe: 1, told: 1 };
    expect((await send(journeyApi, { method: 'GET', path: '/console/signals', claims: agentClaims })).body).toMatchObject({
      signals: [{ signal: { signalId: 'recall-milk' }, recall: { last: figures, isWalking: false } }],
    });
    // The next day it is walked again, and nobody is told twice.
    world.wait(25, 'hours');
    await walk();
    expect((await load(kinds.recallWalk, keys.recallWalk('recall-milk')))?.state.last).toMatchObject({ ...figures, at: world.now });
    expect(await messages()).toHaveLength(1);
  });

  it('of another lot reaches nobody, and ends with the walk when it is ended', async () => {
    await deliver('L41');
    await put(recall());
    await send(journeyApi, { method: 'POST', path: '/console/signals/recall-milk/end', claims: agentClaims });
    await walk();
    expect((await load(kinds.recallWalk, keys.recallWalk('recall-milk')))?.state).not.toHaveProperty('lookAgainAt');
    await put(recall());
    await walk();
    expect(await messages()).toEqual([]);
  });
});

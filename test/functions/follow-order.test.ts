import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { handler as followSupply } from '../../functions/follow-supply.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as reconcileOrder } from '../../functions/reconcile-order.ts';
import { handler as retailerApi } from '../../functions/retailer-api.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change, list } from '../../functions/runtime/store.ts';
import { addDuration, duration, ignored, type OrderId } from '../../shared/values.ts';
import { dueRecord, eventRecord, ofType, tell, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, frischhof, householdId, milkGtin, milkNow, milkSupply } from './kitchen.ts';
import { orderedWorld, theOrder, type OrderedWorld } from './order-world.ts';
import { signedHeaders } from './shop-keys.ts';
import type { ShopServer } from './shop-server.ts';

const OAT = '4006381333931' === milkGtin ? '4000521006112' : '4006381333931';

let world: World;
let shop: ShopServer;
let orderId: OrderId;
let close: OrderedWorld['close'];
beforeEach(async () => {
  ({ world, shop, orderId, close } = await orderedWorld());
  await tell(deliverWebhook, ...ofType(await world.said(), 'order.approved').map((event) => eventRecord(event)));
});
afterEach(() => close());

const claims = memberClaims(anna);
const pathOf = (rest: string) => `/households/${householdId}/orders/${orderId}${rest}`;
const follow = () => send(householdApi, { method: 'GET', path: pathOf('/timeline'), claims });
const cancel = (reason = 'not-needed') => send(householdApi, { method: 'POST', path: pathOf('/cancel'), claims, body: { reason } });
const says = (id: string, type: string, data: object) => {
  const body = JSON.stringify({ type, timestamp: world.now, data: { orderId, ...data } });
  return send(retailerApi, { method: 'POST', path: `/retailers/${frischhof}/messages`, headers: signedHeaders(frischhof, id, body), body });
};
const heardSchema = z.looseObject({ type: z.string(), data: z.unknown() });
const heard = (type: string) =>
  shop.heard
    .filter(({ body }) => body !== '')
    .map(({ body, id, isVerified }) => ({ ...heardSchema.parse(JSON.parse(body)), id, isVerified }))
    .filter((message) => message.type === type);
const tellOf = async (...types: Parameters<typeof ofType>[1][]) => {
  const said = await world.said();
  await tell(deliverWebhook, ...types.flatMap((type) => ofType(said, type).map((event) => eventRecord(event))));
};
const orderIsDue = () => dueRecord(keys.order(householdId, orderId), world.now);
const accepted = () => says('msg_1', 'order.accepted', { sequence: 1, deliveryAt: addDuration(world.now, duration(1, 'days')) });

describe('the way to the door', () => {
  it('tells every step with its figures and the name of whoever did it', async () => {
    await accepted();
    await says('msg_2', 'order.shipped', { sequence: 2, tracking: 'T1' });
    const { order } = await theOrder();
    const lines = order.quote.lineItems.map(({ gtin, quantity }) => ({ gtin, quantity }));
    await says('msg_3', 'order.delivered', { sequence: 3, lines, totalMinor: order.quote.total.amountMinor });
    const { status, body } = await follow();
    expect(status).toBe(200);
    expect((body['timeline'] as { step: string }[]).map(({ step }) => step)).toEqual([
      'proposed',
      'approved',
      'placing',
      'placed',
      'accepted',
      'shipped',
      'delivered',
    ]);
    expect(body).toMatchObject({
      status: 'delivered',
      tracking: 'T1',
      charged: order.quote.total,
      shop: { name: 'Frischhof' },
      lines: [{ progress: { fulfilled: lines[0]?.quantity } }],
    });
    expect(body['actions']).toMatchObject([
      { action: 'decide', allowed: false },
      { action: 'withdraw', allowed: false, reason: 'already-placed' },
      { action: 'cancel', allowed: false, reason: 'already-delivered' },
      { action: 'order-elsewhere', allowed: false, reason: 'not-stuck' },
      { action: 'withdraw-contract', allowed: true },
      { action: 'report-problem', allowed: true },
    ]);
  });
});

describe('a cancel after placing', () => {
  it('is asked of the shop once, by a signed message with the same bytes on each attempt', async () => {
    shop.answer = { status: 500 };
    expect((await cancel()).status).toBe(200);
    expect((await cancel()).status).toBe(200);
    await tellOf('order.cancel-requested');
    shop.answer = { status: 200 };
    world.wait(1, 'hours');
    const [delivery] = (await list(kinds.delivery, `RT#${frischhof}`, 'DELIVERY#')).filter(({ state }) => state.type === 'order.cancel-requested');
    await tell(deliverWebhook, dueRecord(keys.delivery(frischhof, delivery?.state.messageId ?? ('' as never)), world.now));
    const requests = heard('order.cancel-requested');
    expect(requests).toHaveLength(2);
    expect(requests[1]).toEqual(requests[0]);
    expect(requests[0]).toMatchObject({ isVerified: true, data: { orderId, reason: 'not-needed' } });
    expect(ofType(await world.said(), 'order.cancel-requested')).toHaveLength(1);
    // The order's own placing stays what it was.
    expect((await theOrder()).order).toMatchObject({ status: 'placed', cancelRequest: { memberId: anna, reason: 'not-needed' } });
  });

  it('whose event was lost is sent when the order is due', async () => {
    await cancel();
    world.wait(20, 'minutes');
    shop.answer = { status: 200, body: { orderId, answers: [] } };
    await tell(reconcileOrder, orderIsDue());
    const pending = (await list(kinds.delivery, `RT#${frischhof}`, 'DELIVERY#')).find(({ state }) => state.type === 'order.cancel-requested');
    await tell(deliverWebhook, dueRecord(keys.delivery(frischhof, pending?.state.messageId ?? ('' as never)), world.now));
    expect(heard('order.cancel-requested')).toHaveLength(1);
  });

  it('that the shop grants ends the order, and its needs count as declined', async () => {
    await cancel();
    await says('msg_1', 'order.cancelled', { sequence: 1, reason: 'as you wished' });
    await tell(followSupply, ...ofType(await world.said(), 'order.cancelled').map((event) => eventRecord(event)));
    expect((await theOrder()).order.status).toBe('cancelled');
    expect((await milkNow()).state.need?.standing).toBe('declined');
  });

  it('that the shop refuses goes on, says why and cannot be asked again', async () => {
    await accepted();
    await cancel();
    await says('msg_2', 'order.cancel-refused', { sequence: 2, reason: 'already packed' });
    expect((await follow()).body).toMatchObject({ status: 'accepted', cancelRequest: { refused: { reason: 'already packed' } } });
    expect(await cancel()).toMatchObject({ status: 409, body: { title: 'refused-by-shop' } });
  });

  it('is refused with its reason once the parcel is on its way', async () => {
    await says('msg_2', 'order.shipped', { sequence: 2 });
    expect(await cancel()).toMatchObject({ status: 409, body: { title: 'already-shipped' } });
  });
});

describe('a substitute', () => {
  const ask = async (over: { unitPriceMinor?: number; tags?: string[]; quantity?: number; questionId?: string; sequence?: number } = {}) => {
    const { unitPriceMinor = 100, tags = [], questionId = 'q-1', sequence = 2 } = over;
    const [line] = (await theOrder()).order.quote.lineItems;
    const offered = { gtin: OAT, sku: 'OAT', title: 'Oat drink', pack: { amount: 500, unit: 'ml' }, unitPriceMinor, tags };
    const answerBefore = addDuration(world.now, duration(2, 'hours'));
    return says(`msg_${questionId}`, 'order.substitution-offered', {
      sequence,
      questionId,
      gtin: milkGtin,
      offered,
      quantity: over.quantity ?? line?.quantity,
      answerBefore,
    });
  };
  const question = async () =>
    (
      (await follow()).body['questions'] as {
        questionId: string;
        hash: string;
        needsOrderButton: boolean;
        answer?: { accepted: boolean; by: { kind: string } };
      }[]
    )[0];
  const reply = async (accepted: boolean, more: object = {}) =>
    send(householdApi, { method: 'POST', path: pathOf('/substitutions/q-1'), claims, body: { accepted, hash: (await question())?.hash, ...more } });
  const evidence = { wordingVersion: '2026-03', buttonText: 'zahlungspflichtig bestellen', language: 'de' };

  it('that costs no more is agreed to by a plain yes, told to the shop, delivered and counted with its own packs', async () => {
    await accepted();
    expect((await ask()).status).toBe(202);
    expect(await question()).toMatchObject({ needsOrderButton: false });
    expect((await reply(true)).status).toBe(200);
    await tellOf('order.substitution-answered');
    const [line] = (await theOrder()).order.quote.lineItems;
    const packs = line?.quantity ?? 0;
    expect(heard('order.substitution-answered')).toMatchObject([
      { isVerified: true, data: { questionId: 'q-1', accepted: true, offeredGtin: OAT, quantity: packs } },
    ]);
    const totalMinor = (await theOrder()).order.quote.deliveryFee.amountMinor + packs * 100;
    expect((await says('msg_9', 'order.delivered', { sequence: 3, lines: [{ gtin: OAT, quantity: packs }], totalMinor })).status).toBe(202);
    const delivered = await theOrder();
    expect(delivered.order).toMatchObject({
      status: 'delivered',
      progress: { lines: [{ fulfilled: 0, substitute: { gtin: OAT, fulfilled: packs } }], problems: [] },
    });
    await tell(followSupply, ...ofType(await world.said(), 'order.delivered').map((event) => eventRecord(event)));
    expect(ofType(await world.said(), 'supply.restocked').map(({ data }) => [data.supplyId, data.amount])).toEqual([[milkSupply, packs * 500]]);
  });

  it('that nobody agreed to is not delivered', async () => {
    await accepted();
    await ask();
    expect((await says('msg_9', 'order.delivered', { sequence: 3, lines: [{ gtin: OAT, quantity: 1 }], totalMinor: 100 })).body['title']).toBe('foreign-gtin');
  });

  it('that costs more needs the button with the words of the law, and may then be charged', async () => {
    await accepted();
    await ask({ unitPriceMinor: 900 });
    expect(await question()).toMatchObject({ needsOrderButton: true });
    expect((await reply(true)).body['title']).toBe('needs-order-button');
    expect((await reply(true, { evidence: { ...evidence, buttonText: 'Ja, gerne' } })).body['title']).toBe('wrong-button');
    expect((await reply(true, { hash: '0'.repeat(64), evidence })).body['title']).toBe('question-changed');
    expect((await reply(true, { evidence })).status).toBe(200);
    const { order } = await theOrder();
    const packs = order.quote.lineItems[0]?.quantity ?? 0;
    const most = order.quote.deliveryFee.amountMinor + packs * 900;
    const lines = [{ gtin: OAT, quantity: packs }];
    expect((await says('msg_8', 'order.delivered', { sequence: 3, lines, totalMinor: most + 1 })).body['title']).toBe('above-quote');
    expect((await says('msg_9', 'order.delivered', { sequence: 3, lines, totalMinor: most })).status).toBe(202);
  });

  it('is a no when nobody answers in time, and the shop hears it', async () => {
    await accepted();
    await ask();
    world.wait(3, 'hours');
    shop.answer = { status: 200, body: { orderId, answers: [] } };
    await tell(reconcileOrder, orderIsDue(), orderIsDue());
    expect((await question())?.answer).toMatchObject({ accepted: false, by: { kind: 'time' } });
    expect((await reply(true)).body['title']).toBe('already-answered');
    await tellOf('order.substitution-answered');
    expect(heard('order.substitution-answered')).toMatchObject([{ data: { accepted: false } }]);
    expect(ofType(await world.said(), 'order.substitution-answered')).toHaveLength(1);
  });

  it('is refused by the household’s own rule without asking anybody', async () => {
    await change(kinds.supply, keys.supply(householdId, milkSupply), (supply) =>
      supply === undefined
        ? ignored('no milk')
        : { kind: 'changed', state: { ...supply, settings: { ...supply.settings, substitute: 'never' as const } }, events: [] },
    );
    await accepted();
    await ask();
    expect((await question())?.answer).toMatchObject({ accepted: false, by: { kind: 'rule' } });
  });

  it('is asked about once, whatever is said twice and in whichever order', async () => {
    await ask();
    await ask();
    await accepted();
    await ask();
    expect(ofType(await world.said(), 'order.substitution-offered')).toHaveLength(1);
    expect((await theOrder()).order.status).toBe('accepted');
  });

  it('of another unit, or of a product that was ordered anyway, is refused', async () => {
    const answerBefore = addDuration(world.now, duration(1, 'hours'));
    const asked = (offered: object) =>
      says('msg_x', 'order.substitution-offered', { sequence: 1, questionId: 'q-1', gtin: milkGtin, quantity: 1, answerBefore, offered });
    const oat = { gtin: OAT, sku: 'OAT', title: 'Oat drink', pack: { amount: 500, unit: 'g' }, unitPriceMinor: 100 };
    expect((await asked(oat)).body['title']).toBe('unit-differs');
    expect((await asked({ ...oat, gtin: milkGtin, pack: { amount: 500, unit: 'ml' } })).body['title']).toBe('substitute-is-ordered');
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { openRetailer, type Retailer } from '../../retailer-sim/retailer.ts';
import { orderAnswersSchema } from '../../shared/retailer/messages.ts';
import { offersPublishedSchema, takeOffers } from '../../shared/retailer/offer.ts';
import { retailerIdSchema } from '../../shared/values.ts';
import { readSimulation } from '../../retailer-sim/simulation.ts';
import { DAY, HOUR, openWorld, orderOf, startsAt, steady, type World } from './world.ts';

let world: World | undefined;
let retailer: Retailer | undefined;
afterEach(async () => {
  await retailer?.close();
  world?.close();
  [world, retailer] = [undefined, undefined];
});

async function open(temper: object = steady): Promise<World> {
  world = await openWorld(temper);
  await restart(world);
  return world;
}
async function restart(at: World): Promise<void> {
  await retailer?.close();
  const ready = at.conductor.ready();
  retailer = await openRetailer(readSimulation(at.simulationPath, 'rt_frischhof'));
  await ready;
}
const typesOf = (at: World, orderId: string) => at.said(orderId).map(({ type }) => type);
const whole = ['order.accepted', 'order.shipped', 'order.delivered'];

describe('offers', () => {
  it('are published at the start and daily, as we take them, and hold until after the next', async () => {
    const at = await open();
    await at.conductor.runUntil(startsAt + 3 * DAY);
    const published = at.platform.heard.filter(({ type }) => type === 'offers.published');
    expect(published.map(({ timestamp }) => Date.parse(timestamp) - startsAt)).toEqual([0, DAY, 2 * DAY, 3 * DAY]);
    expect(published.every(({ verified }) => verified)).toBe(true);
    const message = offersPublishedSchema.parse(JSON.parse(published[0]?.body ?? ''));
    const { offers, refused } = takeOffers(message, retailerIdSchema.parse('rt_frischhof'));
    expect(refused).toEqual([]);
    expect(offers.map(({ sku, pack, validUntil }) => [sku, pack.amount, Date.parse(validUntil) - startsAt])).toEqual([
      ['FH-1001', 1_000, 36 * HOUR],
      ['FH-1002', 10, 36 * HOUR],
    ]);
  });
  it('are published anew an hour after they were refused', async () => {
    world = await openWorld();
    world.platform.answer = () => 404;
    await restart(world);
    world.platform.answer = () => 202;
    await world.conductor.runUntil(startsAt + 2 * HOUR);
    const published = world.platform.heard.filter(({ type }) => type === 'offers.published');
    expect(published.map(({ timestamp }) => Date.parse(timestamp) - startsAt)).toEqual([0, HOUR]);
    expect(new Set(published.map(({ messageId }) => messageId)).size).toBe(2);
  });
});

describe('an order', () => {
  it('is accepted, shipped and delivered, and the goods stand at the door before we are told', async () => {
    const at = await open();
    let doorstepWhenTold: unknown;
    at.platform.answer = (message) => {
      if (message.type === 'order.delivered') doorstepWhenTold = at.doorstep();
      return 202;
    };
    expect(await at.place(orderOf('ord_1'))).toEqual({ status: 202, body: { orderId: 'ord_1', repeat: false } });
    await at.conductor.runUntil(startsAt + 5 * DAY);
    const said = at.said('ord_1');
    expect(said.map(({ type, data }) => [type, data['sequence']])).toEqual([
      ['order.accepted', 1],
      ['order.shipped', 2],
      ['order.delivered', 3],
    ]);
    expect(said.every(({ verified }) => verified)).toBe(true);
    const lines = [
      { gtin: '4006381333931', quantity: 3 },
      { gtin: '4000521006112', quantity: 1 },
    ];
    expect(said[2]?.data).toEqual({ orderId: 'ord_1', sequence: 3, lines, totalMinor: 926 });
    const parcel = { at: said[2]?.timestamp, orderId: 'ord_1', lines: lines.map(({ gtin, quantity }) => ({ gtin, packs: quantity })) };
    expect(at.doorstep()).toEqual([parcel]);
    expect(doorstepWhenTold).toEqual([parcel]);
  });
  it('says when it wants to act before it answers', async () => {
    const at = await open();
    const before = at.conductor.next;
    await at.place(orderOf('ord_1'));
    expect(before).toBe(startsAt + DAY);
    expect(at.conductor.next).toBeLessThanOrEqual(startsAt + 30 * 60_000);
  });
  it('is changed to what is there, and that is what comes', async () => {
    const at = await open({ ...steady, change: 1 });
    await at.place(orderOf('ord_1'));
    await at.conductor.runUntil(startsAt + 5 * DAY);
    const [changed, shipped, delivered] = at.said('ord_1');
    expect([changed?.type, shipped?.type, delivered?.type]).toEqual(['order.changed', 'order.shipped', 'order.delivered']);
    const lines = changed?.data['lines'] as { gtin: string; quantity: number }[];
    expect(lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(3);
    expect(delivered?.data['lines']).toEqual(lines.filter(({ quantity }) => quantity > 0));
  });
  it('is rejected by message when the price is not ours, and nothing comes', async () => {
    const at = await open();
    expect((await at.place(orderOf('ord_1', { totalMinor: 900 }))).status).toBe(202);
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(at.said('ord_1').map(({ type, data }) => [type, data['reason']])).toEqual([['order.rejected', 'price mismatch: the total is 926, not 900']]);
    expect(at.doorstep()).toEqual([]);
  });
  it('comes alike whether time jumps or runs', async () => {
    const at = await open({ ...steady, leadTimeSdDays: 0, answerMinutes: [1, 1] });
    await at.place(orderOf('ord_1'));
    // A product day in two seconds.
    await at.conductor.runAt(DAY / 2_000, () => typesOf(at, 'ord_1').length === 3);
    expect(typesOf(at, 'ord_1')).toEqual(whole);
    expect(at.doorstep()).toMatchObject([{ orderId: 'ord_1' }]);
    const card = at.entries().find((entry) => entry.kind === 'order-received');
    const said = at.said('ord_1').map(({ timestamp }) => timestamp);
    expect(said.every((timestamp, index) => timestamp >= ([card?.plan.answerAt, card?.plan.shipAt, card?.plan.deliverAt][index] ?? ''))).toBe(true);
  });
});

describe('a repeat', () => {
  it('of message or order has the effect of the first', async () => {
    const at = await open();
    const order = orderOf('ord_1');
    const statuses = [await at.place(order, 'msg_1'), await at.place(order, 'msg_1'), await at.place(order, 'msg_2')].map(({ status }) => status);
    expect(statuses).toEqual([202, 200, 200]);
    await at.conductor.runUntil(startsAt + 5 * DAY);
    // Also after acceptBefore, and after it is over.
    expect((await at.place(order, 'msg_1')).status).toBe(200);
    await at.conductor.runUntil(startsAt + 9 * DAY);
    expect(typesOf(at, 'ord_1')).toEqual(whole);
    expect(at.doorstep()).toHaveLength(1);
    expect(at.entries().filter(({ kind }) => kind === 'order-received')).toHaveLength(1);
  });
  it('at the same instant is one order', async () => {
    const at = await open();
    const statuses = await Promise.all(Array.from({ length: 8 }, () => at.place(orderOf('ord_1')).then(({ status }) => status)));
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 202]);
    expect(at.entries().filter(({ kind }) => kind === 'order-received')).toHaveLength(1);
  });
  it('with other contents is refused', async () => {
    const at = await open();
    await at.place(orderOf('ord_1'), 'msg_1');
    expect((await at.place(orderOf('ord_1', { totalMinor: 1 }), 'msg_1')).status).toBe(409);
    expect((await at.place(orderOf('ord_2'), 'msg_1')).status).toBe(409);
  });
});

describe('what is refused', () => {
  it('a wrong signature, a late order and what is no order, each with a line in the ledger', async () => {
    const at = await open();
    expect((await at.place(orderOf('ord_1'), 'msg_1', { 'webhook-id': 'msg_2' })).status).toBe(401);
    expect((await at.place(orderOf('ord_1', { acceptBefore: new Date(startsAt).toISOString() }))).status).toBe(422);
    expect((await at.place({ ...orderOf('ord_1'), lines: [] })).status).toBe(422);
    expect((await at.place(orderOf('ord_1', { account: '../../etc/passwd' }))).status).toBe(422);
    expect(at.entries().flatMap((entry) => (entry.kind === 'webhook-refused' ? [entry.status] : []))).toEqual([401, 422, 422, 422]);
    expect(at.entries().some(({ kind }) => kind === 'order-received')).toBe(false);
  });
  it('everything while nobody tells the time', async () => {
    const at = await open();
    const gone = at.conductor.gone();
    at.conductor.hangUp();
    await gone;
    const answers: number[] = [];
    const back = at.conductor.ready();
    answers.push((await at.place(orderOf('ord_1'))).status);
    await back;
    answers.push((await at.place(orderOf('ord_1'))).status);
    expect(answers).toEqual([503, 202]);
    expect(at.conductor.heard.filter((spoken) => 'hello' in spoken)).toEqual([{ hello: 'retailer:rt_frischhof' }, { hello: 'retailer:rt_frischhof' }]);
  });
});

describe('asked about an order', () => {
  it('it says all it has said so far', async () => {
    const at = await open();
    await at.place(orderOf('ord_1'));
    expect(await at.ask('ord_1')).toEqual({ status: 200, body: { orderId: 'ord_1', answers: [] } });
    await at.conductor.runUntil(startsAt + 5 * DAY);
    const { status, body } = await at.ask('ord_1');
    expect(status).toBe(200);
    expect(orderAnswersSchema.parse(body).answers).toEqual(
      at.said('ord_1').map(({ messageId, type, timestamp, data }) => ({ messageId, type, timestamp, data })),
    );
  });
  it('wants a signature', async () => {
    const at = await open();
    expect((await at.ask('ord_1', {})).status).toBe(401);
  });
  it('after acceptBefore, a no is final, though the order then comes with a clock that is behind', async () => {
    const at = await open();
    const acceptBefore = new Date(startsAt + HOUR).toISOString();
    await at.conductor.runUntil(startsAt + HOUR - 2 * 60_000);
    expect((await at.ask('ord_1')).status).toBe(404);
    expect((await at.place(orderOf('ord_1', { acceptBefore }))).status).toBe(409);
    await restart(at);
    expect((await at.place(orderOf('ord_1', { acceptBefore }))).status).toBe(409);
  });
  it('long before acceptBefore, a no is only how it stands', async () => {
    const at = await open();
    expect((await at.ask('ord_1')).status).toBe(404);
    await at.conductor.runUntil(startsAt + HOUR);
    expect((await at.place(orderOf('ord_1'))).status).toBe(202);
  });
});

describe('telling the platform', () => {
  it('goes on with the same id until it is heard', async () => {
    const at = await open();
    let failures = 3;
    at.platform.answer = ({ type }) => (type === 'order.accepted' && failures-- > 0 ? ([500, 429, 503][failures] ?? 500) : 202);
    await at.place(orderOf('ord_1'));
    await at.conductor.runUntil(startsAt + 12 * HOUR);
    const attempts = at.platform.heard.filter(({ type }) => type === 'order.accepted');
    expect(attempts).toHaveLength(4);
    expect(new Set(attempts.map(({ messageId, body }) => messageId + body)).size).toBe(1);
    const about = at.entries().flatMap((entry) => ('messageId' in entry && entry.messageId === attempts[0]?.messageId ? [Date.parse(entry.at)] : []));
    // 5 s, a minute, five minutes.
    expect(about.map((moment) => moment - (about[0] ?? 0))).toEqual([0, 5_000, 65_000, 365_000]);
  });
  it('ends with a refusal', async () => {
    const at = await open();
    at.platform.answer = ({ type }) => (type === 'order.accepted' ? 422 : 202);
    await at.place(orderOf('ord_1'));
    await at.conductor.runUntil(startsAt + 12 * HOUR);
    expect(at.platform.heard.filter(({ type }) => type === 'order.accepted')).toHaveLength(1);
    expect(at.entries().filter(({ kind }) => kind === 'message-refused')).toHaveLength(1);
  });
});

describe('a cut line', () => {
  it('lets nothing in or out, but the van still drives; restored, all is told', async () => {
    const at = await open();
    await at.place(orderOf('ord_1'));
    await retailer?.setLine('cut');
    await expect(at.place(orderOf('ord_2'))).rejects.toThrow('fetch failed');
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesOf(at, 'ord_1')).toEqual([]);
    expect(at.doorstep()).toHaveLength(1);
    await retailer?.setLine('restored');
    await at.conductor.runUntil(startsAt + 5 * DAY + 1);
    expect(typesOf(at, 'ord_1')).toEqual(whole);
    expect((await at.place(orderOf('ord_3', { acceptBefore: new Date(startsAt + 6 * DAY).toISOString() }))).status).toBe(202);
  });
});

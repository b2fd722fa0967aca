import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { openRetailer, type Retailer } from '../../retailer-sim/retailer.ts';
import { readSimulation } from '../../retailer-sim/simulation.ts';
import { answerSchema } from '../../shared/order/response.ts';
import { DAY, HOUR, milk, openWorld, orderOf, startsAt, steady, type World } from './world.ts';

const oat = { insteadOf: milk.gtin, gtin: '4012345678901', sku: 'FH-1101', title: 'Oat drink', pack: { amount: 1, unit: 'l' }, priceMinor: 119 };

let world: World | undefined;
let retailer: Retailer | undefined;
afterEach(async () => {
  await retailer?.close();
  world?.close();
  [world, retailer] = [undefined, undefined];
});

/** @param substitute share of orders in which it asks */
async function open(substitute = 0): Promise<World> {
  world = await openWorld({ ...steady, substitute });
  const { simulation } = world;
  writeFileSync(world.simulationPath, JSON.stringify({ ...simulation, retailers: simulation.retailers.map((each) => ({ ...each, substitutes: [oat] })) }));
  await restart(world);
  return world;
}
async function restart(at: World): Promise<void> {
  await retailer?.close();
  const ready = at.conductor.ready();
  retailer = await openRetailer(readSimulation(at.simulationPath, 'rt_frischhof'));
  await ready;
}

async function wish(at: World, type: string, data: object, id = `msg_${randomUUID()}`) {
  const body = JSON.stringify({ type, timestamp: new Date(at.conductor.now).toISOString(), data });
  const response = await fetch(`${at.shopUrl}/webhooks`, { method: 'POST', body, headers: at.signed(id, body) });
  return { status: response.status, body: await response.json() };
}
const typesOf = (at: World, orderId = 'ord_1') => at.said(orderId).map(({ type }) => type);
const entriesOf = (at: World, kind: string) => at.entries().filter((entry) => entry.kind === kind);
const cancel = (at: World, id?: string) => wish(at, 'order.cancel-requested', { orderId: 'ord_1', reason: 'not-needed' }, id);

describe('a cancel', () => {
  it('is granted while nothing has left, once, whatever is said twice', async () => {
    const at = await open();
    await at.place(orderOf('ord_1'));
    await at.conductor.runUntil(startsAt + HOUR);
    expect(await cancel(at, 'msg_c')).toMatchObject({ status: 202, body: { repeat: false } });
    expect(await cancel(at, 'msg_c')).toMatchObject({ status: 200, body: { repeat: true } });
    expect((await cancel(at)).status).toBe(202);
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesOf(at)).toEqual(['order.accepted', 'order.cancelled']);
    expect(at.doorstep()).toEqual([]);
  });

  it('is refused once the parcel is on its way, and the order is delivered', async () => {
    const at = await open();
    await at.place(orderOf('ord_1'));
    for (let hour = 1; !typesOf(at).includes('order.shipped'); hour += 1) await at.conductor.runUntil(startsAt + hour * HOUR);
    await cancel(at);
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesOf(at)).toEqual(['order.accepted', 'order.shipped', 'order.cancel-refused', 'order.delivered']);
    expect(() => at.said('ord_1').map(({ type, timestamp, data }) => answerSchema.parse({ type, timestamp, data }))).not.toThrow();
  });

  it('that comes before its order ends it when it comes, also after a restart', async () => {
    const at = await open();
    await cancel(at);
    expect(entriesOf(at, 'cancel-requested')).toMatchObject([{ outcome: 'unknown' }]);
    await restart(at);
    expect((await at.place(orderOf('ord_1'))).status).toBe(202);
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesOf(at)).toEqual(['order.cancelled']);
    expect(at.doorstep()).toEqual([]);
  });
});

describe('a question', () => {
  const asked = async () => {
    const at = await open(1);
    await at.place(orderOf('ord_1'));
    await at.conductor.runUntil(startsAt + HOUR);
    return at;
  };
  const answer = (at: World, accepted: boolean) => wish(at, 'order.substitution-answered', { orderId: 'ord_1', questionId: 'q-ord_1', accepted });

  it('is asked as we take it, and a yes brings the other thing at its price', async () => {
    const at = await asked();
    const [, question] = at.said('ord_1');
    expect(answerSchema.parse({ type: question?.type, timestamp: question?.timestamp, data: question?.data })).toMatchObject({
      data: { gtin: milk.gtin, offered: { gtin: oat.gtin } },
    });
    await answer(at, true);
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesOf(at)).toEqual(['order.accepted', 'order.substitution-offered', 'order.shipped', 'order.delivered']);
    expect(at.said('ord_1').at(-1)?.data).toMatchObject({
      lines: [
        { gtin: '4000521006112', quantity: 1 },
        { gtin: oat.gtin, quantity: 3 },
      ],
      totalMinor: 926 - 3 * 129 + 3 * 119,
    });
  });

  it.each([
    ['a no', (at: World): Promise<unknown> => answer(at, false)],
    ['silence', (): Promise<unknown> => Promise.resolve()],
  ])('that gets %s leaves the article away, and says so', async (_, reply) => {
    const at = await asked();
    await reply(at);
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesOf(at)).toEqual(['order.accepted', 'order.substitution-offered', 'order.changed', 'order.shipped', 'order.delivered']);
    expect(at.said('ord_1').at(-1)?.data).toMatchObject({ lines: [{ gtin: '4000521006112', quantity: 1 }], totalMinor: 926 - 3 * 129 });
  });
});

it('a withdrawal is written down and paid back once: the goods, and the delivery with the last of them', async () => {
  const at = await open();
  await at.place(orderOf('ord_1'));
  await at.conductor.runUntil(startsAt + 5 * DAY);
  const declaredAt = new Date(at.conductor.now).toISOString();
  const withdraw = (part: number, lines: object[], id: string) => wish(at, 'contract.withdrawn', { orderId: 'ord_1', part, declaredAt, lines }, id);
  await withdraw(1, [{ gtin: milk.gtin, quantity: 1 }], 'msg_w1');
  await withdraw(1, [{ gtin: milk.gtin, quantity: 1 }], 'msg_w1');
  await withdraw(1, [{ gtin: milk.gtin, quantity: 1 }], 'msg_other');
  expect(entriesOf(at, 'contract-withdrawn')).toMatchObject([{ refundMinor: 129 }, { refundMinor: 0 }]);
  const whole = orderOf('ord_2', { acceptBefore: new Date(startsAt + 6 * DAY).toISOString() });
  await at.place(whole);
  await at.conductor.runUntil(startsAt + 10 * DAY);
  await wish(at, 'contract.withdrawn', { orderId: 'ord_2', part: 1, declaredAt, lines: whole.lines.map(({ gtin, quantity }) => ({ gtin, quantity })) });
  expect(entriesOf(at, 'contract-withdrawn').at(-1)).toMatchObject({ orderId: 'ord_2', refundMinor: 926 });
});

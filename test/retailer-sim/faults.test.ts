import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { chanceOf } from '../../retailer-sim/chance.ts';
import { isDeliveryToldLate, mishapsOf, messageInQuestion, mishapSchema, slowMillis, type Mishap } from '../../retailer-sim/mishaps.ts';
import { manners } from '../../retailer-sim/manners.ts';
import { outageAt } from '../../retailer-sim/outage.ts';
import { openRetailer, type Retailer } from '../../retailer-sim/retailer.ts';
import { readSimulation } from '../../retailer-sim/simulation.ts';
import { DAY, HOUR, openWorld, orderOf, startsAt, steady, type World } from './world.ts';

let world: World | undefined;
let retailer: Retailer | undefined;
afterEach(stop);

async function stop(): Promise<void> {
  await retailer?.close();
  world?.close();
  [world, retailer] = [undefined, undefined];
}
async function start(at: World): Promise<void> {
  const ready = at.conductor.ready();
  retailer = await openRetailer(readSimulation(at.simulationPath, 'rt_frischhof'));
  await ready;
}
/** A shop that commits one fault as often as it can. */
const prone = { ...steady, proneness: 10 };
async function open(fault: string): Promise<World> {
  world = await openWorld(prone, [fault]);
  await start(world);
  return world;
}

const chance = chanceOf(1, 'rt_frischhof');
/** An order to which it happens, and for which more holds. */
function orderWith(mishap: Mishap, holds: (orderId: string) => boolean = () => true): string {
  for (let number = 1; ; number += 1) {
    const orderId = `ord_${number}`;
    if (mishapsOf(orderId, [mishap], 10, chance).includes(mishap) && holds(orderId)) return orderId;
  }
}
const whole = ['order.accepted', 'order.shipped', 'order.delivered'];
const typesIn = (at: World, orderId: string) => at.platform.heard.filter(({ data }) => data['orderId'] === orderId).map(({ type }) => type);
const atOf = (at: World, orderId: string, type: string) => at.platform.heard.find((message) => message.data['orderId'] === orderId && message.type === type);

describe('a shop that was told of no fault', () => {
  it('commits none, however prone it is', async () => {
    world = await openWorld(prone, []);
    await start(world);
    const orderId = orderWith('shop-answered-late', (id) => mishapsOf(id, ['shop-answered-twice'], 10, chance).length === 1);
    await world.place(orderOf(orderId));
    await world.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesIn(world, orderId)).toEqual(whole);
    expect(world.faults()).toEqual([]);
  });
});

describe('a slow shop', () => {
  it('has the order at once and says so after seconds; the next time at once', async () => {
    const at = await open('shop-slow');
    const orderId = orderWith('shop-slow', (id) => slowMillis(id, chance) > 600 && slowMillis(id, chance) < 1_500);
    const sentAt = performance.now();
    let isAnswered = false;
    const slow = at.place(orderOf(orderId)).finally(() => (isAnswered = true));
    while (at.entries().every(({ kind }) => kind !== 'order-received')) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isAnswered).toBe(false);
    expect((await slow).status).toBe(202);
    expect(performance.now() - sentAt).toBeGreaterThanOrEqual(slowMillis(orderId, chance) - 5);
    expect((await at.place(orderOf(orderId))).body).toEqual({ orderId, repeat: true });
    expect(at.faults()).toEqual([{ fault: 'shop-slow', at: new Date(startsAt).toISOString(), subject: orderId }]);
  });
  it('is sometimes slower than anybody waits', () => {
    const millis = Array.from({ length: 200 }, (_, number) => slowMillis(`ord_${number}`, chance));
    expect(millis.filter((wait) => wait > 15_000).length).toBeGreaterThan(10);
    expect(millis.filter((wait) => wait < 3_000).length).toBeGreaterThan(150);
  });
});

describe('a shop that is down', () => {
  const outageOf = () => {
    for (let now = startsAt; ; now += HOUR) {
      const outage = outageAt(now, startsAt, chance);
      if (outage) return outage;
    }
  };
  it('takes, answers and sends nothing for a day, and goes on afterwards as if nothing had been', async () => {
    const at = await open('shop-down');
    const { from, until, manner } = outageOf();
    expect(until - from).toBe(DAY);
    await at.conductor.runUntil(from - 5 * 60_000);
    await at.place(orderOf('ord_1', { acceptBefore: new Date(from + DAY).toISOString() }));
    await at.conductor.runUntil(from + 12 * HOUR);
    const answer = at.place(orderOf('ord_2', { acceptBefore: new Date(from + 3 * DAY).toISOString() }));
    if (manner === 'hangs-up') await expect(answer).rejects.toThrow();
    else expect((await answer).status).toBe(503);
    const before = at.platform.heard.length;
    await at.conductor.runUntil(until - 1);
    expect(at.platform.heard.length).toBe(before);
    await at.conductor.runUntil(until + 5 * DAY);
    expect(typesIn(at, 'ord_1').sort()).toEqual(whole.slice().sort());
    expect(at.entries().some((entry) => entry.kind === 'order-received' && entry.order.orderId === 'ord_2')).toBe(false);
    expect(at.faults().map(({ subject }) => subject)[0]).toEqual(`rt_frischhof from ${new Date(from).toISOString()}`);
  });
  it('hangs up on some days and says so on others, about three days a month', () => {
    const days = Array.from({ length: 300 }, (_, day) => outageAt(startsAt + (day + 0.5) * DAY, startsAt, chance));
    expect(days.filter((outage) => outage !== undefined).length).toBeGreaterThan(20);
    expect(new Set(days.map((outage) => outage?.manner))).toEqual(new Set([undefined, 'hangs-up', 'says-503']));
  });
});

describe('a shop that is out of stock', () => {
  it('rejects the order, and offers what it lacks as not available', async () => {
    const at = await open('shop-out-of-stock');
    const orderId = orderWith('shop-out-of-stock');
    await at.place(orderOf(orderId));
    await at.conductor.runUntil(startsAt + 20 * DAY);
    expect(typesIn(at, orderId)).toEqual(['order.rejected']);
    expect(atOf(at, orderId, 'order.rejected')?.data['reason']).toBe('out of stock');
    const offered = at.platform.heard.flatMap(({ type, data }) => (type === 'offers.published' ? (data['offers'] as { available: boolean }[]) : []));
    const missing = offered.filter(({ available }) => !available).length;
    expect([missing > 0, missing < offered.length / 2]).toEqual([true, true]);
    expect(at.faults()).toHaveLength(missing + 1);
  });
});

describe('a shop that answers twice', () => {
  it('says one of its messages again with its id, and once more with another', async () => {
    const at = await open('shop-answered-twice');
    await at.place(orderOf('ord_1'));
    await at.conductor.runUntil(startsAt + 5 * DAY);
    const heard = at.platform.heard.filter(({ data }) => data['orderId'] === 'ord_1');
    const bySequence = [1, 2, 3].map((sequence) => heard.filter(({ data }) => data['sequence'] === sequence));
    expect(bySequence.map(({ length }) => length).sort()).toEqual([1, 1, 3]);
    const [twice = []] = bySequence.filter(({ length }) => length === 3);
    expect(new Set(twice.map(({ messageId }) => messageId)).size).toBe(2);
    expect(new Set(twice.map(({ body }) => body)).size).toBe(1);
    // Asked, the shop tells what it knows and not how often it said so.
    expect((await at.ask('ord_1')).body).toMatchObject({ answers: [{ type: whole[0] }, { type: whole[1] }, { type: whole[2] }] });
    expect(at.faults().map(({ fault }) => fault)).toEqual(['shop-answered-twice']);
  });
});

describe('a shop that answers out of order', () => {
  it.each([
    [1, ['order.shipped', 'order.accepted', 'order.delivered']],
    [2, ['order.accepted', 'order.delivered', 'order.shipped']],
  ])('says message %i after the one that follows it', async (held, types) => {
    const at = await open('shop-answered-out-of-order');
    const orderId = orderWith('shop-answered-out-of-order', (id) => messageInQuestion(id, 'shop-answered-out-of-order', 2, chance) === held);
    await at.place(orderOf(orderId));
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesIn(at, orderId)).toEqual(types);
    expect(at.platform.heard.filter(({ data }) => data['orderId'] === orderId).map(({ data }) => data['sequence'])).toEqual(
      types.map((type) => whole.indexOf(type) + 1),
    );
  });
});

describe('a shop that answers early', () => {
  it('has its answer heard before it has answered the webhook', async () => {
    const at = await open('shop-answered-early');
    let isAnswered = false;
    let heardBefore = false;
    at.platform.answer = ({ type }) => {
      if (type === 'order.accepted') heardBefore = !isAnswered;
      return 202;
    };
    const { status } = await at.place(orderOf('ord_1'));
    isAnswered = true;
    expect([status, heardBefore]).toEqual([202, true]);
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesIn(at, 'ord_1')).toEqual(whole);
  });
  it('tries again on a turn when the platform was not ready for it', async () => {
    const at = await open('shop-answered-early');
    let isReady = false;
    at.platform.answer = () => (isReady ? 202 : 500);
    expect((await at.place(orderOf('ord_1'))).status).toBe(202);
    isReady = true;
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(new Set(typesIn(at, 'ord_1'))).toEqual(new Set(whole));
  });
});

describe('a shop that answers late', () => {
  it('answers after the last moment to do so', async () => {
    const at = await open('shop-answered-late');
    const orderId = orderWith('shop-answered-late', (id) => !isDeliveryToldLate(id, chance));
    await at.place(orderOf(orderId));
    await at.conductor.runUntil(startsAt + 10 * DAY);
    expect(typesIn(at, orderId)).toEqual(whole);
    expect(Date.parse(atOf(at, orderId, 'order.accepted')?.timestamp ?? '')).toBeGreaterThan(startsAt + DAY);
  });
  it('or says that it delivered when the goods have long been there', async () => {
    const at = await open('shop-answered-late');
    const orderId = orderWith('shop-answered-late', (id) => isDeliveryToldLate(id, chance));
    await at.place(orderOf(orderId));
    const told: number[] = [];
    at.platform.answer = ({ type }) => {
      if (type === 'order.delivered') told.push(at.conductor.now);
      return 202;
    };
    await at.conductor.runUntil(startsAt + 10 * DAY);
    const [parcel] = at.doorstep() as { at: string }[];
    expect((told[0] ?? 0) - Date.parse(parcel?.at ?? '')).toBeGreaterThan(DAY);
  });
});

describe('a crash of a shop with every fault', () => {
  // How the webhook itself is answered is for those who send it, and no crash comes between.
  const all = [...mishapSchema.options.filter((mishap) => mishap !== 'shop-slow' && !manners.some((manner) => manner === mishap)), 'shop-down'];
  const end = startsAt + 8 * DAY;
  const doorstepIn = (at: World) => join(at.simulation.doorstep, 'acc-hh_anna.ndjson');

  it('after any line of the ledger changes nothing that anybody hears', async () => {
    world = await openWorld(prone, all);
    await start(world);
    for (const orderId of ['ord_1', 'ord_2', 'ord_3', 'ord_4']) await world.place(orderOf(orderId));
    await world.conductor.runUntil(end);
    const life = { entries: world.entries(), heard: world.platform.heard.map(({ body }) => body).sort(), doorstep: world.doorstep() };
    const doorstepText = existsSync(doorstepIn(world)) ? readFileSync(doorstepIn(world), 'utf8').split('\n') : [];
    await stop();
    const ordersIn = life.entries.findLastIndex(({ kind }) => kind === 'order-received') + 1;
    const early = life.entries.findLastIndex((entry) => entry.kind === 'misbehaved' && entry.fault === 'shop-answered-early') + 3;
    for (let count = Math.max(ordersIn, early); count <= life.entries.length; count += 2) {
      const written = life.entries.slice(0, count);
      world = await openWorld(prone, all);
      mkdirSync(world.simulation.ledgers);
      mkdirSync(world.simulation.doorstep);
      writeFileSync(world.ledgerPath, written.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      const parcels = written.filter(({ kind }) => kind === 'handed-over').length;
      writeFileSync(
        doorstepIn(world),
        doorstepText
          .slice(0, parcels)
          .map((line) => `${line}\n`)
          .join(''),
      );
      await world.conductor.runUntil(Date.parse(written.at(-1)?.at ?? ''));
      await start(world);
      await world.conductor.runUntil(end);
      const heard = new Set(world.platform.heard.map(({ body }) => body));
      const before = new Set(written.flatMap((entry) => (entry.kind === 'message-taken' || entry.kind === 'message-said-again' ? [entry.messageId] : [])));
      const said = life.entries.flatMap((entry) =>
        entry.kind === 'message-made' && !before.has(entry.message.messageId) ? [JSON.stringify(entry.message.data)] : [],
      );
      // Whatever had not been heard before the crash is heard after it, and nothing else is.
      expect(said.filter((data) => !world?.platform.heard.some((message) => JSON.stringify(message.data) === data))).toEqual([]);
      expect(
        [...heard].filter((body) => !life.heard.includes(body)),
        `killed after ${JSON.stringify(written.at(-1))}`,
      ).toEqual([]);
      expect(world.doorstep()).toEqual(life.doorstep);
      await stop();
    }
  });
});

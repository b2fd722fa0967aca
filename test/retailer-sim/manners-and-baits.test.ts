/** What goes wrong in answering the webhook, and what is said that nobody may believe: in both the shop has the order, and carries it out once. */
import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { chanceOf } from '../../retailer-sim/chance.ts';
import type { Manner } from '../../retailer-sim/manners.ts';
import { drips, mishapsOf, type Mishap } from '../../retailer-sim/mishaps.ts';
import { openRetailer, type Retailer } from '../../retailer-sim/retailer.ts';
import { readSimulation } from '../../retailer-sim/simulation.ts';
import { DAY, milk, openWorld, orderOf, startsAt, steady, type World } from './world.ts';

let world: World | undefined;
let retailer: Retailer | undefined;
afterEach(async () => {
  await retailer?.close();
  world?.close();
  [world, retailer] = [undefined, undefined];
});

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

describe('a shop that has the order and cannot say so', () => {
  const place = async (at: World, orderId: string) => {
    const body = JSON.stringify({ type: 'order.placed', timestamp: new Date(at.conductor.now).toISOString(), data: orderOf(orderId) });
    return fetch(`${at.shopUrl}/webhooks`, { method: 'POST', body, headers: at.signed('msg_1', body), redirect: 'manual' });
  };
  it.each([
    ['shop-answered-5xx', 500, 0],
    ['shop-redirected', 307, 0],
    ['shop-body-slow', 202, 4],
    ['shop-body-huge', 202, 1_000_000],
  ] as const)('%s: took it once, and answers as it should the second time', async (mishap: Manner, status, bytesLeast) => {
    const at = await open(mishap);
    const orderId = orderWith(mishap, (id) => drips(id, chance) < 20);
    const first = await place(at, orderId);
    expect([first.status, (await first.text()).length >= bytesLeast]).toEqual([status, true]);
    expect(await (await place(at, orderId)).json()).toEqual({ orderId, repeat: true });
    expect(at.faults().map(({ fault }) => fault)).toEqual([mishap]);
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesIn(at, orderId)).toEqual(whole);
  });
});

describe('a shop that says what nobody may believe', () => {
  /** What it says of one order beside what stands in its books. */
  const besideBooks = (at: World, orderId: string) => {
    const booked = new Set(at.entries().flatMap((entry) => (entry.kind === 'message-made' ? [entry.message.messageId] : [])));
    const heard = at.platform.heard.filter(({ data }) => data['orderId'] === orderId);
    expect(heard.filter(({ messageId }) => booked.has(messageId)).map(({ type }) => type)).toEqual(whole);
    return heard.filter(({ messageId }) => !booked.has(messageId));
  };
  const lifeWith = async (mishap: Mishap) => {
    const at = await open(mishap);
    const orderId = orderWith(mishap);
    await at.place(orderOf(orderId));
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(at.faults().map(({ fault }) => fault)).toEqual([mishap]);
    return besideBooks(at, orderId);
  };
  it('signs a cancel with a key that nobody has', async () => {
    const baits = await lifeWith('shop-signed-wrongly');
    expect(baits.map(({ type, verified }) => [type, verified])).toEqual([['order.cancelled', false]]);
  });
  it('charges more than was agreed', async () => {
    const baits = await lifeWith('shop-price-raised');
    expect(baits.map(({ type, verified, data }) => [type, verified, data['totalMinor']])).toEqual([['order.delivered', true, 5_926]]);
  });
  it('asks a dozen questions at once, where it has something else of the same unit', async () => {
    const at = await openWorld(prone, ['shop-asked-too-much']);
    world = at;
    at.simulation.retailers[0]?.catalogue.push({ ...milk, gtin: '2000000010014', sku: 'FH-1003', title: 'Other milk' });
    writeFileSync(at.simulationPath, JSON.stringify(at.simulation));
    await start(at);
    const orderId = orderWith('shop-asked-too-much');
    await at.place(orderOf(orderId));
    await at.conductor.runUntil(startsAt + 5 * DAY);
    const asked = besideBooks(at, orderId);
    expect(new Set(asked.map(({ type, verified }) => `${type} ${String(verified)}`))).toEqual(new Set(['order.substitution-offered true']));
    expect(new Set(asked.map(({ data }) => data['questionId'])).size).toBe(12);
  });
});

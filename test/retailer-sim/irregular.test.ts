import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openRetailer, type Retailer } from '../../retailer-sim/retailer.ts';
import { readSimulation } from '../../retailer-sim/simulation.ts';
import { answerSchema } from '../../shared/order/response.ts';
import { DAY, HOUR, openWorld, orderOf, startsAt, steady, type World } from './world.ts';

let world: World | undefined;
let retailer: Retailer | undefined;
afterEach(async () => {
  await retailer?.close();
  world?.close();
  [world, retailer] = [undefined, undefined];
});

const ORDERS = 40;
const parcelSchema = z.object({ orderId: z.string(), lines: z.array(z.object({ gtin: z.string(), packs: z.int() })) });

/** So many orders at a shop of which as much as may be does not go by the book, a week later. */
async function aWeekOf(temper: object): Promise<World> {
  const at = await openWorld({ ...steady, ...temper });
  world = at;
  const ready = at.conductor.ready();
  retailer = await openRetailer(readSimulation(at.simulationPath, 'rt_frischhof'));
  await ready;
  for (let number = 1; number <= ORDERS; number += 1) await at.place(orderOf(`ord_${String(number)}`));
  for (let hours = 6; hours <= 7 * 24; hours += 6) await at.conductor.runUntil(startsAt + hours * HOUR);
  await at.conductor.runUntil(startsAt + 7 * DAY);
  return at;
}

describe('a shop where not all goes by the book', () => {
  it('says so in answers as we take them, and what stands before the door is what it says in the end', async () => {
    const at = await aWeekOf({ irregular: 0.25, change: 0.2 });
    const courses = new Set<string>();
    for (let number = 1; number <= ORDERS; number += 1) {
      const orderId = `ord_${String(number)}`;
      const said = at.said(orderId).map(({ type, timestamp, data }) => answerSchema.parse({ type, timestamp, data }));
      courses.add(said.map(({ type }) => type.replace('order.', '')).join(' '));
      const last = said.findLast((answer) => answer.type === 'order.delivered');
      const back = said.find((answer) => answer.type === 'order.returned')?.data.lines ?? [];
      const kept = new Map<string, number>();
      for (const { gtin, quantity } of last?.data.lines ?? []) kept.set(gtin, (kept.get(gtin) ?? 0) + quantity);
      for (const { gtin, quantity } of back) kept.set(gtin, (kept.get(gtin) ?? 0) - quantity);
      const there = new Map<string, number>();
      for (const parcel of z.array(parcelSchema).parse(at.doorstep())) {
        if (parcel.orderId !== orderId) continue;
        for (const { gtin, packs } of parcel.lines) there.set(gtin, (there.get(gtin) ?? 0) + packs);
      }
      expect([orderId, [...there].filter(([, packs]) => packs > 0).sort()]).toEqual([orderId, [...kept].filter(([, packs]) => packs > 0).sort()]);
    }
    expect([...courses]).toEqual(
      expect.arrayContaining([
        'accepted back-ordered shipped delivered delivered',
        'accepted shipped delivered returned refunded',
        'responded shipped delivered',
      ]),
    );
    expect([...courses].some((course) => course.startsWith('payment.declined'))).toBe(true);
  });

  it('goes by the book where nothing else is asked', async () => {
    const at = await aWeekOf({});
    const courses = new Set(
      Array.from({ length: ORDERS }, (_, index) =>
        at
          .said(`ord_${String(index + 1)}`)
          .map(({ type }) => type)
          .join(' '),
      ),
    );
    expect([...courses]).toEqual(['order.accepted order.shipped order.delivered']);
  });
});

/** Who waits for a shop that hangs: one message, and the others come again later; a shop that answers in time is written of by nobody. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as deliverWebhook } from '../../../functions/deliver-webhook.ts';
import { keys, kinds, retailerPk } from '../../../functions/runtime/aggregates.ts';
import type { RetailerAnswer } from '../../../functions/runtime/outbound.ts';
import { callInTurn, type InTurn } from '../../../functions/runtime/shop-turn.ts';
import { change, list, load } from '../../../functions/runtime/store.ts';
import type { Retailer } from '../../../shared/retailer/retailer.ts';
import { takeTurn } from '../../../shared/webhook/turn.ts';
import { eventRecord, ofType, openWorld, tell, type World } from '../harness.ts';
import { frischhof, furnish, grantMandate, openShop } from '../kitchen.ts';
import { decide, propose } from '../order-world.ts';
import { Flow } from '../run-flow.ts';
import { openShopServer, type ShopServer } from '../shop-server.ts';

let world: World;
let shop: ShopServer;
beforeEach(async () => {
  world = await openWorld();
  shop = await openShopServer();
  await furnish();
  await openShop(shop.url);
});
afterEach(async () => {
  await shop.close();
  await world.close();
});

const key = keys.retailer(frischhof);
async function theShop(): Promise<Retailer> {
  const stored = await load(kinds.retailer, key);
  if (stored === undefined) throw new Error('expected a shop');
  return stored.state;
}
const answered: RetailerAnswer = { kind: 'answered', status: 204, body: '' };
const silent: RetailerAnswer = { kind: 'failed', reason: 'no answer in time' };
/** A call that ends when it is told to, or is cut. */
function hanging() {
  let answer: (said: RetailerAnswer) => void = () => undefined;
  const call = (signal: AbortSignal) =>
    new Promise<RetailerAnswer>((resolve) => {
      answer = resolve;
      signal.addEventListener('abort', () => resolve({ kind: 'failed', reason: 'no answer in time' }));
    });
  return { call, answer: (said: RetailerAnswer) => answer(said) };
}
const wait = async (by: string, call: (signal: AbortSignal) => Promise<RetailerAnswer>): Promise<InTurn> => callInTurn(await theShop(), by, call, 1);
async function until(isSo: (shop: Retailer) => boolean): Promise<void> {
  while (!isSo(await theShop())) await pause(1);
}

describe('a call', () => {
  it('that is answered in time writes nothing', async () => {
    const before = (await load(kinds.retailer, key))?.version;
    expect(await callInTurn(await theShop(), 'msg_1', () => Promise.resolve(answered))).toEqual(answered);
    expect((await load(kinds.retailer, key))?.version).toBe(before);
  });

  it('that hangs is waited for alone: one that began beside it is cut, and the next does not begin', async () => {
    const [first, second] = [hanging(), hanging()];
    const one = wait('msg_1', first.call);
    await until(({ slow }) => slow?.turn?.by === 'msg_1');
    // As if it had been read before the first was noted.
    const { slow: _, ...asItWas } = await theShop();
    expect(await callInTurn(asItWas, 'msg_2', second.call, 1)).toEqual({ kind: 'postponed', sent: true });
    expect(await wait('msg_3', () => Promise.reject(new Error('nothing may be sent')))).toEqual({ kind: 'postponed', sent: false });
    first.answer(silent);
    expect(await one).toEqual(silent);
    expect((await theShop()).slow).toEqual({});
  });

  it('that is answered late ends the waiting for all', async () => {
    const late = hanging();
    const one = wait('msg_1', late.call);
    await until(({ slow }) => slow !== undefined);
    late.answer(answered);
    expect(await one).toEqual(answered);
    expect((await theShop()).slow).toBeUndefined();
  });
});

describe('an order for a shop that another message waits for', () => {
  it('is sent when that one has ended or was lost, with all its attempts before it', async () => {
    await grantMandate();
    await propose(world);
    await decide(world);
    await change(kinds.retailer, key, (state) => takeTurn(state ?? ({} as never), 'msg_other', world.now));
    await tell(deliverWebhook, ...ofType(await world.said(), 'order.approved').map((event) => eventRecord(event)));
    const delivery = async () => (await list(kinds.delivery, retailerPk(frischhof), 'DELIVERY#')).map(({ state }) => state)[0];
    expect(shop.heard).toEqual([]);
    expect(await delivery()).toMatchObject({ status: 'pending', attempt: 1, attempts: [] });
    world.wait(5, 'minutes');
    await new Flow(world, [frischhof]).settle();
    expect(shop.heard.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(await delivery()).toMatchObject({ status: 'delivered', attempts: [{ outcome: 'delivered' }] });
    expect((await theShop()).slow).toBeUndefined();
  });
});

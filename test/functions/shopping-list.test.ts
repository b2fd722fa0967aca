/** What people do with their shopping list, over the real store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler } from '../../functions/household-api.ts';
import { handler as reviewSupply } from '../../functions/review-supply.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, load } from '../../functions/runtime/store.ts';
import { memberIdSchema } from '../../shared/values.ts';
import { memberSchema } from '../../shared/household/household.ts';
import { START } from '../shared/supply/milk.ts';
import { dueRecord, openWorld, tell, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, furnish, guest, householdId, milkGtin, milkSupply, openShop } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
});
afterEach(() => world.close());

const home = `/households/${householdId}`;
const ben = memberIdSchema.parse('mem_ben');
const as = (who: string) => (method: string, path: string, body?: unknown, query?: string) =>
  send(handler, { method, path, claims: memberClaims(who), ...(body !== undefined && { body }), ...(query !== undefined && { query }) });
const byAnna = as(anna);
const said = async () => (await world.said()).map(({ type }) => type).filter((type) => !['household.created', 'member.joined'].includes(type));

describe('the shopping list', () => {
  const entry = (name: string) => `${home}/list/ent_${name}`;
  const read = async () => z.array(z.looseObject({})).parse((await byAnna('GET', `${home}/list`)).body['entries']);

  it('is written by two people at once and loses nothing', async () => {
    await createOnce(
      kinds.member,
      keys.member(householdId, ben),
      memberSchema.parse({ householdId, memberId: ben, name: 'Ben', role: 'adult', joinedAt: START }),
    );
    const words = Array.from({ length: 6 }, (_, index) => `thing${index}`);
    await Promise.all(words.map((word, index) => as(index % 2 === 0 ? anna : ben)('PUT', entry(word), { text: word, quantity: 1 })));
    expect((await read()).map(({ text }) => text).sort()).toEqual(words);
    expect(await as(guest)('PUT', entry('more'), { text: 'more', quantity: 1 })).toMatchObject({ status: 403 });
  });

  it('says that a product is a supply of the house', async () => {
    await byAnna('PUT', entry('milk'), { text: 'Milk', gtin: milkGtin, quantity: 2 });
    expect(await read()).toMatchObject([{ text: 'Milk', supply: { supplyId: milkSupply, name: 'milk' } }]);
  });

  it('ticks off, puts back, and gives up after a month of silence', async () => {
    await byAnna('PUT', entry('soap'), { text: 'Soap', quantity: 1 });
    await byAnna('POST', `${entry('soap')}/state`, { state: 'bought', turn: 1 });
    await byAnna('POST', `${entry('soap')}/state`, { state: 'bought', turn: 1 });
    await byAnna('POST', `${entry('soap')}/state`, { state: 'open', turn: 2 });
    expect(await said()).toEqual(['list.item-added', 'list.item-bought', 'list.item-reopened']);
    world.wait(30, 'days');
    const key = keys.shoppingList(householdId);
    const dueAt = (await load(kinds.shoppingList, key))?.state.dueAt ?? world.now;
    await tell(reviewSupply, dueRecord(key, dueAt));
    expect(await read()).toMatchObject([{ state: 'abandoned', turn: 4 }]);
    await tell(reviewSupply, dueRecord(key, dueAt));
    expect((await said()).filter((type) => type === 'list.item-abandoned')).toHaveLength(1);
  });

  it('refuses what is too long, and an entry that is not there', async () => {
    expect(await byAnna('PUT', entry('soap'), { text: 'x'.repeat(81), quantity: 1 })).toMatchObject({ status: 400 });
    expect(await byAnna('POST', entry('none'), { quantity: 2 })).toMatchObject({ status: 404 });
  });
});

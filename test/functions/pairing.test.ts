/** A new fridge on its way from its maker into Anna's kitchen, and out again. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as ingest } from '../../functions/ingest-telemetry.ts';
import { handler as notify } from '../../functions/notify-household.ts';
import { handler as updateDisplay } from '../../functions/update-display.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, documents, load } from '../../functions/runtime/store.ts';
import { householdSchema, memberSchema } from '../../shared/household/household.ts';
import { householdIdSchema, memberIdSchema, supplyIdSchema, thingNameSchema } from '../../shared/values.ts';
import { milkConfig, reading, START } from '../shared/supply/milk.ts';
import { eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { memberClaims, operator, send } from './http-call.ts';
import { anna, furnish, guest, household, householdId, milkGtin, openShop, telemetry } from './kitchen.ts';
import { accepted } from './screens.ts';

const thing = thingNameSchema.parse('fridge-new');
const maker = {
  deviceType: 'fridge',
  model: 'Kühl 300',
  slots: [
    { slot: 'milk', unit: 'ml', capacity: 6_000 },
    { slot: 'eggs', unit: 'piece' },
  ],
};
const eve = memberIdSchema.parse('mem_eve');
const evesHousehold = householdIdSchema.parse('hh_eve');

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
  await createOnce(kinds.household, keys.household(evesHousehold), householdSchema.parse({ ...household, householdId: evesHousehold }));
  const member = { householdId: evesHousehold, memberId: eve, name: 'Eve', role: 'owner', joinedAt: START };
  await createOnce(kinds.member, keys.member(evesHousehold, eve), memberSchema.parse(member));
});
afterEach(() => world.close());

const ask = (method: string, path: string, { as = anna, body }: { as?: string; body?: unknown } = {}) =>
  send(householdApi, { method, path, claims: memberClaims(as), ...(body !== undefined && { body }) });
const register = () => send(householdApi, { method: 'PUT', path: `/things/${thing}/pairing`, claims: operator, body: maker });
const newCode = async () => z.string().parse((await register()).body['pairingCode']);
const pair = (pairingCode: string, { as = anna, home = householdId }: { as?: string; home?: string } = {}) =>
  ask('POST', `/households/${home}/devices`, { as, body: { pairingCode, name: 'Kühlschrank', room: 'Küche' } });
const inKitchen = (path: string) => `/households/${householdId}/devices/${thing}${path}`;
const device = async () => (await load(kinds.device, keys.device(householdId, thing)))?.state;
const wrong = { status: 404, body: { title: 'unknown-code', detail: 'this code is not known, or it has been used already' } };
const say = (seq: number, litres: number, slot = 'milk') => telemetry(`m${seq}`, { ...reading(seq, 1, litres), slot }, { thing, clientId: thing });

describe('a pairing code', () => {
  it('brings the thing into the household, however it is typed', async () => {
    const code = await newCode();
    expect(await pair(code.toLowerCase().replaceAll('-', ' '))).toMatchObject({
      status: 200,
      body: { thing, name: 'Kühlschrank', room: 'Küche', deviceType: 'fridge', model: 'Kühl 300', availability: 'never-seen', offers: maker.slots, slots: {} },
    });
    expect(ofType(await world.said(), 'device.paired').map(({ data }) => data)).toEqual([{ householdId, thing, deviceType: 'fridge', memberId: anna }]);
  });

  it('stands nowhere in our store', async () => {
    const code = await newCode();
    const { Item: item } = await documents.send(new GetCommand({ TableName: 'Households', Key: keys.pairing(thing) }));
    expect(JSON.stringify(item)).not.toContain(code.replaceAll('-', ''));
    expect(JSON.stringify(item)).not.toContain(code.replaceAll('-', '').slice(4));
  });

  it('works once: a repeat finds the device, everybody else finds nothing', async () => {
    const code = await newCode();
    await pair(code);
    expect((await pair(code)).status).toBe(200);
    expect(await pair(code, { as: eve, home: evesHousehold })).toMatchObject(wrong);
    expect(ofType(await world.said(), 'device.paired')).toHaveLength(1);
  });

  it('belongs to one household when two try it at once', async () => {
    const code = await newCode();
    const answers = await Promise.all([pair(code), pair(code, { as: eve, home: evesHousehold })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(ofType(await world.said(), 'device.paired')).toHaveLength(1);
  });

  it.each(['', 'nonsense', '0000-0000-0000'])('that is none (%j) answers like one that was used', async (typed) => {
    expect(typed === '' ? { ...wrong, ...(await pair('–')) } : await pair(typed)).toMatchObject(wrong);
  });

  it('is replaced when its maker registers the thing again, and guarded once a household has the thing', async () => {
    const first = await newCode();
    const second = await newCode();
    expect(await pair(first)).toMatchObject(wrong);
    expect((await pair(second)).status).toBe(200);
    expect(await register()).toMatchObject({ status: 409, body: { title: 'thing-taken' } });
  });

  it('can be guessed ten times an hour by each member, and then not even the right one counts', async () => {
    const code = await newCode();
    for (let guess = 0; guess < 10; guess += 1) expect((await pair('0000-0000-0000')).status).toBe(404);
    expect(await pair(code)).toMatchObject({ status: 429, body: { title: 'too-many-tries' } });
    world.wait(61, 'minutes');
    expect((await pair(code)).status).toBe(200);
  });

  it('is nothing for a guest', async () => {
    expect((await pair(await newCode(), { as: guest })).status).toBe(403);
  });
});

describe('a slot', () => {
  const slot = (name: string, body: unknown) => ask('PUT', inKitchen(`/slots/${name}`), { body });
  const newMilk = { newSupply: { supplyId: 'sup_h-milch', name: 'H-Milch', gtin: milkGtin, packLastsDays: 2 } };
  const hMilk = supplyIdSchema.parse('sup_h-milch');
  const stored = async () => (await load(kinds.supply, keys.supply(householdId, hMilk)))?.state;
  beforeEach(async () => {
    await pair(await newCode());
  });

  it('is filled with a new product of a linked shop; the pack and the first guess say how fast it goes', async () => {
    expect(await slot('milk', newMilk)).toMatchObject({ status: 200, body: { slots: { milk: hMilk } } });
    expect(await stored()).toMatchObject({
      thing,
      slot: 'milk',
      unit: 'ml',
      deviceType: 'fridge',
      settings: { capacity: 6_000 },
      products: [{ gtin: milkGtin }],
    });
    expect((await slot('milk', newMilk)).status).toBe(200);
    expect(ofType(await world.said(), 'supply.added')).toHaveLength(1);
  });

  it.each([
    ['unknown-product', { newSupply: { ...newMilk.newSupply, gtin: '2000000000015' } }, 'milk', 422],
    ['not-measured', newMilk, 'eggs', 422],
    ['not-found', newMilk, 'cellar', 404],
    ['not-found', { supplyId: 'sup_nothing' }, 'milk', 404],
    ['measured-elsewhere', { supplyId: 'sup_milk' }, 'milk', 409],
  ])('refuses with %s', async (title, body, name, status) => {
    expect(await slot(name, body)).toMatchObject({ status, body: { title } });
    expect((await device())?.slots).toEqual({});
  });

  it('that is emptied leaves its supply without a sensor, ready for another slot', async () => {
    await slot('milk', newMilk);
    expect(await ask('DELETE', inKitchen('/slots/milk'))).toMatchObject({ status: 200, body: { slots: {} } });
    expect(await stored()).not.toHaveProperty('thing');
    expect((await slot('milk', { supplyId: hMilk })).status).toBe(200);
    expect(await slot('milk', { supplyId: 'sup_milk' })).toMatchObject({ status: 409, body: { title: 'slot-taken' } });
  });
});

describe('the first reading', () => {
  beforeEach(async () => {
    const code = await newCode();
    await tell(ingest, say(1, 3));
    expect(ofType(await world.said(), 'reading.quarantined').map(({ data }) => data.reason)).toEqual(['this thing belongs to no household']);
    await pair(code);
    await ask('PUT', inKitchen('/slots/milk'), { body: { newSupply: { supplyId: 'sup_h-milch', name: 'H-Milch', gtin: milkGtin, packLastsDays: 2 } } });
    world.wait(2, 'hours');
  });

  it('confirms the device, once, and what it says is heard', async () => {
    await Promise.all([tell(ingest, say(2, 3)), tell(ingest, say(3, 2.9), say(4, 2.8))]);
    await tell(ingest, say(5, 2.7));
    expect(ofType(await world.said(), 'device.confirmed').map(({ data }) => data)).toEqual([{ householdId, thing, deviceType: 'fridge' }]);
    expect((await device())?.confirmedAt).toBe(world.now);
    expect((await load(kinds.supply, keys.supply(householdId, supplyIdSchema.parse('sup_h-milch'))))?.state.lastReading?.seq).toBe(5);
  });

  it('and the pairing are told to the household in its language, with the device by its name', async () => {
    await tell(ingest, say(2, 3));
    const told = (await world.said()).filter(({ type }) => type === 'device.paired' || type === 'device.confirmed');
    for (const event of told) await tell(notify, eventRecord(event));
    const titles = world.published
      .filter(({ topic }) => topic.endsWith('/messages'))
      .map(({ payload }) => z.object({ title: z.string() }).parse(payload).title);
    expect(titles).toEqual(['Willkommen, Kühlschrank', 'Kühlschrank hat sich gemeldet']);
  });

  it('of a device that an operator added confirms nothing', async () => {
    await tell(ingest, telemetry('other', reading(9, 2, 3)));
    expect(ofType(await world.said(), 'device.confirmed')).toEqual([]);
  });
});

describe('a device that is removed', () => {
  const milk = supplyIdSchema.parse('sup_h-milch');
  let code: string;
  beforeEach(async () => {
    code = await newCode();
    await pair(code);
    await ask('PUT', inKitchen('/slots/milk'), { body: { newSupply: { supplyId: milk, name: 'H-Milch', gtin: milkGtin, packLastsDays: 2 } } });
  });

  it('is gone, its supply goes on, its readings are nobody’s and its code is worth nothing', async () => {
    await tell(ingest, say(1, 3));
    expect((await ask('DELETE', inKitchen(''))).status).toBe(200);
    expect((await ask('DELETE', inKitchen(''))).status).toBe(200);
    const overview = await ask('GET', `/households/${householdId}`);
    expect(
      z
        .array(z.object({ thing: z.string() }))
        .parse(overview.body['devices'])
        .map((one) => one.thing),
    ).toEqual(['fridge-anna']);
    expect((await load(kinds.supply, keys.supply(householdId, milk)))?.state).toMatchObject({ onHand: 3_000 });
    expect((await load(kinds.supply, keys.supply(householdId, milk)))?.state).not.toHaveProperty('thing');
    await tell(ingest, say(2, 2));
    expect(ofType(await world.said(), 'reading.quarantined').at(-1)?.data.reason).toBe('this thing belongs to no household');
    expect(await pair(code)).toMatchObject(wrong);
    expect((await ask('PUT', inKitchen('/label'), { body: { name: 'Alt' } })).status).toBe(404);
    expect(ofType(await world.said(), 'device.removed')).toHaveLength(1);
  });

  it('begins anew elsewhere with a new code', async () => {
    await ask('DELETE', inKitchen(''));
    const next = await newCode();
    expect((await pair(next, { as: eve, home: evesHousehold })).status).toBe(200);
    await tell(ingest, say(7, 1));
    expect(ofType(await world.said(), 'device.confirmed').map(({ data }) => data.householdId)).toEqual([evesHousehold]);
  });

  it('shows nobody’s orders any more', async () => {
    await tell(updateDisplay, ...ofType(await world.said(), 'device.paired').map((event) => eventRecord(event)));
    const notesOf = () =>
      z.object({ state: z.object({ desired: z.object({ notes: z.array(z.object({ kind: z.string() })) }) }) }).parse(accepted(world, thing).at(-1)).state
        .desired.notes;
    expect(notesOf().map(({ kind }) => kind)).toEqual(['device-paired']);
    await ask('DELETE', inKitchen(''));
    await tell(updateDisplay, ...ofType(await world.said(), 'device.removed').map((event) => eventRecord(event)));
    expect(notesOf()).toEqual([]);
  });

  it('only by an owner; an adult renames it', async () => {
    const clara = memberIdSchema.parse('mem_clara');
    await createOnce(
      kinds.member,
      keys.member(householdId, clara),
      memberSchema.parse({ householdId, memberId: clara, name: 'Clara', role: 'adult', joinedAt: START }),
    );
    expect((await ask('DELETE', inKitchen(''), { as: clara })).status).toBe(403);
    expect(await ask('PUT', inKitchen('/label'), { as: clara, body: { name: 'Keller', room: 'Keller' } })).toMatchObject({
      body: { name: 'Keller', room: 'Keller' },
    });
    expect(await ask('PUT', inKitchen('/label'), { as: clara, body: { name: 'Keller' } })).not.toHaveProperty('body.room');
    expect((await ask('PUT', inKitchen('/label'), { as: guest, body: { name: 'x' } })).status).toBe(403);
  });
});

it('a supply that was there before can be measured by a new slot', async () => {
  const { thing: _thing, slot: _slot, ...config } = milkConfig;
  await send(householdApi, { method: 'PUT', path: `/households/${householdId}/supplies/sup_loose`, claims: operator, body: config });
  await pair(await newCode());
  expect((await ask('PUT', inKitchen('/slots/milk'), { body: { supplyId: 'sup_loose' } })).status).toBe(200);
  expect((await load(kinds.supply, keys.supply(householdId, supplyIdSchema.parse('sup_loose'))))?.state).toMatchObject({ thing, slot: 'milk' });
});

/** Somebody who belongs nowhere begins a household, over the real store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/household-api.ts';
import { handler as recordTouchpoint } from '../../functions/record-touchpoint.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change, createOnce, list } from '../../functions/runtime/store.ts';
import { FOUNDED_MAX } from '../../shared/household/found.ts';
import { householdSchema } from '../../shared/household/household.ts';
import { TRIES_PER_HOUR } from '../../shared/household/tries.ts';
import { householdIdSchema, ignored } from '../../shared/values.ts';
import { eventRecord, openWorld, tell, type World } from './harness.ts';
import { memberClaims, operator, send } from './http-call.ts';
import { anna, furnish, household, householdId as annas, stranger } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const { timeZone, language, address } = household;
const wanted = { name: 'Lindenhof', timeZone, language, address: { ...address, street: 'Lindenweg 3' } };
const body = { ...wanted, member: 'Sven' };
const found = (id: string, more: object = {}, who: string = stranger) =>
  send(handler, { method: 'PUT', path: `/me/households/${id}`, claims: memberClaims(who), body: { ...body, ...more } });
const me = async (who: string = stranger) => (await send(handler, { method: 'GET', path: '/me', claims: memberClaims(who) })).body['households'];
const linden = householdIdSchema.parse('hh_linden');
const owner = { householdId: linden, name: 'Lindenhof', language: 'de', role: 'owner' };
const types = async () => (await world.said()).map(({ type }) => type);

describe('a person who belongs nowhere', () => {
  it('begins a household once, however often that is sent, and the journey hears of it as of any other', async () => {
    expect(await found(linden)).toMatchObject({ status: 200, body: { ...wanted, shops: [], foundedBy: stranger } });
    expect(await found(linden, { name: 'Another name' })).toMatchObject({ status: 200, body: { name: 'Lindenhof' } });
    expect(await me()).toEqual([owner]);
    expect(await types()).toEqual(['household.created', 'member.joined']);
    for (const event of await world.said()) await tell(recordTouchpoint, eventRecord(event));
    const told = (await list(kinds.touchpoint, `HH#${linden}`, 'TP#')).map(({ state }) => [state.type, state.initiator, state.ids?.[0]?.value]);
    expect(told.sort()).toEqual([
      ['household.created', 'company', undefined],
      ['member.joined', 'customer', stranger],
    ]);
  });

  it('finishes what a crash between the steps has left, wherever it came', async () => {
    const half = householdSchema.parse({ ...wanted, householdId: linden, shops: [], createdAt: world.now, foundedBy: stranger });
    await createOnce(kinds.household, keys.household(linden), half);
    expect(await me()).toEqual([]);
    expect((await found(linden)).status).toBe(200);
    expect(await me()).toEqual([owner]);
    // Here it came before the way to the household was noted.
    const cabin = householdIdSchema.parse('hh_cabin');
    await createOnce(kinds.household, keys.household(cabin), householdSchema.parse({ ...half, householdId: cabin, name: 'Cabin' }));
    const joined = { householdId: cabin, memberId: stranger, name: 'Sven', role: 'owner', joinedAt: world.now } as const;
    await createOnce(kinds.member, keys.member(cabin, stranger), joined);
    expect((await found(cabin)).status).toBe(200);
    expect(await me()).toEqual([{ ...owner, householdId: cabin, name: 'Cabin' }, owner]);
  });

  it('hears what became of a code, and has the household either way', async () => {
    await furnish();
    await createOnce(kinds.referralCode, keys.referralCode('22222222'), { code: '22222222', householdId: annas });
    const entered = { referral: 'entered', householdId: linden };
    expect((await found(linden, { referralCode: '2222-2222' })).body).toMatchObject(entered);
    expect((await found(linden, { referralCode: '2222-2222' })).body).toMatchObject(entered);
    const guessed: Awaited<ReturnType<typeof found>>[] = [];
    for (let time = 1; time <= TRIES_PER_HOUR + 1; time += 1) guessed.push(await found('hh_other', { referralCode: '3333-3333' }));
    expect(new Set(guessed.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(guessed.map(({ body: answer }) => answer['referral']))).toEqual(new Set(['no-such-code', 'too-many-tries']));
  });
});

describe('nobody', () => {
  it('finishes or takes over what somebody else began, or what an operator created', async () => {
    await furnish();
    await found(linden);
    for (const id of [linden, annas]) expect(await found(id, {}, 'mem_eve')).toMatchObject({ status: 404 });
    expect(await found(annas, {}, anna)).toMatchObject({ status: 404 });
    expect(await found('hh_new', {}, 'staff_sina')).toMatchObject({ status: 404 });
    expect(await me('mem_eve')).toEqual([]);
    expect(await send(handler, { method: 'PUT', path: '/me/households/hh_new', claims: operator, body })).toMatchObject({ status: 403 });
  });

  it('comes back into a household by a late repeat, or brings one back that was erased', async () => {
    await found(linden);
    const eve = `/households/${linden}/members/mem_eve`;
    await send(handler, { method: 'PUT', path: eve, claims: operator, body: { name: 'Eve', role: 'owner' } });
    await send(handler, { method: 'DELETE', path: `/households/${linden}/members/${stranger}`, claims: memberClaims(stranger) });
    expect(await found(linden)).toMatchObject({ status: 404 });
    expect(await me()).toEqual([]);
    const gone = householdIdSchema.parse('hh_gone');
    const asked = { householdId: gone, status: 'swept', requestedAt: world.now, erasedAt: world.now };
    await change(kinds.erasure, keys.erasure(gone), (before) =>
      before === undefined ? { kind: 'changed', state: kinds.erasure.schema.parse(asked), events: [] } : ignored('there'),
    );
    expect(await found(gone)).toMatchObject({ status: 404 });
  });

  it('begins more than a few, while invitations count for nothing and a repeat is none', async () => {
    await furnish();
    await send(handler, { method: 'PUT', path: `/households/${annas}/members/${stranger}`, claims: operator, body: { name: 'Sven', role: 'guest' } });
    for (let one = 1; one <= FOUNDED_MAX; one += 1) expect((await found(`hh_home-${one}`)).status).toBe(200);
    expect(await found('hh_home-9')).toMatchObject({ status: 409, body: { title: 'too-many-households' } });
    expect((await found('hh_home-1')).status).toBe(200);
    expect(await me()).toHaveLength(FOUNDED_MAX + 1);
  });
});

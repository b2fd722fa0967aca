import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler } from '../../functions/household-api.ts';
import { keys, kinds, memberPk } from '../../functions/runtime/aggregates.ts';
import { change, list } from '../../functions/runtime/store.ts';
import { ignored } from '../../shared/values.ts';
import { context, openWorld, type World } from './harness.ts';
import { apiEvent, memberClaims, operator, send } from './http-call.ts';
import { anna, household, householdId, stranger } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const { name, timeZone, language, address } = household;
const put = (path: string, body: unknown) => send(handler, { method: 'PUT', path, claims: operator, body });
const letIn = (inHousehold: string, member: string, role: string) => put(`/households/${inHousehold}/members/${member}`, { name: 'Anna', role });
const me = (member: string) => send(handler, { method: 'GET', path: '/me', claims: memberClaims(member) });

async function twoHouseholds(): Promise<void> {
  await put(`/households/${householdId}`, { name, timeZone, language, address });
  await put('/households/hh_cabin', { name: 'Cabin', timeZone, language: 'en', address });
  await letIn(householdId, anna, 'owner');
  await letIn('hh_cabin', anna, 'guest');
}

describe('who is signed in', () => {
  it('hears of each household, with its language and the own role in it', async () => {
    await twoHouseholds();
    const households = [
      { householdId, name, language: 'de', role: 'owner' },
      { householdId: 'hh_cabin', name: 'Cabin', language: 'en', role: 'guest' },
    ];
    expect(await me(anna)).toMatchObject({ status: 200, body: { memberId: anna, households } });
    expect(await me(stranger)).toMatchObject({ status: 200, body: { memberId: stranger, households: [] } });
  });

  it('hears no more of a household from the moment of leaving it, and again after coming back', async () => {
    await twoHouseholds();
    await send(handler, { method: 'DELETE', path: `/households/hh_cabin/members/${anna}`, claims: operator });
    // The last owner of none: Anna was a guest there.
    expect((await me(anna)).body['households']).toEqual([{ householdId, name, language: 'de', role: 'owner' }]);
    await letIn('hh_cabin', anna, 'adult');
    expect((await me(anna)).body['households']).toContainEqual({ householdId: 'hh_cabin', name: 'Cabin', language: 'en', role: 'adult' });
  });

  it('finds the way to a household that was joined before there was a way, once letting in is repeated', async () => {
    await put(`/households/${householdId}`, { name, timeZone, language, address });
    const member = { householdId, memberId: anna, name: 'Anna', role: 'owner', joinedAt: world.now } as const;
    await change(kinds.member, keys.member(householdId, anna), (before) =>
      before === undefined ? { kind: 'changed', state: member, events: [] } : ignored('there'),
    );
    expect((await me(anna)).body['households']).toEqual([]);
    await letIn(householdId, anna, 'owner');
    await letIn(householdId, anna, 'owner');
    expect((await me(anna)).body['households']).toMatchObject([{ householdId }]);
    expect(await list(kinds.membership, memberPk(anna), 'HH#')).toHaveLength(1);
  });

  it('is a person: an operator is nobody here, and without a token nobody is', async () => {
    expect(await send(handler, { method: 'GET', path: '/me', claims: operator })).toMatchObject({ status: 403 });
    expect(await send(handler, { method: 'GET', path: '/me' })).toMatchObject({ status: 401 });
  });
});

describe('every answer', () => {
  const headersSchema = z.object({ headers: z.object({ 'nachschub-now': z.string() }) });
  const nowOf = async (path: string) =>
    headersSchema.parse(await handler(apiEvent({ method: 'GET', path, claims: memberClaims(anna) }) as never, context as never)).headers['nachschub-now'];

  it('says what time it is for the product, refusals included', async () => {
    for (const path of ['/me', '/households/hh_nobody', '/nowhere']) expect(await nowOf(path)).toBe(world.now);
    world.wait(3, 'hours');
    expect(await nowOf('/me')).toBe(world.now);
  });
});

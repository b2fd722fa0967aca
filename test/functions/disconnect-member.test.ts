import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/disconnect-member.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, load } from '../../functions/runtime/store.ts';
import { appConnectionSchema } from '../../shared/household/app-connection.ts';
import { memberSchema } from '../../shared/household/household.ts';
import { everythingStored } from './everything-held.ts';
import { between, eventRecord, ofType, openWorld, tell, work, type World } from './harness.ts';
import { memberClaims, operator, send } from './http-call.ts';
import { anna, furnish, guest, householdId } from './kitchen.ts';

let world: World;
/** Which connections AWS IoT was asked to end; those of `here` are there. */
let ended: string[];
let here: Set<string>;
let isAway: boolean;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  [ended, here, isAway] = [[], new Set(), false];
  between(
    () => (request) => {
      const clientId = decodeURIComponent(/^\/connections\/([^/?]+)/.exec(request.path)?.[1] ?? '');
      ended.push(`${request.method} ${clientId}`);
      if (isAway) return Promise.resolve(answer(500, 'InternalFailureException'));
      return Promise.resolve(here.delete(clientId) ? answer(200) : answer(404, 'ResourceNotFoundException'));
    },
    'iot-data',
  );
});
afterEach(() => world.close());

const answer = (status: number, type?: string) => ({
  ...{ status, body: Buffer.from(JSON.stringify({ message: type ?? '' })) },
  headers: { 'content-type': 'application/json', ...(type !== undefined && { 'x-amzn-errortype': type }) },
});
const home = `/households/${householdId}`;
const remove = (memberId: string, claims = operator) => send(householdApi, { method: 'DELETE', path: `${home}/members/${memberId}`, claims });
const look = (memberId: string) => send(householdApi, { method: 'GET', path: home, claims: memberClaims(memberId) });
const member = async (memberId: string, role = 'adult') => {
  const state = memberSchema.parse({ householdId, memberId, name: memberId, role, joinedAt: world.now });
  await createOnce(kinds.member, keys.member(householdId, state.memberId), state);
  return state.memberId;
};
const app = async (memberId: string, clientId: string, endsInSeconds = 3_600) => {
  const endsAtSeconds = Math.floor(Date.now() / 1_000) + endsInSeconds;
  const state = appConnectionSchema.parse({ householdId, memberId, clientId, authorizedAt: world.now, endsAtSeconds });
  await createOnce(kinds.app, keys.app(householdId, clientId), state);
  here.add(clientId);
};
const left = async () => ofType(await world.said(), 'member.left');

describe('a member who is removed', () => {
  it('is a stranger from that moment on, everywhere, and their apps are disconnected', async () => {
    await app(guest, 'app-mem_guest-phone');
    await app(guest, 'app-mem_guest-tablet');
    await app(anna, 'app-mem_anna-phone');
    expect((await look(guest)).status).toBe(200);
    expect(await remove(guest)).toMatchObject({ status: 200, body: { memberId: guest, leftAt: world.now } });
    expect((await look(guest)).status).toBe(404);
    expect((await look(anna)).body['members']).toMatchObject([{ memberId: anna }]);
    const [event] = await left();
    if (event === undefined) throw new Error('expected member.left');
    expect(event.data).toEqual({ householdId, memberId: guest });
    await tell(handler, eventRecord(event));
    expect(ended.sort()).toEqual(['DELETE app-mem_guest-phone', 'DELETE app-mem_guest-tablet']);
    expect([...here]).toEqual(['app-mem_anna-phone']);
    await tell(handler, eventRecord(event));
    expect(ended).toHaveLength(2);
  });

  it('leaves name and drafts behind, and keeps an id for what they answered for; who comes back has a name again', async () => {
    const form = { device: 'a'.repeat(16), form: '{"note":"secret"}' };
    await send(householdApi, { method: 'PUT', path: `${home}/drafts/half`, claims: memberClaims(guest), body: form });
    await remove(guest);
    const [event] = await left();
    if (event === undefined) throw new Error('expected member.left');
    await tell(handler, eventRecord(event));
    await tell(handler, eventRecord(event));
    const kept = await everythingStored();
    expect(kept).not.toMatch(/Gustav|secret/);
    expect(kept).toContain(guest);
    await send(householdApi, { method: 'PUT', path: `${home}/members/${guest}`, claims: operator, body: { name: 'Gustav', role: 'guest' } });
    await tell(handler, eventRecord(event));
    expect((await look(anna)).body['members']).toContainEqual(expect.objectContaining({ memberId: guest, name: 'Gustav' }));
  });

  it('is removed once, whoever asks how often', async () => {
    const first = await remove(guest);
    world.wait(1, 'hours');
    expect(await remove(guest)).toEqual(first);
    expect(await left()).toHaveLength(1);
  });

  it('may come back, and joins anew', async () => {
    await remove(guest);
    world.wait(1, 'days');
    const body = { name: 'Gustav', role: 'adult' };
    const back = await send(householdApi, { method: 'PUT', path: `${home}/members/${guest}`, claims: operator, body });
    expect(back.body).toEqual({ householdId, memberId: guest, ...body, joinedAt: world.now });
    expect((await look(guest)).status).toBe(200);
    expect(ofType(await world.said(), 'member.joined')).toHaveLength(1);
  });

  it.each([
    ['another member', 'mem_bob', 403],
    ['a guest', guest, 403],
    ['somebody from elsewhere', 'mem_stranger', 404],
  ])('is not removed by %s', async (_, by, status) => {
    await member('mem_bob');
    expect((await remove(anna, memberClaims(by))).status).toBe(status);
    expect((await look(anna)).status).toBe(200);
  });

  it('is removed by an owner, but not from a household of somebody else, and not a person who never lived there', async () => {
    expect((await remove(guest, memberClaims(anna))).status).toBe(200);
    expect((await remove('mem_nobody', memberClaims(anna))).status).toBe(404);
    expect((await send(householdApi, { method: 'DELETE', path: `/households/hh_other/members/${guest}`, claims: memberClaims(anna) })).status).toBe(404);
  });
});

describe('a household', () => {
  it('keeps its last owner', async () => {
    expect(await remove(anna)).toMatchObject({ status: 409, body: { title: 'last-owner' } });
    expect(await left()).toEqual([]);
    await member('mem_bob', 'owner');
    expect((await remove(anna)).status).toBe(200);
    expect(await remove('mem_bob')).toMatchObject({ status: 409 });
  });

  it('keeps an owner when two remove each other at the same moment', async () => {
    const bob = await member('mem_bob', 'owner');
    const answers = await Promise.all([remove(bob, memberClaims(anna)), remove(anna, memberClaims(bob))]);
    const owners = (await Promise.all([anna, bob].map((one) => load(kinds.member, keys.member(householdId, one))))).filter(
      (stored) => stored?.state.leftAt === undefined,
    );
    expect(owners.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 200).length + owners.length).toBeLessThanOrEqual(2);
  });
});

describe('the connections', () => {
  const leave = async (memberId: string) => {
    await remove(memberId);
    const [event] = (await left()).slice(-1);
    if (event === undefined) throw new Error('expected member.left');
    return eventRecord(event);
  };

  it('of somebody whose name only begins alike stay', async () => {
    await app(guest, 'app-mem_guest-phone');
    await member('mem_guest-two');
    await app('mem_guest-two', 'app-mem_guest-two-phone');
    await tell(handler, await leave(guest));
    expect(ended).toEqual(['DELETE app-mem_guest-phone']);
  });

  it('that have ended by themselves are not asked about, and one that is not there is fine', async () => {
    await app(guest, 'app-mem_guest-old', -10);
    await app(guest, 'app-mem_guest-asleep');
    here.clear();
    await tell(handler, await leave(guest));
    expect(ended).toEqual(['DELETE app-mem_guest-asleep']);
  });

  it('are asked about again when AWS IoT could not be reached', async () => {
    await app(guest, 'app-mem_guest-phone');
    const record = await leave(guest);
    isAway = true;
    expect(await work(handler, [record])).toEqual([record.messageId]);
    isAway = false;
    await tell(handler, record);
    expect([...here]).toEqual([]);
  });
});

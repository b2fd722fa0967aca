import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { householdPk, keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, list } from '../../functions/runtime/store.ts';
import { touchpointId, touchpointOf, touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { openWorld, type World } from './harness.ts';
import { agentClaims, memberClaims, send } from './http-call.ts';
import { anna, furnish, guest, householdId, openShop } from './kitchen.ts';
import { decide, propose, theOrder } from './order-world.ts';

let world: World;
let orderId: string;
const caseId = 'case_milk';
const home = `/console/households/${householdId}`;
const agent = (method: string, path: string, more: { query?: string; body?: unknown } = {}) => send(journeyApi, { method, path, claims: agentClaims, ...more });
const looks = () => list(kinds.look, householdPk(householdId), 'AUDIT#');

beforeAll(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
  await world.people.add({ memberId: anna, email: 'anna@example.org', name: 'Anna' });
  await world.people.add({ memberId: 'staff_weber', email: 'weber@nachschub.example', name: 'Frau Weber', groups: ['agents'] });
  await createOnce(kinds.membership, keys.membership(anna, householdId), { memberId: anna, householdId });
  await propose(world);
  await decide(world);
  const { order } = await theOrder();
  orderId = order.orderId;
  const body = { about: { kind: 'order', orderId }, kind: 'late', noteId: 'note_1', text: 'Where is my milk?' };
  const opened = await send(householdApi, { method: 'PUT', path: `/households/${householdId}/cases/${caseId}`, claims: memberClaims(anna), body });
  expect(opened.status).toBe(200);
  const touchpoint = touchpointSchema.parse({
    ...{ touchpointId: touchpointId('events', 'e-1'), householdId, source: 'events', messageId: 'e-1', type: 'household.created' },
    ...{ channel: 'nachschub', initiator: 'company', phase: 'implementation', at: world.now, receivedAt: world.now },
  });
  await createOnce(kinds.touchpoint, keys.touchpoint(touchpoint), touchpoint);
});
afterAll(() => world.close());

describe('finding a household', () => {
  const find = async (text: string) => (await agent('POST', '/console/find', { body: { text } })).body['households'];
  const found = [{ householdId }];

  it('takes its id, an order, a case and the exact address of a member', async () => {
    expect(await find(householdId)).toEqual(found);
    expect(await find(orderId)).toEqual(found);
    expect(await find(caseId)).toEqual(found);
    expect(await find('Anna@example.org')).toEqual(found);
  });

  it('answers nothing to anything else, and tells of nobody who works here', async () => {
    for (const text of ['hh_nobody', 'ord_nobody', 'case_nobody', 'anna@', 'ann@example.org', 'weber@nachschub.example', 'Anna'])
      expect([text, await find(text)]).toEqual([text, []]);
    expect(await looks()).toEqual([]);
  });
});

describe('the agent’s page', () => {
  it.each([
    ['no purpose at all', ''],
    ['a purpose that is none of ours', 'purpose=curiosity'],
    ['a call without a reason', 'purpose=call'],
    ['a case that is not named', 'purpose=case'],
    ['a reason of two letters', 'purpose=complaint&reason=ab'],
  ])('is not shown for %s, and nothing is noted', async (_, query) => {
    expect((await agent('GET', home, { query })).status).toBe(400);
    expect(await looks()).toEqual([]);
  });

  it('of a household or a case that is not there is not there', async () => {
    expect((await agent('GET', '/console/households/hh_nobody', { query: 'purpose=call&reason=angry' })).status).toBe(404);
    expect((await agent('GET', home, { query: 'purpose=case&caseId=case_nobody' })).status).toBe(404);
    expect(await looks()).toEqual([]);
  });

  it('is shown to nobody else', async () => {
    const asked = { method: 'GET', path: home, query: 'purpose=call&reason=angry' };
    const { 'cognito:groups': _, ...ungrouped } = agentClaims;
    for (const claims of [ungrouped, memberClaims(anna), { ...memberClaims(anna), scope: agentClaims.scope, 'cognito:groups': '[agents]' }]) {
      expect((await send(journeyApi, { ...asked, claims })).status).toBe(403);
    }
    expect(await looks()).toEqual([]);
  });

  it('shows who lives there, what is there, what is open, where it stands and its story; and the look is noted', async () => {
    const { status, body } = await agent('GET', home, { query: 'purpose=call&reason=asks%20for%20milk&language=de' });
    expect(status).toBe(200);
    expect(body['about']).toMatchObject({
      household: { householdId, name: 'Anna' },
      members: [{ memberId: anna }, { memberId: guest }],
      devices: [{ thing: 'fridge-anna' }],
      supplies: [{ supplyId: 'sup_milk', isLow: expect.any(Boolean) as unknown }],
      orders: [{ orderId, shop: 'Frischhof', status: 'awaiting-approval' }],
      cases: [{ caseId, status: 'open', actions: ['answer', 'solve'], messages: [{ text: 'Where is my milk?', name: 'Anna' }] }],
      looks: [{ staffId: 'staff_weber', purpose: 'call', reason: 'asks for milk' }],
    });
    expect(JSON.stringify(body)).not.toContain('avoid');
    const { story, map, count } = z.object({ story: z.array(z.unknown()), map: z.array(z.unknown()), count: z.number() }).parse(body['journey']);
    expect(story).toMatchObject([{ title: 'Wie es anfing', sentences: [{ text: expect.stringMatching(/kam der Haushalt zu uns/) as unknown, count: 1 }] }]);
    expect([map, count]).toMatchObject([[{ lane: 'company', phase: 'implementation', channel: 'nachschub', count: 1 }], 1]);
    expect((await looks()).map(({ state }) => state)).toMatchObject([{ kind: 'page', purpose: 'call', reason: 'asks for milk', staffId: 'staff_weber' }]);
  });

  it('opened again at once is one look, and a quarter of an hour later a second', async () => {
    const query = 'purpose=call&reason=asks%20for%20milk';
    await agent('GET', home, { query });
    expect(await looks()).toHaveLength(1);
    world.wait(15, 'minutes');
    await agent('GET', home, { query });
    expect(await looks()).toHaveLength(2);
  });
});

describe('work on a household', () => {
  it('answers a case, solves it, and notes each', async () => {
    const before = (await looks()).length;
    const answered = await agent('POST', `${home}/cases/${caseId}/messages`, { body: { noteId: 'note_a', text: 'It is on its way.' } });
    expect(answered.body).toMatchObject({ status: 'answered', messages: [{}, { by: { kind: 'operator' }, text: 'It is on its way.' }] });
    expect((await agent('POST', `${home}/cases/${caseId}/solve`, { body: {} })).body).toMatchObject({ status: 'solved' });
    expect((await agent('POST', `${home}/cases/case_nobody/solve`, { body: {} })).status).toBe(404);
    expect(
      (await looks())
        .slice(before)
        .map(({ state }) => [state.kind, state.caseId])
        .sort(),
    ).toEqual([
      ['case-answered', caseId],
      ['case-solved', caseId],
    ]);
  });

  it('opens a case for whoever calls, and again, and counts their contacts', async () => {
    const phoned = `${home}/cases/case_phoned`;
    const body = { about: { kind: 'device', thing: 'fridge-anna' }, kind: 'other', noteId: 'note_p', text: 'It hums.' };
    const opened = await agent('PUT', phoned, { body });
    expect(opened.body).toMatchObject({ status: 'open', messages: [{ by: { kind: 'operator' }, text: 'It hums.' }] });
    await agent('POST', `${phoned}/solve`, { body: {} });
    expect((await agent('POST', `${phoned}/reopen`, { body: { noteId: 'note_q', text: 'It hums again.' } })).body).toMatchObject({ status: 'reopened' });
    const call = { callId: 'call_p', at: world.now, direction: 'they-called', about: 'device', caseId: 'case_phoned' };
    await agent('POST', `${home}/calls`, { body: call });
    const said = (await world.said()).filter(({ data }) => 'caseId' in data && data.caseId === 'case_phoned');
    expect(said.map((event) => touchpointOf(event, world.now)).map((one) => one && [one.type, one.channel, one.initiator])).toEqual([
      ['case.opened', 'call-centre', 'customer'],
      ['case.solved', 'call-centre', 'company'],
      ['case.reopened', 'call-centre', 'customer'],
    ]);
    const shown = (await agent('GET', home, { query: `purpose=case&caseId=case_phoned` })).body['about'];
    const { cases } = z.object({ cases: z.array(z.looseObject({ caseId: z.string() })) }).parse(shown);
    expect(cases[0]).toMatchObject({ caseId: 'case_phoned', actions: ['answer', 'solve'], contacts: 1, returns: 1 });
  });

  it('notes a call once, however often it is sent, with what was heard in the voice', async () => {
    const body = { callId: 'call_1', at: world.now, direction: 'they-called', about: 'order', mood: 'annoyed', caseId };
    const first = await agent('POST', `${home}/calls`, { body });
    expect((await agent('POST', `${home}/calls`, { body })).body).toEqual(first.body);
    const calls = (await list(kinds.touchpoint, householdPk(householdId), 'TP#')).filter(
      ({ state }) => state.type === 'call.received' && state.messageId.endsWith('call_1'),
    );
    expect(calls.map(({ state }) => state)).toMatchObject([
      {
        channel: 'call-centre',
        initiator: 'customer',
        source: 'console',
        sentiment: { value: -0.6, source: 'contact', confidence: 0.5 },
        properties: { about: 'order' },
      },
    ]);
  });
});

describe('whoever lives there', () => {
  it('reads when they were looked at and for what, the newest first, and not by whom', async () => {
    const { status, body } = await send(householdApi, { method: 'GET', path: `/households/${householdId}/looks`, claims: memberClaims(guest) });
    expect(status).toBe(200);
    const { looks: seen } = z.object({ looks: z.array(z.object({ at: z.string(), purpose: z.string(), reason: z.string().optional() })) }).parse(body);
    expect(seen.length).toBe((await looks()).length);
    expect(seen.at(-1)).toMatchObject({ purpose: 'call', reason: 'asks for milk' });
    expect(seen.map(({ at }) => at)).toEqual(
      seen
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
    expect(JSON.stringify(body)).not.toContain('staff_');
  });

  it('finds it in the copy of everything, likewise', async () => {
    const { body } = await send(householdApi, { method: 'GET', path: `/households/${householdId}/export`, claims: memberClaims(anna) });
    expect(JSON.stringify(body)).toContain('asks for milk');
    expect(JSON.stringify(body)).not.toContain('staff_');
  });
});

it('colleagues see who looked where and for what, without anybody’s words', async () => {
  const { body } = await agent('GET', '/console/audit');
  const { looks: book } = z.object({ looks: z.array(z.record(z.string(), z.unknown())) }).parse(body);
  expect(book.map(({ kind, householdId: of, staffId }) => [kind, of, staffId])).toContainEqual(['page', householdId, 'staff_weber']);
  expect(JSON.stringify(book)).not.toContain('milk');
});

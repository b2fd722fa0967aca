/** Who is let in, what they may do, and how they leave. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as householdApi } from '../../functions/household-api.ts';
import { documents } from '../../functions/runtime/store.ts';
import { ofType, openWorld, type World } from './harness.ts';
import { memberClaims, operator, send } from './http-call.ts';
import { anna, furnish, guest, household, householdId } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
});
afterEach(() => world.close());

const ask = (method: string, path: string, { as = anna, body, home = householdId }: { as?: string; body?: unknown; home?: string } = {}) =>
  send(householdApi, { method, path: `/households/${home}${path}`, claims: memberClaims(as), ...(body !== undefined && { body }) });
const clara = { invitationId: 'inv_1', name: 'Clara', email: 'clara@example.org', role: 'adult' };
const invite = (body: object = {}, at: { as?: string; home?: string } = {}) => ask('POST', '/invitations', { body: { ...clara, ...body }, ...at });
const membersSchema = z.object({ members: z.array(z.object({ memberId: z.string(), name: z.string(), role: z.string() })) });
const members = async (home: string = householdId, as: string = anna) => membersSchema.parse((await ask('GET', '', { home, as })).body).members;
const idOf = (email: string) => world.people.byEmail(email)?.memberId ?? '';

describe('an invitation', () => {
  it('makes a person who can sign in, and a member at once', async () => {
    const answer = await invite();
    expect([answer.status, answer.body]).toEqual([200, { invitationId: 'inv_1', name: 'Clara', role: 'adult' }]);
    expect(idOf('clara@example.org')).toMatch(/^mem_[0-9a-f]{20}$/);
    expect(await members(householdId, idOf('clara@example.org'))).toContainEqual(expect.objectContaining({ name: 'Clara', role: 'adult' }));
  });

  it('sent twice, also after an answer that was lost, lets one person in', async () => {
    await Promise.all([invite(), invite()]);
    expect((await invite()).status).toBe(200);
    expect((await members()).filter(({ name }) => name === 'Clara')).toHaveLength(1);
    expect([ofType(await world.said(), 'member.invited').length, ofType(await world.said(), 'member.joined').length]).toEqual([1, 1]);
  });

  it('reaches somebody of another household, whom it does not change, and answers as for a stranger', async () => {
    const ben = { memberId: 'mem_0b3n', email: 'ben@example.org', name: 'Ben' };
    await world.people.add(ben);
    const [known, unknown] = [await invite({ invitationId: 'inv_2', email: 'BEN@example.org', name: 'Benny', role: 'guest' }), await invite()];
    expect([known.status, Object.keys(known.body), known.contentType]).toEqual([unknown.status, Object.keys(unknown.body), unknown.contentType]);
    expect(world.people.byMemberId('mem_0b3n')).toEqual(ben);
    expect(await members()).toContainEqual({ ...(await members()).find(({ memberId }) => memberId === 'mem_0b3n'), name: 'Benny', role: 'guest' });
  });

  it('leaves the e-mail address in the user pool and nowhere else', async () => {
    await invite();
    await ask('DELETE', `/members/${idOf('clara@example.org')}`);
    const tables = await Promise.all(
      ['Households', 'Journeys', 'Retailers'].map(async (TableName) => (await documents.send(new ScanCommand({ TableName }))).Items),
    );
    expect(JSON.stringify([tables, await world.said(), world.log, world.published])).not.toMatch(/clara@/i);
  });

  it('never makes an owner less than an owner', async () => {
    await world.people.add({ memberId: anna, email: 'anna@example.org', name: 'Anna' });
    expect((await invite({ email: 'anna@example.org', role: 'guest' })).status).toBe(200);
    expect(await members()).toContainEqual(expect.objectContaining({ memberId: anna, name: 'Anna', role: 'owner' }));
  });

  it('that is repeated late brings nobody back who has left since', async () => {
    await invite();
    world.wait(1, 'hours');
    await ask('DELETE', `/members/${idOf('clara@example.org')}`);
    await invite();
    expect((await members()).map(({ name }) => name)).not.toContain('Clara');
    world.wait(1, 'hours');
    await invite({ invitationId: 'inv_again' });
    expect((await members()).map(({ name }) => name)).toContain('Clara');
  });

  it.each([
    [403, {}, { as: guest }],
    [404, {}, { as: 'mem_stranger' }],
    [400, { role: 'owner' }, {}],
    [400, { email: 'nobody' }, {}],
    [400, { note: 'hello' }, {}],
    [400, { invitationId: 'apr_1' }, {}],
  ])('is refused with %i (%#)', async (status, body, at) => {
    expect((await invite(body, at)).status).toBe(status);
    expect(world.people.all).toEqual([]);
  });

  it('is refused when twenty live there', async () => {
    for (let count = 3; count <= 20; count += 1) {
      const path = `/households/${householdId}/members/mem_${count}`;
      await send(householdApi, { method: 'PUT', path, claims: operator, body: { name: `N${count}`, role: 'guest' } });
    }
    expect(await invite()).toMatchObject({ status: 409, body: { title: 'too-many-members' } });
    expect(world.people.all).toEqual([]);
  });

  it('works ten times an hour', async () => {
    const answers = [];
    for (let count = 1; count <= 11; count += 1) answers.push((await invite({ invitationId: `inv_${count}`, email: `n${count}@example.org` })).status);
    expect(answers.slice(-2)).toEqual([200, 429]);
  });
});

describe('a role', () => {
  const setRole = (who: string, role: string, as: string = anna) => ask('PUT', `/members/${who}/role`, { as, body: { role } });

  it('is changed by an owner and counts at once', async () => {
    expect((await invite({}, { as: guest })).status).toBe(403);
    expect(await setRole(guest, 'owner')).toMatchObject({ status: 200, body: { role: 'owner' } });
    expect((await invite({}, { as: guest })).status).toBe(200);
    expect(ofType(await world.said(), 'member.role-changed').map(({ data }) => data)).toEqual([{ householdId, memberId: guest, role: 'owner', by: anna }]);
  });

  it('of owner stays with somebody, also when two give it up at once', async () => {
    expect(await setRole(anna, 'adult')).toMatchObject({ status: 409, body: { title: 'last-owner' } });
    await setRole(guest, 'owner');
    const answers = await Promise.all([setRole(anna, 'adult'), setRole(guest, 'adult', guest)]);
    expect(answers.map(({ status }) => status)).toContain(409);
    expect((await members()).filter(({ role }) => role === 'owner').length).toBeGreaterThan(0);
  });

  it('is not changed by anybody else, and not of anybody else', async () => {
    expect((await setRole(anna, 'guest', guest)).status).toBe(403);
    expect((await setRole('mem_stranger', 'guest')).status).toBe(404);
    expect((await setRole(guest, 'king')).status).toBe(400);
  });
});

describe('leaving', () => {
  it('is everybody’s own decision, and works at once', async () => {
    expect((await ask('DELETE', `/members/${guest}`, { as: guest })).status).toBe(200);
    expect((await ask('GET', '', { as: guest })).status).toBe(404);
  });

  it('is not open to the last owner, and nobody but an owner removes another', async () => {
    expect(await ask('DELETE', `/members/${anna}`)).toMatchObject({ status: 409, body: { title: 'last-owner' } });
    expect((await ask('DELETE', `/members/${anna}`, { as: guest })).status).toBe(403);
  });
});

describe('a draft', () => {
  const draft = (form: unknown, device = '00000000000000aa') => ({ device, form: typeof form === 'string' ? form : JSON.stringify(form) });
  const keep = (id: string, body: unknown, as: string = anna) => ask('PUT', `/drafts/${id}`, { as, body });

  it('begun on one device is read on another, the last writer wins, and it is gone once it is dropped', async () => {
    await keep('add-device', draft({ step: 1 }));
    world.wait(3, 'minutes');
    await keep('add-device', draft({ step: 2 }, '00000000000000bb'));
    const kept = { draftId: 'add-device', device: '00000000000000bb', form: '{"step":2}', savedAt: world.now };
    expect((await ask('GET', '/drafts')).body).toEqual({ drafts: [kept] });
    expect((await ask('GET', '/drafts/add-device')).body).toEqual(kept);
    await ask('DELETE', '/drafts/add-device');
    expect((await ask('GET', '/drafts')).body).toEqual({ drafts: [] });
    expect((await ask('GET', '/drafts/add-device')).status).toBe(404);
  });

  it('is its author’s alone, in this household alone', async () => {
    await keep('add-device', draft({ step: 1 }));
    expect((await ask('GET', '/drafts', { as: guest })).body).toEqual({ drafts: [] });
    await send(householdApi, { method: 'PUT', path: '/households/hh_two', claims: operator, body: pick(household) });
    await send(householdApi, { method: 'PUT', path: `/households/hh_two/members/${anna}`, claims: operator, body: { name: 'Anna', role: 'owner' } });
    expect((await ask('GET', '/drafts', { home: 'hh_two' })).body).toEqual({ drafts: [] });
  });

  it('is forgotten after a month', async () => {
    await keep('add-device', draft({}));
    world.wait(30, 'days');
    expect((await ask('GET', '/drafts')).body).toEqual({ drafts: [] });
  });

  it.each([
    ['too long', draft('x'.repeat(4_097))],
    ['too many bytes', draft(JSON.stringify({ a: 'ä'.repeat(2_100) }))],
    ['no JSON', draft('{')],
    ['no form', draft('7')],
    ['another device', draft({}, 'phone')],
    ['more', { ...draft({}), note: '' }],
  ])('that is %s is refused', async (_, body) => {
    expect((await keep('add-device', body)).status).toBe(400);
  });

  it('is one of at most twenty', async () => {
    for (let count = 1; count <= 20; count += 1) await keep(`d${count}`, draft({}));
    expect((await keep('d21', draft({}))).status).toBe(409);
    expect((await keep('d20', draft({ again: 1 }))).status).toBe(200);
  });
});

const pick = ({ name, timeZone, language, address }: typeof household) => ({ name, timeZone, language, address });

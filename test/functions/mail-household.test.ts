/** From a yes in the app to a letter in the outbox, and from the link in it to the end of letters: over the real store and the SES of this machine. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as disconnectMember } from '../../functions/disconnect-member.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as hearMailbox } from '../../functions/hear-mailbox.ts';
import { handler as mailHousehold } from '../../functions/mail-household.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { reachHousehold } from '../../functions/runtime/outreach.ts';
import { stopMailToken } from '../../functions/runtime/secrets.ts';
import { createOnce, load } from '../../functions/runtime/store.ts';
import { memberSchema } from '../../shared/household/household.ts';
import { decidePrivacy, noPrivacyYet } from '../../shared/household/privacy.ts';
import { MAIL_WORDING } from '../../shared/journey/outreach/mail-wording.ts';
import type { Wish } from '../../shared/journey/outreach/wish.ts';
import { touchpointOf } from '../../shared/journey/touchpoint.ts';
import { instantSchema, memberIdSchema, type MemberId } from '../../shared/values.ts';
import { wishFor } from '../shared/journey/outreach/outreach-examples.ts';
import { between, context, eventRecord, ofType, openWorld, sqsRecord, tell, work, type World } from './harness.ts';
import { apiEvent, memberClaims, operator, send } from './http-call.ts';
import { anna, furnish, householdId } from './kitchen.ts';

const exportedSchema = z.object({ entries: z.array(z.object({ kind: z.string(), state: z.unknown() })) });
const ben = memberIdSchema.parse('mem_ben');
let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.now = instantSchema.parse('2026-03-02T09:00:00.000Z');
  await furnish();
  await createOnce(
    kinds.member,
    keys.member(householdId, ben),
    memberSchema.parse({ householdId, memberId: ben, name: 'Ben', role: 'adult', joinedAt: world.now }),
  );
  for (const memberId of [anna, ben]) await world.people.add({ memberId, email: `${memberId}@mail.example`, name: memberId });
});
afterEach(() => world.close());

const change = (memberId: MemberId, body: object) =>
  send(householdApi, { method: 'POST', path: `/households/${householdId}/outreach`, claims: memberClaims(memberId), body });
const yes = (memberId: MemberId, language = 'de') => change(memberId, { type: 'allow-mail', wordingVersion: MAIL_WORDING, language });
const reach = (over: Partial<Wish> = {}) =>
  reachHousehold(wishFor({ householdId, wishedAt: world.now, purpose: 'service', channels: ['e-mail', 'app'], ...over }));
async function deliver(): Promise<string[]> {
  const events = ofType(await world.said(), 'outreach.sent').filter(({ data }) => data.channel === 'e-mail');
  return work(
    mailHousehold,
    events.map((event) => eventRecord(event)),
  );
}
const letters = () => (existsSync(world.outbox) ? readdirSync(world.outbox).sort() : []).map((file) => readFileSync(path.join(world.outbox, file), 'utf8'));
const addressees = () => letters().map((letter) => /^To: (.+)\r$/m.exec(letter)?.[1]);
const mailed = async () =>
  (await load(kinds.outreach, keys.outreach(householdId)))?.state.reached.map((one) => one.mailed?.map(({ memberId, state }) => [memberId, state]));

describe('a letter', () => {
  it('goes to each member who said yes, in the language of that yes, once however often it is told, and no address is kept', async () => {
    expect(await reach()).toEqual({ send: 'app' });
    world.wait(2, 'days');
    expect(await yes(anna)).toMatchObject({ status: 200, body: { mail: { from: 'hallo@nachschub.example', may: true, at: world.now } } });
    expect(await yes(ben, 'en')).toMatchObject({ status: 200 });
    expect(await reach({ wishId: 'w-2', link: '/app/list' })).toEqual({ send: 'e-mail' });
    expect([await deliver(), await deliver()]).toEqual([[], []]);
    expect(addressees().sort()).toEqual(['mem_anna@mail.example', 'mem_ben@mail.example']);
    const [toAnna = '', toBen = ''] = letters().sort((a, b) => Number(a.includes('To: mem_ben')) - Number(b.includes('To: mem_ben')));
    const token = await stopMailToken({ householdId, memberId: anna });
    expect(toAnna).toContain('Subject: Noch einmal?\r\n');
    expect(toAnna).toContain(`List-Unsubscribe: <https://home.example/api/mail-stops/${token}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n`);
    for (const said of [
      'Hallo Anna,',
      'weil du Milch gekauft hast',
      'https://home.example/app/list',
      `/app/stop-mail#${token}`,
      'Nachschub GmbH, Gasse 9, 10115 Berlin',
    ])
      expect(toAnna).toContain(said);
    expect(toBen).toContain('Hello Ben,');
    expect(await mailed()).toEqual([
      undefined,
      [
        [anna, 'sent'],
        [ben, 'sent'],
      ],
    ]);
    // What a member takes home holds their own answers and letters, and not the others'.
    const { body } = await send(householdApi, { method: 'GET', path: `/households/${householdId}/export`, claims: memberClaims(ben) });
    const taken = JSON.stringify(
      exportedSchema
        .parse(body)
        .entries.filter(({ kind }) => kind === 'outreach')
        .map(({ state }) => state),
    );
    expect([taken.includes(ben), taken.includes(anna)]).toEqual([true, false]);
    const everything = JSON.stringify([world.log, await world.said(), await world.stream('Households')]);
    expect(everything).not.toContain('@mail.example');
    expect(world.log.filter(({ message }) => message === 'a letter')).toHaveLength(2);
  });

  it('that offers something goes only to whoever wants news as well', async () => {
    await yes(anna);
    await yes(ben);
    expect(await reach({ purpose: 'suggestion' })).toEqual({ send: 'app' });
    const answer = {
      type: 'answer',
      purpose: 'product-news',
      answer: 'given',
      wordingVersion: '2026-11',
      language: 'de',
      memberId: ben,
      screen: 'app',
    } as const;
    const privacy = decidePrivacy(noPrivacyYet(householdId), answer, world.now);
    if (privacy.kind !== 'changed') throw new Error('expected an answer');
    await createOnce(kinds.privacy, keys.privacy(householdId), privacy.state);
    world.wait(2, 'days');
    expect(await reach({ purpose: 'suggestion', wishId: 'w-2' })).toEqual({ send: 'e-mail' });
    await deliver();
    expect(addressees()).toEqual(['mem_ben@mail.example']);
  });

  it('is not sent when its reader says no while the address is looked up, nor to an address that nobody has proved', async () => {
    await yes(anna);
    await yes(ben);
    await reach();
    await world.people.remove(ben);
    between(
      (handle) => async (request) => {
        const answer = await handle(request);
        await change(anna, { type: 'end-mail' });
        return answer;
      },
      'cognito-idp',
    );
    expect(await deliver()).toEqual([]);
    expect(letters()).toEqual([]);
    expect(await mailed()).toEqual([
      [
        [anna, 'dropped'],
        [ben, 'dropped'],
      ],
    ]);
  });
});

describe('the link in it', () => {
  const stop = (token: string, method = 'POST') =>
    householdApi(
      apiEvent({
        ...{ method, path: `/mail-stops/${token}` },
        ...(method === 'POST' && { body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      }) as never,
      context as never,
    ) as Promise<{ statusCode: number; body: string; headers: Record<string, string> }>;

  it('ends e-mails by one click without signing in, answers a repeat alike, and holds for what still waits', async () => {
    await yes(anna);
    await yes(ben);
    await reach();
    const token = await stopMailToken({ householdId, memberId: anna });
    const look = await stop(token, 'GET');
    expect([look.statusCode, look.headers['location']]).toEqual([302, `/app/stop-mail#${token}`]);
    const first = await stop(token);
    world.wait(1, 'hours');
    const again = await stop(token);
    expect([first.statusCode, first.body, again.statusCode, again.body]).toEqual([200, first.body, 200, first.body]);
    await deliver();
    expect(addressees()).toEqual(['mem_ben@mail.example']);
    const [event, ...others] = ofType(await world.said(), 'outreach.mail-withdrawn');
    if (event === undefined) throw new Error('expected an event');
    expect([event.data, others]).toEqual([{ householdId, memberId: anna, because: 'stop-link' }, []]);
    expect(touchpointOf(event, event.time)).toMatchObject({ channel: 'e-mail', initiator: 'customer', phase: 'support' });
    const page = await send(householdApi, { method: 'GET', path: `/households/${householdId}/outreach`, claims: memberClaims(anna) });
    expect(page.body['mail']).toMatchObject({ may: false, because: 'stop-link' });
  });

  it('is nothing when it is forged, another member’s, or names somebody who never said yes', async () => {
    await yes(anna);
    const token = await stopMailToken({ householdId, memberId: anna });
    const proof = token.split('.')[2] ?? '';
    for (const bad of [`${householdId}.${ben}.${proof}`, token.slice(0, -1), 'x', await stopMailToken({ householdId, memberId: ben })])
      expect([bad, (await stop(bad)).statusCode]).toEqual([bad, 404]);
    expect(ofType(await world.said(), 'outreach.mail-withdrawn')).toEqual([]);
  });
});

describe('what comes back of it', () => {
  const comes = (because: string, tags: object) => tell(hearMailbox, sqsRecord('mailbox-1', { because, tags }));

  it('ends the yes that it rested on, with a reason for the app, and no yes that was given since or somebody else’s', async () => {
    await yes(anna);
    await yes(ben);
    await reach();
    await deliver();
    const [message] = (await load(kinds.outreach, keys.outreach(householdId)))?.state.reached ?? [];
    const tags = { householdId: [householdId], memberId: [anna], reachId: [message?.reachId], 'ses:operation': ['SendEmail'] };
    await comes('bounced', tags);
    const page = await send(householdApi, { method: 'GET', path: `/households/${householdId}/outreach`, claims: memberClaims(anna) });
    expect(page.body['mail']).toMatchObject({ may: false, because: 'bounced' });
    world.wait(1, 'hours');
    await yes(anna);
    await comes('complained', tags);
    await comes('bounced', { 'ses:operation': ['SendEmail'] });
    const ended = ofType(await world.said(), 'outreach.mail-withdrawn').map(({ data }) => [data.memberId, data.because]);
    expect(ended).toEqual([[anna, 'bounced']]);
  });
});

it('a member who leaves takes their yes along, and nobody says it for somebody else or where no e-mails are sent', async () => {
  await yes(anna);
  await yes(ben);
  expect((await change(memberIdSchema.parse('mem_guest'), { type: 'allow-mail', wordingVersion: MAIL_WORDING, language: 'de' })).status).toBe(403);
  expect((await change(anna, { type: 'allow-mail', wordingVersion: MAIL_WORDING, language: 'de', memberId: ben })).status).toBe(400);
  await send(householdApi, { method: 'DELETE', path: `/households/${householdId}/members/${ben}`, claims: operator });
  const [left] = ofType(await world.said(), 'member.left');
  if (left === undefined) throw new Error('expected an event');
  await tell(disconnectMember, eventRecord(left));
  await tell(disconnectMember, eventRecord(left));
  expect(ofType(await world.said(), 'outreach.mail-withdrawn').map(({ data }) => data)).toEqual([{ householdId, memberId: ben, because: 'left' }]);
  delete process.env['MAIL_FROM'];
  expect((await yes(anna)).status).toBe(409);
  expect(await reach()).toEqual({ send: 'app' });
  const view = await send(householdApi, { method: 'GET', path: `/households/${householdId}/outreach`, claims: memberClaims(anna) });
  expect(view.body).not.toHaveProperty('mail');
});

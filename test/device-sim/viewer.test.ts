import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf, approvalIdOf, screenOf } from '../../device-sim/answers.ts';
import { displayTopics } from '../../device-sim/display.ts';
import { watchedFrom } from '../../device-sim/tv.ts';
import { instantOf, memberIdSchema, orderIdSchema, type OrderId } from '../../shared/values.ts';
import { startApi } from './api.ts';
import { day, startsAt, timeZone, tvSpec, tvThing } from './examples.ts';
import { openHouse, type OpenHouse } from './house.ts';
import { linesOf, makeCertificates, newDirectory, removeDirectory } from './stage.ts';

const seed = 3;
const memberId = memberIdSchema.parse('mem_anna');
const answers = { approve: 0.5, decline: 0.4, delayMinutes: [5, 60] as [number, number] };
const hash = 'c'.repeat(64);
const topics = displayTopics(tvThing);
const home = { seed, thing: tvThing, timeZone };

/** An order that Anna answers so, on this screen; `from` finds another one. */
const orderWith = (answer: string, screen: string, from = 0): OrderId => {
  for (let index = from; ; index += 1) {
    const orderId = orderIdSchema.parse(`ord_${answer}-${screen}-${index}`);
    if (answerOf(seed, memberId, orderId, answers).intent.answer === answer && screenOf(seed, memberId, orderId) === screen) return orderId;
  }
};
const cardFor = (orderId: OrderId, more: object = {}) => ({
  ...{ orderId, quoteHash: hash, shop: 'Wärmewerk', totalMinor: 799, language: 'de', wordingVersion: '2026-03', buttonText: 'zahlungspflichtig bestellen' },
  ...{ expiresAt: instantOf(startsAt + 3 * day), ...more },
});

let certificates = '';
let house: OpenHouse;
let api: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  certificates = await newDirectory();
  await makeCertificates(certificates, [tvThing]);
  await writeFile(join(certificates, 'token'), 'token-of-anna\n');
});
afterAll(() => removeDirectory(certificates));
beforeEach(async () => {
  api = await startApi();
});
afterEach(async () => {
  await Promise.all([house.close(), api.close()]);
});

const open = async (member: object = {}) => {
  const tokenFile = join(certificates, 'token');
  const members = [{ memberId, name: 'Anna', tokenFile, answers, ...member }];
  house = await openHouse({ certificates, members, apiUrl: api.url, things: [tvSpec(join(certificates, tvThing), tokenFile)] });
};
/** The shadow's answer to the TV's question what it should show. */
const wish = async (cards: readonly object[], version: number) => {
  await house.broker.published.until(({ topic }) => topic === topics.get);
  await house.broker.publish(version === 1 ? topics.got : topics.delta, { state: version === 1 ? { desired: { cards, notes: [] } } : { cards }, version });
};
const reports = () => house.broker.published.all.filter(({ topic }) => topic === topics.update).map(({ payload }) => JSON.parse(payload) as unknown);
const answered = () => linesOf(join(house.directory, 'ledgers', 'screens.ndjson'));

// A process takes a second to start, and several on a machine that is busy.
describe('the person in front of a TV', { timeout: 60_000 }, () => {
  it('answers a card when the TV is next on: with the own token, what stood on the button, and the hash of the card', async () => {
    await open();
    const [yes, no] = [orderWith('approve', 'tv'), orderWith('decline', 'tv')];
    const simulator = await house.start('devices');
    await house.conductor.turn(startsAt);
    await wish([cardFor(yes)], 1);
    const evening = watchedFrom(home, startsAt + 120_000);
    await house.conductor.heard.until(({ next, done }) => done === undefined && typeof next === 'number' && next <= evening);
    await wish([cardFor(yes), cardFor(no)], 2);
    await house.broker.published.until(({ topic }) => topic === topics.update, 2);
    expect(reports().at(-1)).toEqual({ state: { reported: { cards: [cardFor(yes), cardFor(no)], notes: [] } } });
    await house.liveUntil(evening - 1, startsAt);
    expect(api.posts(), 'nobody is there while the TV is off').toEqual([]);
    await house.liveUntil(evening, evening);
    const evidence = { wordingVersion: '2026-03', language: 'de', buttonText: 'zahlungspflichtig bestellen' };
    const approvalId = approvalIdOf(memberId, yes);
    expect(api.posts()).toHaveLength(2);
    expect(api.posts()).toContainEqual({
      line: `POST /api/households/hh_anna/orders/${yes}/approve`,
      body: { approvalId, quoteHash: hash, evidence, screen: 'tv' },
      token: 'Bearer token-of-anna',
    });
    const declined = api.posts().find(({ line }) => line === `POST /api/households/hh_anna/orders/${no}/decline`);
    expect(declined?.body).toEqual({ reason: expect.any(String) as string, screen: 'tv' });
    expect((await answered()).filter(({ orderId }) => orderId === yes)).toMatchObject([
      { kind: 'told', memberId },
      { kind: 'answer', answer: 'approve', approvalId, quoteHash: hash, screen: 'tv', evidence },
      { kind: 'answered', answer: 'approve', status: 200 },
    ]);
    const shown = (await linesOf(join(house.directory, 'ledgers', 'devices.ndjson'))).filter(({ kind }) => kind === 'shown');
    expect(shown.at(-1)).toMatchObject({ thing: tvThing, cards: [{ orderId: yes, quoteHash: hash }, { orderId: no }], notes: 0 });
    expect(await simulator.kill('SIGTERM')).toBe(0);
    expect(simulator.stderr()).toBe('');
  });

  it('leaves alone what is answered on the phone, has left the screen, has no button, or ends before the evening', async () => {
    await open();
    const [gone, expired, bare] = [orderWith('approve', 'tv', 0), orderWith('approve', 'tv', 100), orderWith('approve', 'tv', 200)];
    const phone = cardFor(orderWith('approve', 'app'));
    await house.start('devices');
    await house.conductor.turn(startsAt);
    await wish([phone, cardFor(gone), cardFor(expired), cardFor(bare)], 1);
    await house.broker.published.until(({ topic }) => topic === topics.update);
    const { buttonText: _button, ...withoutButton } = cardFor(bare);
    await wish([phone, cardFor(expired, { expiresAt: instantOf(startsAt + 60_000) }), withoutButton], 2);
    await house.broker.published.until(({ topic }) => topic === topics.update, 2);
    await house.liveUntil(watchedFrom(home, startsAt + day), startsAt);
    expect(api.posts()).toEqual([]);
    const given = (await answered()).filter(({ kind }) => kind === 'too-late').map(({ orderId }) => orderId);
    expect(new Set(given)).toEqual(new Set([gone, expired, bare]));
  });

  it('keeps the hands off where a person at the screen answers', async () => {
    await open({ handsOff: true });
    const yes = orderWith('approve', 'tv');
    await house.start('devices');
    await house.conductor.turn(startsAt);
    await wish([cardFor(yes)], 1);
    await house.broker.published.until(({ topic }) => topic === topics.update);
    await house.liveUntil(watchedFrom(home, startsAt + day), startsAt);
    expect(api.posts()).toEqual([]);
  });

  it('sends an answer that was cut off again as it was, after a restart', async () => {
    await open();
    const yes = orderWith('approve', 'tv');
    const first = await house.start('devices');
    await house.conductor.turn(startsAt);
    await wish([cardFor(yes)], 1);
    await house.broker.published.until(({ topic }) => topic === topics.update);
    const evening = watchedFrom(home, startsAt + 120_000);
    api.state.failures = 100;
    await house.liveUntil(evening, startsAt);
    const sent = api.posts().at(-1);
    await first.kill('SIGKILL');
    api.state.failures = 0;
    await house.start('devices');
    await house.liveUntil(watchedFrom(home, evening + day), evening);
    expect(api.posts().at(-1)).toEqual(sent);
    expect((await answered()).filter(({ kind }) => kind === 'answer')).toHaveLength(1);
    expect((await answered()).at(-1)).toMatchObject({ kind: 'answered', status: 200 });
  });
});

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf, screenOf } from '../../device-sim/answers.ts';
import { instantOf, orderIdSchema, type OrderId } from '../../shared/values.ts';
import { startApi } from './api.ts';
import { startsAt } from './examples.ts';
import {
  linesOf,
  makeCertificates,
  newDirectory,
  removeDirectory,
  startBroker,
  startConductor,
  startSimulator,
  writeSimulation,
  type Broker,
  type Running,
  type TestConductor,
} from './stage.ts';

const answers = { approve: 0.5, decline: 0.4, delayMinutes: [5, 60] as [number, number] };
const seed = 3;
/** An order that this member will answer so. */
const orderWith = (answer: 'approve' | 'decline' | 'none'): OrderId => {
  for (let index = 0; ; index += 1) {
    const orderId = orderIdSchema.parse(`ord_${answer}-${index}`);
    if (answerOf(seed, 'mem_anna', orderId, answers).intent.answer === answer) return orderId;
  }
};
const dueAt = (orderId: OrderId) => startsAt + answerOf(seed, 'mem_anna', orderId, answers).delayMillis;
const hash = 'a'.repeat(64);

let certificates = '';
let directory = '';
let broker: Broker;
let conductor: TestConductor;
let api: Awaited<ReturnType<typeof startApi>>;
let simulation = '';
let running: Running[] = [];
const ledger = () => linesOf(join(directory, 'ledgers', 'members.ndjson'));
const start = async () => {
  const hellos = conductor.heard.all.filter(({ hello }) => hello !== undefined).length;
  const process = startSimulator('members', simulation);
  running.push(process);
  await conductor.hellos(hellos + 1);
  return process;
};
const tell = async (orderId: OrderId, messageId: string, kind = 'approval-requested') => {
  const at = instantOf(startsAt);
  await broker.publish('app/nachschub/hh_anna/messages', { messageId, kind, orderId, title: 'Milch', text: 'Bitte antworten', at });
};

beforeAll(async () => {
  certificates = await newDirectory();
  await makeCertificates(certificates, []);
});
afterAll(() => removeDirectory(certificates));
beforeEach(async () => {
  directory = await newDirectory();
  [broker, conductor, api] = await Promise.all([startBroker(certificates), startConductor(), startApi()]);
  await writeFile(join(directory, 'token'), 'token-of-anna\n');
  const member = { memberId: 'mem_anna', name: 'Anna', tokenFile: join(directory, 'token'), answers };
  simulation = await writeSimulation(directory, {
    ...{ seed, startsAt: instantOf(startsAt), conductorPort: conductor.port, brokerPort: broker.port, brokerCa: join(certificates, 'ca.pem') },
    ...{ apiUrl: api.url, ledgers: join(directory, 'ledgers'), doorstep: directory },
    households: [{ householdId: 'hh_anna', name: 'Anna', account: 'acc-hh_anna', members: [member], things: [] }],
  });
});
afterEach(async () => {
  for (const { kill } of running) await kill('SIGKILL');
  running = [];
  await Promise.all([broker.close(), conductor.close(), api.close()]);
  await removeDirectory(directory);
});

// A process takes a second to start, and several on a machine that is busy.
describe('the process of the members', { timeout: 90_000 }, () => {
  it('is told over MQTT, tells the clock when it will answer, and approves with the hash it read at that moment', async () => {
    const [yes, no, silent] = [orderWith('approve'), orderWith('decline'), orderWith('none')];
    const member = await start();
    expect(await conductor.turn(startsAt)).toBe(null);
    expect(broker.connects.all).toMatchObject([{ id: 'app-mem_anna-1', username: 'hh_anna', password: 'token-of-anna', certificate: false }]);
    for (const orderId of [yes, no, silent]) api.orders.set(orderId, { status: 'awaiting-approval', hash: 'b'.repeat(64) });
    await tell(silent, 'm0');
    await tell(yes, 'm1');
    await conductor.heard.until(({ next, done }) => done === undefined && next === dueAt(yes));
    await tell(no, 'm2');
    await conductor.heard.until(({ next, done }) => done === undefined && next === Math.min(dueAt(yes), dueAt(no)));
    await tell(yes, 'm1');
    // The price has moved since the message: what is approved is what is read now.
    api.orders.set(yes, { status: 'awaiting-approval', hash });
    expect(await conductor.turn(Math.max(dueAt(yes), dueAt(no)))).toBe(null);

    const approvalId = `apr_${createHash('sha256').update(`mem_anna ${yes} `).digest('hex').slice(0, 24)}`;
    const posts = api.posts();
    expect(posts).toHaveLength(2);
    expect(posts).toContainEqual({
      line: `POST /api/households/hh_anna/orders/${yes}/approve`,
      body: { approvalId, quoteHash: hash, evidence: { wordingVersion: '2026-03', language: 'en', buttonText: 'order with obligation to pay' } },
      token: 'Bearer token-of-anna',
    });
    const declined = posts.find(({ line }) => line === `POST /api/households/hh_anna/orders/${no}/decline`);
    expect(declined?.body).toEqual({ reason: expect.stringMatching(/^.{3,200}$/) as string });
    await member.kill('SIGTERM');
    const lines = await ledger();
    expect(lines.filter(({ orderId }) => orderId === yes)).toMatchObject([
      { kind: 'told', memberId: 'mem_anna', messageId: 'm1' },
      { kind: 'answer', answer: 'approve', quoteHash: hash, approvalId },
      { kind: 'answered', answer: 'approve', status: 200 },
    ]);
    expect(lines.filter(({ orderId }) => orderId === silent).map(({ kind }) => kind)).toEqual(['told']);
    expect(member.stderr()).toBe('');
  });

  it('finds out after connecting what it was not told, leaves alone what is settled, and sends a cut-off answer again as it was', async () => {
    const yes = orderWith('approve');
    api.orders.set(yes, { status: 'awaiting-approval', hash });
    const member = await start();
    expect(await conductor.turn(startsAt)).toBe(dueAt(yes));
    // Killed between writing its answer down and hearing that it arrived.
    api.state.failures = 100;
    await member.kill('SIGKILL');
    const path = join(directory, 'ledgers', 'members.ndjson');
    const told = (await ledger()).map((line) => JSON.stringify(line)).join('\n');
    const answer = {
      at: instantOf(startsAt),
      kind: 'answer',
      memberId: 'mem_anna',
      orderId: yes,
      answer: 'approve',
      quoteHash: hash,
      approvalId: 'apr_was-sent',
    };
    await writeFile(path, `${told}\n${JSON.stringify(answer)}\n{"torn`);
    api.state.failures = 0;
    api.orders.set(yes, { status: 'approved', hash });

    await start();
    await conductor.turn(startsAt);
    expect(await conductor.turn(dueAt(yes))).toBe(null);
    expect(api.posts()).toMatchObject([{ body: { approvalId: 'apr_was-sent', quoteHash: hash } }]);
    const no = orderWith('decline');
    api.orders.set(no, { status: 'expired', hash });
    await tell(no, 'm3');
    await conductor.heard.until(({ next, done }) => done === undefined && next !== null);
    await conductor.turn(dueAt(yes) + 3 * 3_600_000);
    expect(api.posts()).toHaveLength(1);
    expect((await ledger()).at(-1)).toMatchObject({ kind: 'too-late', orderId: no, status: 'expired' });
  });

  it('tries a few times when the API is away, then again fifteen product minutes later', async () => {
    const yes = orderWith('approve');
    api.orders.set(yes, { status: 'awaiting-approval', hash });
    await start();
    await conductor.turn(startsAt);
    const before = api.requests.all.length;
    api.state.failures = 5;
    expect(await conductor.turn(dueAt(yes))).toBe(dueAt(yes) + 15 * 60_000);
    expect(api.requests.all.length - before).toBe(4);
    // One more failure, and the retry on wall time is enough.
    expect(await conductor.turn(dueAt(yes) + 15 * 60_000)).toBe(null);
    expect(api.posts()).toHaveLength(1);
  });

  it('leaves to the TV what this member answers there, and each member of a household answers alone', async () => {
    const tv = { thing: 'tv-anna', type: 'tv', certificates: directory, slots: [], tv: { signedInMemberId: 'mem_anna', tokenFile: join(directory, 'token') } };
    const member = (memberId: string, more: object = {}) => ({ memberId, name: memberId, tokenFile: join(directory, 'token'), answers, ...more });
    const content = JSON.parse(await readFile(simulation, 'utf8')) as object;
    const members = [member('mem_anna'), member('mem_ben'), member('mem_clara', { handsOff: true })];
    await writeSimulation(directory, { ...content, households: [{ householdId: 'hh_anna', name: 'Anna', account: 'acc', members, things: [tv] }] });
    const orders = Array.from({ length: 40 }, (_, index) => orderIdSchema.parse(`ord_many-${index}`));
    for (const orderId of orders) api.orders.set(orderId, { status: 'awaiting-approval', hash });
    await start();
    await conductor.turn(startsAt);
    // Each of the three phones has asked what waits, however long it took to connect.
    await api.requests.until(({ line }) => line.endsWith('?status=awaiting-approval'), 3);
    let next = await conductor.turn(startsAt);
    while (next !== null) next = await conductor.turn(next);
    const answersOf = (memberId: string) => orders.filter((orderId) => answerOf(seed, memberId, orderId, answers).intent.answer !== 'none');
    const [anna, ben] = [answersOf('mem_anna').filter((orderId) => screenOf(seed, 'mem_anna', orderId) === 'app'), answersOf('mem_ben')];
    const lines = await ledger();
    const cameToAnswer = (memberId: string) => lines.filter((line) => line.memberId === memberId && ['answer', 'too-late'].includes(String(line.kind)));
    expect(
      cameToAnswer('mem_anna')
        .map(({ orderId }) => orderId)
        .sort(),
    ).toEqual([...anna].sort());
    expect(
      cameToAnswer('mem_ben')
        .map(({ orderId }) => orderId)
        .sort(),
    ).toEqual([...ben].sort());
    expect(cameToAnswer('mem_clara')).toEqual([]);
    // The first answer wins; whoever comes later sees that it is settled.
    const given = lines.filter(({ kind }) => kind === 'answer').map(({ orderId }) => orderId);
    expect(new Set(given).size).toBe(given.length);
    expect(new Set(given)).toEqual(new Set([...anna, ...ben]));
  });
});

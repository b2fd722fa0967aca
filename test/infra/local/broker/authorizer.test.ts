import mqtt from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import type { AuthorizeConnection, ConnectionRequest } from '../../../../infra/local/broker/authorizer.ts';
import type { Later } from '../../../../infra/local/broker/app-lease.ts';
import { authorizeConnection, BrokerHarness, closed, gate, granted, publishOutcome } from './broker-harness.ts';

const MESSAGES = 'app/nachschub/hh_anna/messages';
const refused = { isAuthenticated: false };

/** Wall time that a test lets pass: what was to happen after so many seconds happens when it says so. */
class Timers {
  readonly #tasks: { seconds: number; task: () => void }[] = [];
  readonly later: Later = (seconds, task) => {
    const entry = { seconds, task };
    this.#tasks.push(entry);
    return () => this.#tasks.splice(this.#tasks.indexOf(entry) >>> 0, 1);
  };

  get waiting(): number[] {
    return this.#tasks.map(({ seconds }) => seconds);
  }

  pass(seconds: number): void {
    for (const entry of this.#tasks.filter((task) => task.seconds === seconds)) {
      this.#tasks.splice(this.#tasks.indexOf(entry), 1);
      entry.task();
    }
  }
}

let harness: BrokerHarness;
afterEach(() => harness.close());

/** Answers as the product does, until told otherwise. */
async function open() {
  const timers = new Timers();
  const asked: ConnectionRequest[] = [];
  const told: { answer: AuthorizeConnection } = { answer: authorizeConnection };
  harness = await BrokerHarness.open(undefined, {
    later: timers.later,
    authorizeConnection: (request) => {
      asked.push(request);
      return told.answer(request);
    },
  });
  return { timers, asked, told };
}
const disconnection = async (count: number) => (await harness.queued('presence', count)).at(-1);

describe('the authorizer', () => {
  it('is asked what AWS asks: user name, password in base64, client id, and an id of the connection', async () => {
    const { asked } = await open();
    await harness.member('mem_anna');
    expect(asked).toEqual([
      {
        signatureVerified: false,
        protocols: ['tls', 'mqtt'],
        protocolData: { mqtt: { clientId: 'app-mem_anna-1', username: 'hh_anna', password: Buffer.from('token of mem_anna').toString('base64') } },
        connectionMetadata: { id: asked[0]?.connectionMetadata.id },
      },
    ]);
    expect(asked[0]?.connectionMetadata.id).toMatch(/^[0-9a-f-]{36}$/);
    await harness.thing('fridge-anna');
    expect(asked).toHaveLength(1);
  });

  const allowed = { isAuthenticated: true, principalId: 'anna', disconnectAfterInSeconds: 300, refreshAfterInSeconds: 300 };
  const all = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iot:Connect', Resource: '*' } };
  it.each<[string, unknown, number]>([
    ['nothing', undefined, 3],
    ['a word', 'yes', 3],
    ['a yes without a policy', { ...allowed, policyDocuments: [] }, 3],
    ['a yes as a word', { ...allowed, isAuthenticated: 'true', policyDocuments: [all] }, 3],
    ['a principal that AWS would not take', { ...allowed, principalId: 'mem_anna', policyDocuments: [all] }, 3],
    ['four minutes', { ...allowed, refreshAfterInSeconds: 240, policyDocuments: [all] }, 3],
    ['more than a day', { ...allowed, disconnectAfterInSeconds: 86_401, policyDocuments: [all] }, 3],
    ['eleven policies', { ...allowed, policyDocuments: Array.from({ length: 11 }, () => all) }, 3],
    ['a policy that is no JSON', { ...allowed, policyDocuments: ['{'] }, 3],
    ['a policy that is not understood', { ...allowed, policyDocuments: [{ ...all, Statement: { ...all.Statement, Action: 'iot:*' } }] }, 3],
    ['a member that nobody says', { ...allowed, context: {}, policyDocuments: [all] }, 3],
    ['a no, whatever is beside it', { ...allowed, isAuthenticated: false, policyDocuments: [all] }, 4],
    ['a policy for somebody else', { ...allowed, policyDocuments: [{ ...all, Statement: { ...all.Statement, Effect: 'Deny' } }] }, 5],
  ])('lets nobody in with %s', async (_, answer, code) => {
    const { told } = await open();
    told.answer = () => Promise.resolve(answer);
    await expect(harness.member('mem_anna')).rejects.toMatchObject({ code });
  });

  it('lets somebody in with a policy as text', async () => {
    const { told } = await open();
    told.answer = () => Promise.resolve({ ...allowed, policyDocuments: [JSON.stringify(all)] });
    expect(await granted(await harness.member('mem_anna'), MESSAGES)).toBe(128);
  });

  it('is asked again, and its new policies hold for what is listened to already', async () => {
    const { timers, asked, told } = await open();
    const anna = await harness.member('mem_anna');
    expect(await granted(anna, MESSAGES)).toBe(1);
    told.answer = async (request) => ({ ...((await authorizeConnection(request)) as object), policyDocuments: [all] });
    timers.pass(300);
    while (timers.waiting.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(asked[0]);
    const heard: string[] = [];
    anna.on('message', (topic) => heard.push(topic));
    await harness.broker.publish(MESSAGES, '{}', 1);
    expect(await granted(anna, MESSAGES)).toBe(128);
    expect(heard).toEqual([]);
    expect(anna.connected).toBe(true);
  });

  it.each<[string, AuthorizeConnection]>([
    ['no longer knows it', () => Promise.resolve(refused)],
    ['knows it as somebody else', async (request) => ({ ...((await authorizeConnection(request)) as object), principalId: 'other' })],
    ['fails', () => Promise.reject(new Error('no provider'))],
    [
      'no longer lets it connect',
      async (request) => ({
        ...((await authorizeConnection(request)) as object),
        policyDocuments: [{ ...all, Statement: { ...all.Statement, Effect: 'Deny' } }],
      }),
    ],
  ])('ends a connection when it %s', async (_, answer) => {
    const { timers, told } = await open();
    const anna = await harness.member('mem_anna');
    told.answer = answer;
    const ended = closed(anna);
    timers.pass(300);
    await ended;
    expect(await disconnection(2)).toMatchObject({ disconnectReason: 'AUTH_ERROR', clientInitiatedDisconnect: false });
  });

  it('ends a connection when its time is over, and asks nothing more about it', async () => {
    const { timers, asked } = await open();
    const anna = await harness.member('mem_anna');
    expect(timers.waiting).toEqual([3_600, 300]);
    const ended = closed(anna);
    timers.pass(3_600);
    await ended;
    expect(await disconnection(2)).toMatchObject({ disconnectReason: 'CUSTOMAUTH_TTL_EXPIRATION' });
    expect(timers.waiting).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('is asked once about somebody who has gone before it answers', async () => {
    const { timers, told } = await open();
    const [isAsked, mayAnswer] = [gate(), gate()];
    told.answer = async (request) => {
      isAsked.open();
      await mayAnswer.opened;
      return authorizeConnection(request);
    };
    const anna = mqtt.connect(await harness.memberOptions('mem_anna'));
    anna.on('error', () => undefined);
    await isAsked.opened;
    anna.stream.destroy();
    while (harness.reports.length < 1) await new Promise((resolve) => setImmediate(resolve));
    mayAnswer.open();
    while (harness.reports.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(harness.reports.at(-1)).toContain('it hung up before it was let in');
    expect([timers.waiting, harness.broker.connected()]).toEqual([[], []]);
  });

  it('is not asked about things, whose connections have no end of their own', async () => {
    const { timers } = await open();
    expect(await publishOutcome(await harness.thing('fridge-anna'), 'dt/nachschub/fridge-anna/telemetry')).toBe('acknowledged');
    expect(timers.waiting).toEqual([]);
  });
});

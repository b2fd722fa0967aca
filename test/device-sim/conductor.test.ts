import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conductor } from '../../device-sim/conductor.ts';
import { Seen, startConductor, type TestConductor } from './stage.ts';

let server: TestConductor;
let follower: Conductor;
let nextAt: number | null;
let gate: Promise<void>;
const acted = new Seen<number>();

beforeEach(async () => {
  server = await startConductor();
  nextAt = 500;
  gate = Promise.resolve();
  acted.all.length = 0;
  follower = new Conductor({
    port: server.port,
    name: 'members',
    nextAt: () => nextAt,
    act: async (now) => {
      acted.add(now);
      await gate;
    },
    onBug: (error) => {
      throw error;
    },
  });
  await server.hellos(1);
});
afterEach(async () => {
  follower.close();
  await server.close();
});

describe('following the conductor', () => {
  it('says its name, acts on each turn, due or not, and answers with its next moment', async () => {
    expect(server.heard.all).toEqual([{ hello: 'members' }]);
    expect(await server.turn(100)).toBe(500);
    nextAt = null;
    expect(await server.turn(200, false)).toBe(null);
    expect(acted.all).toEqual([100, 200]);
    expect(follower.now()).toBe(200);
  });

  it('says a moment that has come forward, outside a turn at once', async () => {
    await server.turn(100);
    nextAt = 120;
    await follower.bringForward();
    await server.heard.until(({ next, done }) => done === undefined && next === 120);
  });

  it('leaves it to the answer of the turn that is under way', async () => {
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const answered = server.turn(100);
    await acted.until((now) => now === 100);
    nextAt = 110;
    await follower.bringForward();
    open();
    expect(await answered).toBe(110);
    expect(server.heard.all.filter(({ done, hello }) => done === undefined && hello === undefined)).toEqual([]);
  });

  it('comes back when the conductor hangs up, and holds back what the clock does not know yet', async () => {
    await server.turn(100);
    server.drop();
    await server.hellos(2);
    // Between hello and its first answer the clock does not know this client.
    nextAt = 105;
    let told = false;
    const forward = follower.bringForward().then(() => (told = true));
    expect(told).toBe(false);
    expect(await server.turn(101)).toBe(105);
    await forward;
  });

  it('hangs up on a conductor that talks nonsense, and tries again', async () => {
    await server.turn(1);
    server.say('{"turn":"two"}');
    await server.hellos(2);
    expect(await server.turn(2)).toBe(500);
  });
});

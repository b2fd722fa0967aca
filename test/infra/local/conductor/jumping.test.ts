import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Turn } from './fake-client.ts';
import { opened } from './opened-conductor.ts';
import { every, HOUR, MINUTE, START } from './product-time.ts';

describe('jumping time', () => {
  it('goes to the earliest moment that anybody wants, tells everybody, and waits for all', async () => {
    const { conductor, client } = await opened({ expected: ['fridges', 'members'] });
    const fridges = await client('fridges');
    const members = await client('members');
    fridges.done(await fridges.turn(), START + 2 * HOUR);
    members.done(await members.turn(), START + HOUR);
    const [toFridges, toMembers] = [await fridges.turn(), await members.turn()];
    expect(toFridges).toMatchObject({ now: START + HOUR, rate: 0, due: false });
    expect(toMembers).toMatchObject({ now: START + HOUR, rate: 0, due: true });
    members.done(toMembers, null);
    expect(await fridges.untold()).toEqual([]);
    expect(conductor.waitingFor).toEqual(['fridges']);
    fridges.done(toFridges, START + 2 * HOUR);
    expect(await fridges.turn()).toMatchObject({ now: START + 2 * HOUR, due: true });
    expect(conductor.now()).toBe(START + 2 * HOUR);
  });

  it('says hello with a turn that is due, since only the client can know', async () => {
    const { client } = await opened({ expected: ['fridges'] });
    const fridges = await client('fridges');
    expect(await fridges.turn()).toMatchObject({ now: START, rate: 0, due: true });
  });

  it('reaches whoever wants to act between two milliseconds', async () => {
    const { client } = await opened({ expected: ['fridges'] });
    const fridges = await client('fridges');
    fridges.done(await fridges.turn(), START + HOUR + 0.25);
    expect(await fridges.turn()).toMatchObject({ now: START + HOUR + 1, due: true });
  });

  it('stands while an expected client is not there, has not answered, or is away', async () => {
    const { conductor, client } = await opened({ expected: ['fridges', 'members'] });
    const fridges = await client('fridges');
    fridges.answer(({ now }) => now + HOUR);
    const members = await client('members');
    const hello = await members.turn();
    await fridges.untold();
    expect(conductor.now()).toBe(START);
    members.done(hello, null);
    while (conductor.now() < START + 5 * HOUR) members.done(await members.turn(), null);
    members.close();
    await members.closed;
    await fridges.untold();
    const stoodAt = conductor.now();
    await fridges.untold();
    expect(conductor.now()).toBe(stoodAt);
    expect(conductor.waitingFor).toEqual(['members']);
    const again = await client('members');
    expect(await again.turn()).toMatchObject({ now: stoodAt });
  });

  it('forgets a client that nobody expects when it leaves', async () => {
    const { conductor, client } = await opened({ until: START + HOUR, expected: ['fridges'] });
    const guest = await client('retailer:rt_frischhof');
    guest.done(await guest.turn(), START + MINUTE);
    const fridges = await client('fridges');
    const hello = await fridges.turn();
    guest.close();
    await guest.closed;
    fridges.answer(() => null);
    fridges.done(hello, null);
    await conductor.finished;
    expect(conductor.now()).toBe(START + HOUR);
  });

  it('waits for what is under way, and for what that starts', async () => {
    const { conductor, activity, client } = await opened({ expected: ['fridges'] });
    const endFirst = activity.begin();
    const fridges = await client('fridges');
    fridges.done(await fridges.turn(), START + HOUR);
    expect(await fridges.untold()).toEqual([]);
    endFirst();
    await new Promise((resolve) => setImmediate(resolve));
    const endSecond = activity.begin();
    expect(await fridges.untold()).toEqual([]);
    expect(conductor.now()).toBe(START);
    endSecond();
    expect(await fridges.turn()).toMatchObject({ now: START + HOUR });
  });

  it('lets a client bring its moment forward, but not put it off, outside a turn', async () => {
    const { conductor, activity, client } = await opened({ expected: ['members'] });
    const end = activity.begin();
    const members = await client('members');
    members.done(await members.turn(), START + 2 * HOUR);
    members.say({ next: START + HOUR });
    members.say({ next: START + 3 * HOUR });
    members.say({ next: null });
    await members.untold();
    end();
    expect(await members.turn()).toMatchObject({ now: START + HOUR, due: true });
    expect(conductor.now()).toBe(START + HOUR);
  });

  it('gives a turn at the same instant to a client that wants to act at once', async () => {
    const { activity, client } = await opened({ expected: ['members'] });
    const end = activity.begin();
    const members = await client('members');
    members.done(await members.turn(), null);
    members.say({ next: START });
    expect(await members.turn()).toMatchObject({ now: START, due: true });
    end();
  });

  it('fires schedules when the clients have acted and all is quiet, before time goes on', async () => {
    const seen: string[] = [];
    const { conductor, client } = await opened({
      until: START + HOUR,
      expected: ['fridges'],
      schedules: every(15 * MINUTE, async (at) => {
        seen.push(`begin ${(at - START) / MINUTE}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.push(`end ${(at - START) / MINUTE}`);
      }),
    });
    const fridges = await client('fridges');
    fridges.answer(({ now, due }) => {
      if (due) seen.push(`act ${(now - START) / MINUTE}`);
      return due ? now + 30 * MINUTE : START + Math.ceil((now - START) / (30 * MINUTE)) * 30 * MINUTE;
    });
    await conductor.finished;
    expect(seen).toEqual(['act 0', 'begin 15', 'end 15', 'act 30', 'begin 30', 'end 30', 'begin 45', 'end 45', 'act 60', 'begin 60', 'end 60']);
  });

  it('ends when it has come to its end and everything due by then has been done', async () => {
    const { conductor, activity, client } = await opened({ until: START + HOUR, expected: ['fridges'] });
    let ended = false;
    void conductor.finished.then(() => (ended = true));
    const fridges = await client('fridges');
    fridges.done(await fridges.turn(), START + HOUR);
    const last = await fridges.turn();
    const end = activity.begin();
    fridges.done(last, START + 2 * HOUR);
    await fridges.untold();
    expect(ended).toBe(false);
    end();
    await conductor.finished;
    expect(conductor.now()).toBe(START + HOUR);
  });

  it('stops where it is when told to', async () => {
    const { conductor, client } = await opened({ expected: ['fridges'] });
    const fridges = await client('fridges');
    const hello = await fridges.turn();
    conductor.stopHere();
    fridges.done(hello, START + HOUR);
    await conductor.finished;
    expect(conductor.now()).toBe(START);
  });

  it('tells each listener of a jump', async () => {
    const { conductor } = await opened({ until: START + HOUR, schedules: every(20 * MINUTE, () => undefined), expected: ['fridges'] });
    const told: number[] = [];
    conductor.onTurn((now) => told.push((now - START) / MINUTE));
    conductor.stopHere();
    expect(told).toEqual([]);
    const other = await opened({ until: START + HOUR, schedules: every(20 * MINUTE, () => undefined) });
    other.conductor.onTurn((now) => told.push((now - START) / MINUTE));
    await other.conductor.finished;
    expect(told).toEqual([20, 40, 60]);
  });

  it('refuses to go round at one instant for ever', async () => {
    const { conductor } = await opened({ schedules: { next: (now) => now, fire: () => Promise.resolve() } });
    await expect(conductor.finished).rejects.toThrow('time cannot leave 2026-03-02T06:00:00.000Z');
  });
});

describe('a pause', () => {
  it('lets nothing pass, does what is due at once, and a skip goes on from it', async () => {
    const { conductor, client } = await opened({ expected: ['members'] });
    conductor.pause();
    const members = await client('members');
    members.done(await members.turn(), START + HOUR);
    expect(await members.untold()).toEqual([]);
    expect(conductor.mode).toBe('paused');
    members.say({ next: START });
    const due = await members.turn();
    expect(due).toMatchObject({ now: START, due: true });
    members.answer(({ now }) => Math.max(START + HOUR, now + 10 * MINUTE));
    members.done(due, START + HOUR);
    await conductor.skip(90 * MINUTE);
    expect(conductor.now()).toBe(START + 90 * MINUTE);
    expect(conductor.mode).toBe('paused');
    conductor.resume();
    expect(conductor.mode).toBe('jump');
  });
});

describe('the protocol', () => {
  it.each([
    ['no JSON', 'hello\n'],
    ['an unknown message', '{"goodbye":"fridges"}\n'],
    ['a turn before hello', '{"done":1,"next":null}\n'],
    ['a name that is none', '{"hello":"../fridges"}\n'],
    ['a line without an end', 'x'.repeat(10_000)],
  ])('hangs up on %s', async (_name, text) => {
    const { client } = await opened();
    const stranger = await client();
    stranger.sayText(text);
    await stranger.closed;
  });

  it('hangs up on an answer to a turn that was not given', async () => {
    const { client } = await opened({ expected: ['fridges'] });
    const fridges = await client('fridges');
    const { turn } = await fridges.turn();
    fridges.say({ done: turn + 1, next: null });
    await fridges.closed;
  });

  it('listens to the newest connection of a name', async () => {
    const { client } = await opened({ expected: ['fridges'] });
    const older = await client('fridges');
    await older.turn();
    const newer = await client('fridges');
    await older.closed;
    newer.done(await newer.turn(), START + HOUR);
    expect(await newer.turn()).toMatchObject({ now: START + HOUR });
  });
});

it('never passes the next moment of a client, whoever wants what and whenever they answer', async () => {
  const plan = fc.array(fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(plan, fc.infiniteStream(fc.nat({ max: 2 })), async (plans, delays) => {
      const names = plans.map((_steps, index) => `client-${index}`);
      const { conductor, client } = await opened({ until: START + 3 * HOUR, expected: names, schedules: every(25 * MINUTE, () => undefined) });
      const lates: string[] = [];
      for (const [index, steps] of plans.entries()) {
        const name = `client-${index}`;
        const one = await client(name);
        const left = [...steps];
        let next: number | null = START;
        one.answer(async ({ now, due }: Turn) => {
          if (next !== null && now > next) lates.push(`${name} ${now - next}`);
          if (due !== (next !== null && now >= next)) lates.push(`${name} was told due ${String(due)} at ${now} for ${String(next)}`);
          if (next !== null && now >= next) {
            const step = left.shift();
            next = step === undefined ? null : now + step * MINUTE;
          }
          const [delay = 0] = delays.take(1);
          if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
          return next;
        });
      }
      await conductor.finished;
      expect(lates).toEqual([]);
      await conductor.close();
    }),
    { numRuns: 10 },
  );
});

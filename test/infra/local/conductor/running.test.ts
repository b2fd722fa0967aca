import { describe, expect, it } from 'vitest';
import { opened } from './opened-conductor.ts';
import { every, HOUR, MINUTE, START } from './product-time.ts';

/** Product milliseconds per wall millisecond: an hour in 3.6 s. */
const FAST = 1_000;
const LAG_MAX_WALL_MILLIS = 2_000;

describe('running time', () => {
  it('tells the rate, and gives each its turn when its moment has come and not before', async () => {
    const { conductor, client } = await opened({ mode: 'real-time', rate: FAST, expected: ['fridges'] });
    const fridges = await client('fridges');
    const hello = await fridges.turn();
    expect(hello).toMatchObject({ now: START, rate: 0, due: true });
    const answeredAt = performance.now();
    fridges.done(hello, START + MINUTE);
    const goes = await fridges.turn();
    expect(goes).toMatchObject({ rate: FAST, due: false });
    fridges.done(goes, START + MINUTE);
    const due = await fridges.turn();
    const waitedMillis = performance.now() - answeredAt;
    expect(due).toMatchObject({ rate: FAST, due: true });
    expect(due.now).toBeGreaterThanOrEqual(START + MINUTE);
    expect((due.now - START) / FAST).toBeLessThanOrEqual(waitedMillis + 1);
    expect(conductor.now()).toBeGreaterThanOrEqual(due.now);
  });

  it('goes on at the pace of the wall with nobody there to wait for', async () => {
    const { conductor } = await opened({ mode: 'real-time', rate: 1 });
    const soon = conductor.now() + 3_000;
    await expect.poll(() => conductor.now(), { timeout: 10_000 }).toBeGreaterThan(soon);
  });

  it('stands until every expected client has answered once', async () => {
    const { conductor, client } = await opened({ mode: 'real-time', rate: FAST, expected: ['fridges', 'members'] });
    const fridges = await client('fridges');
    fridges.answer(() => null);
    const members = await client('members');
    const hello = await members.turn();
    await fridges.untold();
    expect(conductor.now()).toBe(START);
    members.done(hello, null);
    expect(await members.turn()).toMatchObject({ rate: FAST });
  });

  it('waits for a client that falls too far behind, tells the others, and goes on when it has answered', async () => {
    const { conductor, client } = await opened({ mode: 'real-time', rate: FAST, expected: ['fridges', 'members'] });
    const fridges = await client('fridges');
    const members = await client('members');
    const rates: number[] = [];
    members.answer(({ rate }) => {
      rates.push(rate);
      return null;
    });
    fridges.done(await fridges.turn(), START + MINUTE);
    fridges.done(await fridges.turn(), START + MINUTE);
    const due = await fridges.turn();
    await new Promise((resolve) => setTimeout(resolve, LAG_MAX_WALL_MILLIS + 300));
    expect(conductor.now()).toBe(START + MINUTE + LAG_MAX_WALL_MILLIS * FAST);
    expect(rates.slice(-2)).toEqual([FAST, 0]);
    fridges.done(due, null);
    expect(await fridges.turn()).toMatchObject({ rate: FAST });
    await fridges.untold();
    expect(rates.at(-1)).toBe(FAST);
  });

  it('does not wait for what is under way', async () => {
    const { conductor, activity, client } = await opened({ mode: 'real-time', rate: FAST });
    const end = activity.begin();
    const guest = await client('guest');
    guest.done(await guest.turn(), START + MINUTE);
    guest.answer(() => null);
    await guest.untold();
    expect(conductor.now()).toBeGreaterThan(START);
    end();
  });

  it('pauses, goes on and changes its rate, and tells everybody each time', async () => {
    const { conductor, client } = await opened({ mode: 'real-time', rate: FAST });
    const guest = await client('guest');
    guest.done(await guest.turn(), null);
    conductor.pause();
    let turn = await guest.turn();
    while (turn.rate !== 0) {
      guest.done(turn, null);
      turn = await guest.turn();
    }
    const pausedAt = conductor.now();
    guest.done(turn, null);
    await guest.untold();
    expect(conductor.now()).toBe(pausedAt);
    conductor.setRate(2 * FAST);
    conductor.resume();
    const again = await guest.turn();
    expect(again.rate).toBe(2 * FAST);
    expect(again.now).toBeGreaterThanOrEqual(pausedAt);
    guest.done(again, null);
    conductor.setRate(FAST);
    expect(await guest.turn()).toMatchObject({ rate: FAST });
    expect(() => conductor.setRate(0)).toThrow('expected a rate above 0');
  });

  it('skips ahead by jumping and then runs again', async () => {
    const fired: number[] = [];
    const { conductor, client } = await opened({ mode: 'real-time', rate: 1, schedules: every(6 * HOUR, (at) => void fired.push((at - START) / HOUR)) });
    const guest = await client('guest');
    const acted: number[] = [];
    guest.answer(({ now, due }) => {
      if (due) acted.push(now);
      return due ? now + 10 * HOUR : (acted.at(-1) ?? START) + 10 * HOUR;
    });
    await guest.untold();
    const before = conductor.now();
    await conductor.skip(24 * HOUR);
    expect(conductor.now()).toBeGreaterThanOrEqual(before + 24 * HOUR);
    expect(conductor.now()).toBeLessThan(before + 24 * HOUR + MINUTE);
    expect(fired).toEqual([6, 12, 18, 24]);
    expect(acted.slice(1)).toEqual([10, 20].map((hours) => (acted[0] ?? 0) + hours * HOUR));
    expect(conductor.mode).toBe('real-time');
    const after = conductor.now();
    while (conductor.now() === after) await guest.untold();
    expect(conductor.now()).toBeGreaterThan(after);
  });

  it('fires schedules one at a time, and ends at its end', async () => {
    let running = 0;
    let most = 0;
    const fired: number[] = [];
    const { conductor } = await opened({
      mode: 'real-time',
      rate: FAST,
      until: START + 5 * MINUTE,
      schedules: every(MINUTE, async (at) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        fired.push(at);
        running -= 1;
      }),
    });
    await conductor.finished;
    expect(conductor.now()).toBe(START + 5 * MINUTE);
    expect(most).toBe(1);
    expect(fired.at(-1)).toBe(START + 5 * MINUTE);
    expect(fired.every((at, index) => at - START >= (index + 1) * MINUTE)).toBe(true);
  });

  it('tries a schedule that fails again', async () => {
    let tries = 0;
    const { conductor } = await opened({
      until: START + MINUTE,
      schedules: {
        next: () => (tries < 2 ? START + MINUTE : undefined),
        fire: () => {
          tries += 1;
          return tries < 2 ? Promise.reject(new Error('not yet')) : Promise.resolve();
        },
      },
    });
    await conductor.finished;
    expect(tries).toBe(2);
  });
});

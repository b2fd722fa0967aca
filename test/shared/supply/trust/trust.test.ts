/** When a sensor is believed, when it is not, and what wins it back. */
import { describe, expect, test } from 'vitest';
import { takeByHand } from '../../../../shared/supply/by-hand.ts';
import { followOrder } from '../../../../shared/supply/follow-order.ts';
import { observe } from '../../../../shared/supply/observe.ts';
import { review } from '../../../../shared/supply/review.ts';
import { presenceIn } from '../../../../shared/supply/trust/stillness.ts';
import { stockAt } from '../../../../shared/supply/stock.ts';
import type { Supply } from '../../../../shared/supply/supply.ts';
import { isDoubted, sensorTrust, TRUSTED_FROM } from '../../../../shared/supply/trust/trust.ts';
import { after, changed, milk, order, reading } from '../milk.ts';

type Said = readonly [hours: number, litres: number, more?: object];
/** One after the other, each when it was measured. */
function life(said: readonly Said[], from: Supply = milk()): { supply: Supply; events: readonly { type: string; data: object }[] } {
  const start: ReturnType<typeof life> = { supply: from, events: [] };
  return said.reduce(({ supply, events }, [hours, litres, more], index) => {
    const observed = observe(supply, [reading((supply.lastReading?.seq ?? 0) + index + 1, hours, litres, more)], after(hours));
    return { supply: observed.supply, events: [...events, ...observed.events] };
  }, start);
}
const doubts = (events: readonly { type: string; data: object }[]) => events.filter(({ type }) => type === 'supply.sensor-doubted').map(({ data }) => data);
/** 200 ml every six hours, from 4 l. */
const drunk = (count: number, from = 0, litres = 4): Said[] =>
  Array.from({ length: count }, (_, index) => [from + 6 * index, Math.round(100 * (litres - 0.2 * index)) / 100] as const);

describe('an honest sensor', () => {
  test('is believed through a week of use, an empty shelf and a refill from elsewhere', () => {
    const { supply, events } = life([...drunk(18), [110, 3.6], ...drunk(12, 112, 3.6)]);
    expect(doubts(events)).toEqual([]);
    expect(sensorTrust(supply, after(200))).toEqual({ value: 1 });
  });

  test('is believed when a crate is taken out and put back, and after a feast', () => {
    const { supply, events } = life([
      [0, 4],
      [12, 1],
      [12.5, 4],
      [36, 3.8],
      [37, 1.2],
      [60, 1],
    ]);
    expect(doubts(events)).toEqual([]);
    expect(sensorTrust(supply, after(60))?.value).toBeGreaterThanOrEqual(TRUSTED_FROM);
  });

  test('has no figure before it has spoken', () => {
    expect(sensorTrust(milk(), after(0))).toBeUndefined();
  });
});

describe('a level that stands still', () => {
  const stuck = () =>
    life([
      [0, 4],
      [6, 3.8],
      [30, 3.8],
      [54, 3.8],
      [78, 3.8],
    ]).supply;
  const butter = (movedAt: number): Supply => ({ ...milk({ supplyId: 'sup_butter' }), trust: { still: { level: 500, since: after(movedAt) }, flips: 0 } });
  const look = (supply: Supply, hours: number, others: readonly Supply[]) => changed(review(supply, after(hours), presenceIn(others)));

  test('is stuck when something else in the house was used meanwhile; the model goes on from where it stopped', () => {
    const { state, events } = look(stuck(), 79, [butter(77)]);
    expect(doubts(events)).toMatchObject([{ reason: 'stuck', since: after(6), found: 3_800 }]);
    expect(stockAt(state, after(79))).toMatchObject({ modelled: true });
    expect(stockAt(state, after(79)).onHand).toBeLessThan(2_400);
    expect(sensorTrust(state, after(79))).toMatchObject({ value: 0.2, reason: 'stuck', since: after(6) });
  });

  test('says nothing while the whole house stands still: they are away', () => {
    const { state, events } = look(stuck(), 79, [butter(8)]);
    expect(doubts(events)).toEqual([]);
    expect(isDoubted(state)).toBe(false);
    expect(state.dueAt && state.dueAt > after(79)).toBe(true);
  });

  test('says nothing of what is used once in a while', () => {
    const salt = milk({ perDay: 20, portion: 200 });
    const { supply } = life(
      [
        [0, 4],
        [24, 4],
        [48, 4],
        [72, 4],
      ],
      salt,
    );
    expect(supply.dueAt && supply.dueAt > after(90)).toBe(true);
  });

  test('is stuck at once when counted usage says otherwise', () => {
    const { supply, events } = life([
      [0, 4, { usage: 0 }],
      [6, 4, { usage: 0.3 }],
      [12, 4, { usage: 0.6 }],
      [18, 4, { usage: 0.9 }],
    ]);
    expect(doubts(events)).toMatchObject([{ reason: 'stuck', since: after(0), expected: 3_100, found: 4_000 }]);
    expect(stockAt(supply, after(18)).modelled).toBe(true);
  });

  test('is believed again once it falls as things are used', () => {
    const { state } = look(stuck(), 79, [butter(77)]);
    const { supply, events } = life(drunk(9, 84, 3.6), state);
    expect(events.map(({ type }) => type)).toContain('supply.sensor-believed');
    expect(stockAt(supply, after(140))).toMatchObject({ modelled: false });
  });
});

describe('a level that runs away', () => {
  test('from counted usage drifts, and the counted usage is believed', () => {
    const creeping: Said[] = Array.from({ length: 14 }, (_, index) => [6 * index, Math.round(100 * (4 - 0.1 * index)) / 100, { usage: 0.01 * index }]);
    const { supply, events } = life(creeping);
    expect(doubts(events)).toMatchObject([{ reason: 'drifting' }]);
    expect(stockAt(supply, after(80)).modelled).toBe(true);
  });

  test('up and down jumps', () => {
    const { events } = life([
      [0, 4],
      [1, 1],
      [4, 4.4],
      [5, 0.8],
      [8, 4.6],
      [9, 1],
      [12, 4.4],
    ]);
    expect(doubts(events)).toMatchObject([{ reason: 'jumping' }]);
  });

  test('is quiet again after days without a jump', () => {
    const { supply } = life([
      [0, 4],
      [1, 1],
      [4, 4.4],
      [5, 0.8],
      [8, 4.6],
      [9, 1],
      [12, 4.4],
    ]);
    expect(isDoubted(supply)).toBe(true);
    const calm = life(drunk(16, 18, 4.2), supply);
    expect(calm.events.map(({ type }) => type)).toContain('supply.sensor-believed');
    expect(isDoubted(calm.supply)).toBe(false);
  });
});

test('another product since a refill: it goes in much larger steps', () => {
  const slow = Array.from({ length: 8 }, (_, index): Said => [6 * index, 4 - 0.2 * index]);
  const fast = Array.from({ length: 7 }, (_, index): Said => [60 + 24 * index, Math.round(100 * (5.5 - 0.9 * index)) / 100]);
  const { events } = life([...slow, ...fast]);
  expect(doubts(events)).toMatchObject([{ reason: 'swapped', expected: 200, found: 900 }]);
});

describe('a person who counts', () => {
  const jumping = () =>
    life([
      [0, 4],
      [1, 1],
      [4, 4.4],
      [5, 0.8],
      [8, 4.6],
      [9, 1],
      [12, 4.4],
    ]).supply;
  const count = (supply: Supply, amount: number, hours: number) =>
    changed(takeByHand(supply, { type: 'count', handId: `cnt_${String(amount)}`, amount }, after(hours)));

  test('is believed at once, also about a doubted sensor', () => {
    const { state } = count(jumping(), 3_000, 13);
    const { onHand, pantry, modelled } = stockAt(state, after(13));
    expect([onHand + pantry, modelled]).toEqual([3_000, true]);
    expect(sensorTrust(state, after(13))).toMatchObject({ value: 0.8, reason: 'jumping', countedAt: after(13) });
  });

  test('wins back a sensor that says the same', () => {
    const contradicted = count(life([[0, 4]]).supply, 1_000, 1).state;
    expect(sensorTrust(contradicted, after(1))).toMatchObject({ reason: 'contradicted', expected: 1_000, found: 4_000 });
    const { state, events } = count(contradicted, 4_050, 2);
    expect(events.map(({ type }) => type)).toContain('supply.sensor-believed');
    expect(stockAt(state, after(2))).toMatchObject({ onHand: 4_000, modelled: false });
  });

  test('and what is delivered meanwhile is added to what was counted', () => {
    const { state } = count(jumping(), 1_000, 13);
    const delivered = changed(followOrder(state, order(state, 1, 'received', { received: 2_000, receivedAt: after(14) }), after(14))).state;
    expect(stockAt(delivered, after(14)).position).toBeGreaterThan(2_900);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packed, storedStateSchema } from '../../../functions/runtime/packed-state.ts';
import { followOrder, type OrderForSupply } from '../../../shared/supply/follow-order.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { supplySchema, type Supply } from '../../../shared/supply/supply.ts';
import { after, milk, order, reading } from '../../shared/supply/milk.ts';

/** Words from the beginning to the end of what states have in common: whatever is changed there, this is no longer read. */
const golden = {
  substitute: { kind: 'any' },
  stockUpWhenCheap: true,
  unseen: 1,
  flippedAt: '2026-03-02T06:00:00.000Z',
  elsewhere: { count: 1, lastAt: '2026-03-02T06:00:00.000Z' },
  handIds: ['cnt_1'],
  askAgainAs: 'next-cycle',
  standing: 'proposed',
  heat: { surprise: [], perCounted: 0.98 },
  slotEmptySince: '2026-03-02T06:00:00.000Z',
  supplyId: 'sup_fridge-milk',
  settings: { serviceLevel: 0.95, coverDays: 5 },
  demand: { shape: 6.1, rateDays: 16.2 },
  leadTime: { meanDays: 1.2, deliveries: 3 },
  lastReading: { bootId: 1, seq: 7 },
  trust: { flips: 0 },
  shadow: { scored: [{ cycle: 1, verdict: 'bought' }] },
  regret: { overstocked: 0 },
  orders: { ord_1: { orderVersion: 7, standing: 'on-order' } },
  lowSampleTimes: [],
};
const PACKED_FIRST =
  'AZWWgQmAIBBFFzJQg4LmaIEWaIO/e3hgnvrPbACVE+69l6xC2v66JVOtpFcNrsNarvfr4uPpt0M9Mxm27Chcm7FBAlbHY5WLvMrephp2EZzRInyooZD/CE4E' +
  '1ZkoNCpKHrNEEht54JPMO1yBbSZo+oCCNgYoyhmFmY4S9faH6fUH2E7hAQ==';
const back = (state: unknown): unknown => storedStateSchema.parse(packed(state));

/** Months of milk: read twice a day, ordered every fifth day. */
function lived(days: number): Supply {
  let supply = milk();
  let [level, used] = [4, 0];
  for (let day = 0; day < days; day += 1) {
    for (const hour of [8, 19]) {
      used += 0.4;
      level = level < 0.5 ? 4.6 : level - 0.4;
      const at = 24 * day + hour;
      supply = observe(supply, [reading(2 * day + hour, at, Math.round(level * 100) / 100, { usage: Math.round(used * 10) / 10 })], after(at)).supply;
    }
    if (day % 5 !== 4) continue;
    const view: OrderForSupply = order(supply, 7, 'received', {
      orderId: `ord_${day}c0ffee0123456789abcdef${day}`,
      received: 4_000,
      receivedAt: after(24 * day + 20),
    });
    const outcome = followOrder(supply, view, after(24 * day + 20));
    if (outcome.kind === 'changed') supply = outcome.state;
  }
  return supply;
}

describe('a packed state', () => {
  it('comes back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (state) => {
        expect(back(state)).toEqual(JSON.parse(JSON.stringify(state)));
      }),
    );
    const supply = lived(120);
    expect(supplySchema.parse(back(supply))).toEqual(supply);
  });

  it('leaves members out that are undefined, as the store does', () => {
    expect(back({ count: 1, none: undefined })).toEqual({ count: 1 });
  });

  it('of months is a third of its text, and has room beside an event in the kilobyte that a write begins', () => {
    const supply = lived(120);
    expect(JSON.stringify(supply).length).toBeGreaterThan(1_200);
    expect(packed(supply).byteLength).toBeLessThan(JSON.stringify(supply).length / 3);
    // An event of 320 bytes; keys, versions and what the index needs: 170 bytes.
    expect(packed(supply).byteLength).toBeLessThan(1_024 - 320 - 170);
  });

  it('refuses a number that JSON does not know, instead of storing nothing', () => {
    expect(() => packed({ level: NaN })).toThrow('expected a number to store as level, got NaN');
  });

  it('of before is read as the map that it was', () => {
    expect(storedStateSchema.parse({ count: 1 })).toEqual({ count: 1 });
  });

  it('is told apart from bytes that are none', () => {
    expect(storedStateSchema.safeParse(Uint8Array.of(9, 1, 2)).error?.issues[0]?.message).toBe('expected a state that was packed in format 1, got 9');
    expect(storedStateSchema.safeParse(Uint8Array.of(1, 255, 255)).success).toBe(false);
  });

  it('packed by the first program that did is read for ever', () => {
    expect(storedStateSchema.parse(Buffer.from(PACKED_FIRST, 'base64'))).toEqual(golden);
  });
});

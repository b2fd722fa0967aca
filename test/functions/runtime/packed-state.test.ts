import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packed, storedStateSchema } from '../../../functions/runtime/packed-state.ts';
import { followOrder, type OrderForSupply } from '../../../shared/supply/follow-order.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { supplySchema, type Supply } from '../../../shared/supply/supply.ts';
import { after, milk, order, reading } from '../../shared/supply/milk.ts';

const golden = {
  supplyId: 'sup_milk',
  onHand: 1_250,
  sampledAt: '2026-03-02T06:00:00.000Z',
  settings: { serviceLevel: 0.95 },
  need: { standing: 'open', lifted: false },
};
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
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (state) => void expect(back(state)).toEqual(JSON.parse(JSON.stringify(state)))));
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
    expect(storedStateSchema.parse(Buffer.from('AcOoVaCVAbw0MDLFVhoYGOsaGIUYmFkhmaVDoEyvRXge2UOQVhDMDxAX1wIA', 'base64'))).toEqual(golden);
  });
});

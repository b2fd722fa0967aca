/** What is regretted makes orders smaller and, where it spoils, later: bounded, and forgotten in time. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeByHand } from '../../../../shared/supply/by-hand.ts';
import { followOrder } from '../../../../shared/supply/follow-order.ts';
import { noteRegret, noteReturn, regretCauses, regretEffect, type Regret } from '../../../../shared/supply/automation/regret.ts';
import { snapshot } from '../../../../shared/supply/snapshot.ts';
import { regretOf, reorderPointOf } from '../../../../shared/supply/stock.ts';
import { after, cellarMilk, changed, order } from '../milk.ts';

const item = { serviceLevel: 0.95, pack: 1_000 };
const bought = (amount: number): Regret => noteRegret(undefined, 'bought', amount, after(0));

describe('regret', () => {
  test('of one carton among many is chance', () => {
    expect(regretEffect(noteRegret(bought(30_000), 'spoiled', 1_000, after(1)), item, after(1))).toBeUndefined();
  });

  test('of what spoils makes the filling smaller and the order later', () => {
    const effect = regretEffect(noteRegret(bought(8_000), 'spoiled', 4_000, after(0)), item, after(0));
    // 4 of 8 + 2 packs: two fifths. 19 : 1 becomes 19 : 1.8.
    expect(effect).toMatchObject({ share: 0.4, coverFactor: 0.6, serviceLevel: 0.9135 });
  });

  test('of what is cancelled or returned makes only the filling smaller', () => {
    const effect = regretEffect(noteRegret(bought(8_000), 'returned', 4_000, after(0)), item, after(0));
    expect(effect).toMatchObject({ coverFactor: 0.6, serviceLevel: 0.95 });
  });

  test('never changes what must never run out', () => {
    expect(regretEffect(noteRegret(bought(8_000), 'spoiled', 8_000, after(1)), { ...item, serviceLevel: 0.99 }, after(1))).toMatchObject({
      serviceLevel: 0.99,
    });
  });

  test('fades: a year of good orders later it is over', () => {
    const spoiled = noteRegret(bought(8_000), 'spoiled', 2_000, after(1));
    const later = noteRegret(spoiled, 'bought', 30_000, after(24 * 365));
    expect(regretEffect(spoiled, item, after(1))).toBeDefined();
    expect(regretEffect(later, item, after(24 * 365))).toBeUndefined();
  });

  test('counts each part of a withdrawal once', () => {
    const once = noteReturn(undefined, 'ord_1/1', 1_000, after(1));
    expect(once && noteReturn(once, 'ord_1/1', 1_000, after(2))).toBeUndefined();
    expect(once && noteReturn(once, 'ord_1/2', 500, after(2))?.returned).toBeGreaterThan(1_400);
  });

  test('is bounded whatever happens', () => {
    const notes = fc.array(
      fc.tuple(fc.constantFrom('bought' as const, ...regretCauses), fc.double({ min: 0, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 5_000 })),
    );
    fc.assert(
      fc.property(notes, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (all, serviceLevel) => {
        const regret = all.reduce<Regret | undefined>((sofar, [what, amount, hours]) => noteRegret(sofar, what, amount, after(hours)), undefined);
        const effect = regretEffect(regret, { serviceLevel, pack: 1_000 }, after(6_000));
        if (effect === undefined) return;
        expect(effect.coverFactor).toBeGreaterThanOrEqual(0.5);
        expect(effect.coverFactor).toBeLessThanOrEqual(1);
        expect(effect.serviceLevel).toBeLessThanOrEqual(serviceLevel + 1e-4);
        const odds = (level: number): number => level / (1 - level);
        expect(odds(effect.serviceLevel)).toBeGreaterThanOrEqual(Math.max(0.99, odds(serviceLevel) / 3.01));
      }),
    );
  });
});

describe('of a supply', () => {
  test('that spoils again and again, less is ordered, and later', () => {
    const spoiled = [1, 2, 3].reduce(
      (supply, index) => changed(takeByHand(supply, { type: 'spoil', handId: `ent_spoil${String(index)}`, amount: 1_000 }, after(index))).state,
      cellarMilk({ onHand: 9_000 }),
    );
    const before = snapshot(cellarMilk({ onHand: 6_000 }), after(4));
    const now = snapshot(spoiled, after(4));
    expect(now.regret).toMatchObject({ coverFactor: 0.5 });
    expect(now.orderUpTo).toBeLessThan(before.orderUpTo - 1_000);
    expect(reorderPointOf(spoiled, after(4))).toBeLessThan(before.reorderPoint);
    expect(now.reorderPoint).toBe(reorderPointOf(spoiled, after(4)));
  });

  test('what a person takes back after the yes is regretted once', () => {
    const ordered = changed(followOrder(cellarMilk(), order(cellarMilk(), 1, 'on-order', { outstanding: 3_000, approvedAt: after(1) }), after(1))).state;
    const taken = changed(followOrder(ordered, order(ordered, 2, 'declined', { approvedAt: after(1) }), after(2))).state;
    expect(taken.regret?.cancelled).toBe(3_000);
    expect(followOrder(taken, order(taken, 3, 'declined', { approvedAt: after(1) }), after(3)).kind).toBe('ignored');
    expect(regretOf(taken, after(3))).toMatchObject({ coverFactor: 0.5, serviceLevel: 0.95 });
  });
});

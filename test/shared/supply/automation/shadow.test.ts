/** Who may buy by itself: earned by being right, lost by being wrong, and a person's last word above both. */
import { describe, expect, test } from 'vitest';
import { takeByHand } from '../../../../shared/supply/by-hand.ts';
import { followOrder } from '../../../../shared/supply/follow-order.ts';
import type { SupplyEvent } from '../../../../shared/supply/need.ts';
import { takenBack } from '../../../../shared/supply/automation/score-cycle.ts';
import { mayBuyAlone } from '../../../../shared/supply/automation/may-buy-alone.ts';
import { newShadow, scoreCycle, shadowScore, trustAlready, type CycleVerdict, type Shadow } from '../../../../shared/supply/automation/shadow.ts';
import { review } from '../../../../shared/supply/review.ts';
import { supplySchema, type Supply } from '../../../../shared/supply/supply.ts';
import { after, cellarMilk, changed, order, START } from '../milk.ts';

/** Cycle after cycle, decided by a person unless told otherwise. */
const scoredAll = (verdicts: readonly CycleVerdict[], { byPerson = true, from = newShadow(START) }: { byPerson?: boolean; from?: Shadow } = {}) =>
  verdicts.reduce<{ shadow: Shadow; told: string[] }>(
    ({ shadow, told }, verdict) => {
      const cycle = (shadow.scored.at(-1)?.cycle ?? 0) + 1;
      const next = scoreCycle(shadow, { cycle, at: after(24 * cycle), verdict, byPerson });
      return { shadow: next.shadow, told: [...told, ...(next.told ? [next.told] : [])] };
    },
    { shadow: from, told: [] },
  );

describe('the score', () => {
  test('offers to buy alone after four of four, once', () => {
    expect(scoredAll(['bought', 'bought', 'bought-elsewhere']).told).toEqual([]);
    const { shadow, told } = scoredAll(['bought', 'bought', 'bought-elsewhere', 'bought', 'bought']);
    expect(told).toEqual(['offered']);
    expect(shadowScore(shadow)).toMatchObject({ standing: 'earned', right: 4, of: 4 });
  });

  test('offers nothing while one of the last four was wrong', () => {
    expect(scoredAll(['bought', 'not-wanted', 'bought', 'bought', 'bought']).told).toEqual([]);
    expect(scoredAll(['not-wanted', 'bought', 'bought', 'bought', 'bought']).told).toEqual(['offered']);
  });

  test('offers nothing for what a permission buys already', () => {
    expect(scoredAll(['bought', 'bought', 'bought', 'bought'], { byPerson: false })).toMatchObject({ told: [], shadow: { standing: 'earned' } });
  });

  test('forgives one slip, and takes back after two', () => {
    const { shadow: earned } = scoredAll(['bought', 'bought', 'bought', 'bought']);
    expect(scoredAll(['not-wanted'], { from: earned })).toMatchObject({ told: [], shadow: { standing: 'earned' } });
    expect(scoredAll(['not-wanted', 'bought', 'too-much'], { from: earned, byPerson: false })).toMatchObject({
      told: ['withdrawn'],
      shadow: { standing: 'withdrawn' },
    });
  });

  test('takes nothing back where nothing was given', () => {
    expect(scoredAll(['not-wanted', 'not-wanted', 'not-wanted'])).toMatchObject({ told: [], shadow: { standing: 'learning' } });
    expect(scoredAll(['returned', 'too-much'], { byPerson: false }).told).toEqual(['withdrawn']);
  });

  test('counts a cycle once, but what went back was wrong after all', () => {
    const { shadow } = scoredAll(['bought']);
    expect(scoreCycle(shadow, { cycle: 1, at: after(30), verdict: 'not-wanted', byPerson: true }).shadow).toBe(shadow);
    const back = scoreCycle(shadow, { cycle: 1, at: after(30), verdict: 'returned', byPerson: true }).shadow;
    expect(back.scored).toEqual([{ cycle: 1, at: after(30), verdict: 'returned' }]);
  });

  test('asks for as many cycles as the household wants', () => {
    const twice = scoreCycle(scoredAll(['bought']).shadow, { cycle: 2, at: after(48), verdict: 'bought', byPerson: true }, { precision: 1, cycles: 2 });
    expect(twice.told).toBe('offered');
  });
});

describe('a permission', () => {
  const named = { grantedAt: after(1), namesProduct: true };
  const byKind = { grantedAt: after(1), namesProduct: false };
  const learning = shadowScore(newShadow(after(2)));
  const { shadow } = scoredAll(['bought', 'bought', 'bought', 'bought', 'returned', 'returned'], { byPerson: false });
  const withdrawn = shadowScore(shadow);

  test('holds for what it names, and by kind for what was there when it was granted', () => {
    expect(mayBuyAlone(learning, named)).toBe(true);
    expect(mayBuyAlone(learning, byKind)).toBe(false);
    expect(mayBuyAlone(shadowScore(newShadow(after(0))), byKind)).toBe(true);
    expect(mayBuyAlone(shadowScore({ ...newShadow(after(2)), standing: 'earned' }), byKind)).toBe(true);
  });

  test('from before what was withdrawn does not hold, a later one and “trust it already” do', () => {
    expect(withdrawn.standing).toBe('withdrawn');
    expect(mayBuyAlone(withdrawn, named)).toBe(false);
    expect(mayBuyAlone(withdrawn, { ...named, grantedAt: after(24 * 30) })).toBe(true);
    expect(mayBuyAlone(shadowScore(trustAlready(shadow, after(24 * 30))), named)).toBe(true);
  });
});

describe('in the life of a supply', () => {
  const low = (): Supply => changed(review(cellarMilk({ onHand: 800 }), after(2.5))).state;
  const verdicts = ({ shadow }: Supply) => shadow?.scored.map(({ verdict }) => verdict);
  const follow = (supply: Supply, version: number, standing: Parameters<typeof order>[2], hours: number, more: object = {}) =>
    changed(followOrder(supply, order(supply, version, standing, more), after(hours)));
  const types = (events: readonly SupplyEvent[]) => events.map(({ type }) => type);

  test('goods that were asked for and came were right', () => {
    const bought = follow(low(), 1, 'on-order', 5, { outstanding: 4_000, approvedAt: after(5), by: 'person' }).state;
    const { state } = follow(bought, 2, 'received', 30, { received: 4_000, approvedAt: after(5), receivedAt: after(30), by: 'person' });
    expect(verdicts(state)).toEqual(['bought']);
    expect(supplySchema.parse(state)).toEqual(state);
  });

  test('goods from elsewhere say that the need was there', () => {
    const asked = follow(low(), 1, 'asking', 5).state;
    const { state, events } = changed(takeByHand(asked, { type: 'add', handId: 'ent_1234', amount: 4_000 }, after(9)));
    expect(verdicts(state)).toEqual(['bought-elsewhere']);
    expect(types(events)).toContain('supply.bought-elsewhere');
    expect(state.shadow?.elsewhere).toEqual({ count: 1, lastAt: after(9) });
  });

  test('a no that nothing follows was a question for nothing', () => {
    const no = follow(low(), 1, 'declined', 5).state;
    const again = changed(review(no, after(24 * 5))).state;
    const second = changed(followOrder(again, order(again, 1, 'declined', { orderId: 'ord_2' }), after(24 * 5 + 1))).state;
    const over = changed(review(second, after(24 * 40))).state;
    expect(verdicts(over)).toEqual(['not-wanted']);
  });

  test('nobody’s answer says nothing', () => {
    const silent = follow(low(), 1, 'expired', 5).state;
    const again = changed(review(silent, after(24 * 5))).state;
    const second = changed(followOrder(again, order(again, 1, 'expired', { orderId: 'ord_2' }), after(24 * 5 + 1))).state;
    expect(verdicts(changed(review(second, after(24 * 40))).state)).toEqual([]);
  });

  test('an empty shelf that nobody was told of was missed', () => {
    const { state } = changed(takeByHand(cellarMilk(), { type: 'count', handId: 'cnt_1234', amount: 0 }, after(6)));
    expect(verdicts(state)).toEqual(['missed']);
  });

  test('a delivery on top of enough was too much, and is regretted', () => {
    const asked = follow(low(), 1, 'on-order', 5, { outstanding: 4_000, approvedAt: after(5), by: 'mandate' }).state;
    const found = changed(takeByHand(asked, { type: 'count', handId: 'cnt_1234', amount: 6_000, arrived: false }, after(9))).state;
    const { state, events } = follow(found, 2, 'received', 30, { received: 4_000, approvedAt: after(5), receivedAt: after(30), by: 'mandate' });
    expect(types(events)).toContain('supply.overstocked');
    expect(state.regret?.overstocked).toBeGreaterThan(3_000);
  });

  test('what goes back was wrong, however often it is told', () => {
    const bought = follow(low(), 1, 'on-order', 5, { outstanding: 4_000, approvedAt: after(5), by: 'person' }).state;
    const came = follow(bought, 2, 'received', 30, { received: 4_000, approvedAt: after(5), receivedAt: after(30), by: 'person' }).state;
    const back = takenBack(came, 'ord_1/1', 2_000, after(60));
    expect(back && verdicts(back.supply)).toEqual(['returned']);
    expect(back?.supply.regret?.returned).toBe(2_000);
    expect(back && takenBack(back.supply, 'ord_1/1', 2_000, after(61))).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { followOrder } from '../../../../shared/supply/follow-order.ts';
import { canOrderLevel, earlyMinor, join, staysBecause } from '../../../../shared/supply/reorder/join.ts';
import { needIdOf, needStands } from '../../../../shared/supply/need.ts';
import { observe } from '../../../../shared/supply/observe.ts';
import { review } from '../../../../shared/supply/review.ts';
import { snapshot } from '../../../../shared/supply/snapshot.ts';
import { stockAt } from '../../../../shared/supply/stock.ts';
import { supplySchema, type Supply } from '../../../../shared/supply/supply.ts';
import { after, cellarMilk, changed, milk, milkConfig, order, reading } from '../milk.ts';

const noon = after(1);
/** 750 ml a day, 1.2 days on the way, five days of cover: s is about 1.9 l, S about 4.8 l, c between them. */
const at = (litres: number): Supply => observe(milk(), [reading(1, 0.5, litres)], after(0.5)).supply;
const figuresOf = (supply: Supply) => snapshot(supply, noon);
const joined = (): Supply => changed(join(at(3), noon)).state;

describe('the can-order level', () => {
  it('lies between the reorder point and the order-up-to level, by the use of half the cover', () => {
    const figures = figuresOf(at(3));
    const level = canOrderLevel(at(3), figures);
    expect(level - figures.reorderPoint).toBeCloseTo(750 * 2.5, -2);
    expect(level).toBeLessThan(figures.orderUpTo - 400);
  });
  it('is the reorder point itself for what comes in packs larger than an order', () => {
    const large = milk({ products: [{ gtin: '4006381333931', pack: { amount: 12_000, unit: 'ml' } }] });
    expect(canOrderLevel(large, figuresOf(large))).toBe(figuresOf(large).reorderPoint);
  });
});

describe('what may come along', () => {
  const doubted: Supply = {
    ...at(3),
    trust: { still: { level: 3_000, since: noon }, flips: 0, doubt: { reason: 'stuck', since: noon, expected: 2_000, found: 3_000, agreed: 0 } },
  };
  it.each([
    ['nothing of it is missing', at(4.5), 'nothing-missing'],
    ['a need is open', observe(milk(), [reading(1, 0, 1), reading(2, 0.1, 1), reading(3, 0.2, 1)], after(0.2)).supply, 'need-open'],
    ['a person wants none', { ...at(3), settings: { ...at(3).settings, neverBuy: true as const } }, 'not-bought'],
    ['it was taken off', { ...at(3), removedAt: noon }, 'not-bought'],
    ['somebody is being asked about it', changed(followOrder(at(3), order(at(3), 1, 'asking'), noon)).state, 'asked-about'],
    ['it was not wanted lately', { ...at(3), notAlongBefore: after(5) }, 'not-wanted-lately'],
  ])('not when %s', (_, supply, reason) => {
    expect(staysBecause(supply, figuresOf(supply))).toBe(reason);
    expect(join(supply, noon)).toEqual({ kind: 'rejected', reason });
  });
  it('not when its sensor is doubted', () => {
    expect(staysBecause(doubted, figuresOf(at(3)))).toBe('sensor-doubted');
  });
  it('once, however often it is asked', () => {
    const { state, events } = changed(join(at(3), noon));
    expect(events).toEqual([]);
    expect(supplySchema.parse(state)).toEqual(state);
    expect(needStands(state, needIdOf(at(3)), 1)).toBe(true);
    expect(join(state, noon)).toEqual({ kind: 'ignored', reason: 'joined-before' });
  });
});

describe('what came along', () => {
  it('says nothing while its order is under way, and ends its cycle with the goods', () => {
    const view = (version: number, standing: Parameters<typeof order>[2], more = {}) => order(at(3), version, standing, more);
    const asked = changed(followOrder(joined(), view(1, 'asking'), after(2))).state;
    const low = observe(asked, [reading(2, 3, 1), reading(3, 3.1, 1), reading(4, 3.2, 1)], after(3.2));
    expect(low.events).toEqual([]);
    const ordered = changed(followOrder(low.supply, view(2, 'on-order', { outstanding: 3_000, approvedAt: after(4) }), after(4))).state;
    expect(stockAt(ordered, after(4)).position).toBe(4_000);
    const come = changed(followOrder(ordered, view(3, 'received', { received: 3_000, approvedAt: after(4), receivedAt: after(30) }), after(30)));
    expect(come.state).toMatchObject({ cycle: 2, pantry: 3_000 });
    expect(come.state.need).toBeUndefined();
  });
  it('is told again when it runs low although its order is on the way', () => {
    const ordered = changed(followOrder(joined(), order(at(3), 2, 'on-order', { outstanding: 1_000, approvedAt: after(2) }), after(2))).state;
    const emptied = observe(ordered, [reading(2, 3, 0.4), reading(3, 3.1, 0.4), reading(4, 3.2, 0.4)], after(3.2));
    expect(emptied.supply).toMatchObject({ cycle: 2, lowSince: after(3.2) });
    expect(changed(review(emptied.supply, after(5.3))).events).toMatchObject([{ type: 'supply.low', data: { cycle: 2, round: 1 } }]);
  });
  it.each(['declined', 'expired'] as const)('is left in peace for a while when its order is %s', (standing) => {
    const supply = changed(followOrder(joined(), order(at(3), 2, standing), after(2))).state;
    expect(supply).toMatchObject({ cycle: 2, notAlongBefore: after(2 + 5 * 24) });
    expect(supply.need).toBeUndefined();
    expect(join(supply, after(3))).toEqual({ kind: 'rejected', reason: 'not-wanted-lately' });
    const low = observe(supply, [reading(2, 3, 1), reading(3, 3.1, 1), reading(4, 3.2, 1)], after(3.2));
    expect(low.events).toMatchObject([{ type: 'supply.low', data: { cycle: 2 } }]);
  });
  it('is asked for again like everything else when it has run low before the no', () => {
    const empty = observe(joined(), [reading(2, 1.5, 0.4), reading(3, 1.6, 0.4), reading(4, 1.7, 0.4)], after(1.7)).supply;
    const declined = changed(followOrder(empty, order(at(3), 2, 'declined'), after(2))).state;
    expect(declined).toMatchObject({ cycle: 1, need: { standing: 'declined', askAgainAs: 'asked-again' } });
  });
  it('ends by itself, silently and without a mark against us, when the run that took it along broke off', () => {
    const left = changed(join(cellarMilk({ onHand: 3_000 }), noon)).state;
    expect(left.dueAt).toBe(after(7));
    const over = changed(review(left, after(7)));
    expect(over.events).toEqual([]);
    expect([over.state.need, over.state.cycle, over.state.shadow?.scored]).toEqual([undefined, 2, []]);
  });
});

describe('having it earlier', () => {
  const buying = { packs: 2, packAmount: 1_000, unitPriceMinor: 129 };
  it('costs almost nothing for what keeps', () => {
    const figures = figuresOf(at(3));
    const days = (figures.position - figures.reorderPoint) / 750;
    expect(earlyMinor(figures, buying)).toBeCloseTo((258 * 0.25 * days) / 365, 1);
  });
  it('costs what spoils, the more the sooner its date comes', () => {
    const keeps = (shelfLifeDays: number) => earlyMinor(figuresOf(milk({ settings: { ...milkConfig.settings, shelfLifeDays }, onHand: 3_500 })), buying);
    expect(keeps(4)).toBeGreaterThan(60);
    expect(keeps(30)).toBeLessThan(1);
  });
});

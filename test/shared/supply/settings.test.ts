import { describe, expect, it } from 'vitest';
import { followOrder } from '../../../shared/supply/follow-order.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { review } from '../../../shared/supply/review.ts';
import { runOutOf, SERVICE_LEVELS } from '../../../shared/supply/reorder/service-level.ts';
import { changeSettings, reorderPoints, removeSupply, settingsChangeSchema, type SettingsChange } from '../../../shared/supply/settings.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { attachSensor } from '../../../shared/supply/sensor.ts';
import { stockAt } from '../../../shared/supply/stock.ts';
import { gtinSchema, memberIdSchema, slotSchema, thingNameSchema } from '../../../shared/values.ts';
import { after, cellarMilk, changed, milk, order, reading } from './milk.ts';

const memberId = memberIdSchema.parse('mem_anna');
const set = (supply: Supply, change: SettingsChange, hours = 0) => changeSettings(supply, settingsChangeSchema.parse(change), { memberId, now: after(hours) });
const low = () => observe(milk(), [reading(1, 0, 1), reading(2, 1, 1), reading(3, 2, 0.9)], after(2));

describe('never buying', () => {
  it('ends the need, and no reading, review or failed order makes another', () => {
    expect(low().events.map(({ type }) => type)).toContain('supply.low');
    const { state, events } = changed(set(low().supply, { neverBuy: true }, 2));
    expect([state.need, state.dueAt, events.map(({ type }) => type)]).toEqual([undefined, undefined, ['supply.settings-changed']]);
    const read = observe(state, [reading(4, 3, 0.6), reading(5, 4, 0.4), reading(6, 5, 0.2)], after(5));
    expect([read.events, read.supply.need]).toEqual([[], undefined]);
    expect(review(read.supply, after(200)).kind).toBe('ignored');
    const ordered = changed(followOrder(read.supply, order(read.supply, 1, 'on-order', { outstanding: 1_000 }), after(6))).state;
    expect(changed(followOrder(ordered, order(ordered, 2, 'nothing'), after(7))).events).toEqual([]);
  });

  it('writes nothing for a level that says nothing new', () => {
    const never = changed(set(low().supply, { neverBuy: true }, 2)).state;
    expect(observe(never, [reading(4, 3, 0.9)], after(3)).changed).toBe(false);
  });

  it('lifted, tells the need again under another name', () => {
    const before = low().supply;
    const never = changed(set(before, { neverBuy: true }, 2)).state;
    const lifted = changed(set(never, { neverBuy: false }, 3)).state;
    expect(lifted.settings.neverBuy).toBeUndefined();
    const told = review({ ...lifted, dueAt: lifted.dueAt ?? after(0) }, after(6));
    expect(changed(told).events.find(({ type }) => type === 'supply.low')?.data).toMatchObject({ cycle: before.cycle + 1, round: 1 });
  });
});

describe('settings', () => {
  it('change only what is named, and say which', () => {
    const { state, events } = changed(set(milk(), { runOut: 'never', coverDays: 10 }));
    expect(state.settings).toEqual({ ...milk().settings, serviceLevel: 0.99, coverDays: 10 });
    expect(events).toEqual([
      { type: 'supply.settings-changed', data: { householdId: 'hh_anna', supplyId: 'sup_milk', memberId, changed: ['runOut', 'coverDays'] } },
    ]);
    expect(set(state, { runOut: 'never', coverDays: 10 })).toEqual({ kind: 'ignored', reason: 'nothing-changed' });
  });

  it('leave a finer service level alone when the same word is chosen', () => {
    const fine = { ...milk(), settings: { ...milk().settings, serviceLevel: 0.955 } };
    expect(set(fine, { runOut: 'bad' }).kind).toBe('ignored');
  });

  it('take products of the same unit only', () => {
    const products = [{ gtin: gtinSchema.parse('4006381333931'), pack: { amount: 3, unit: 'piece' as const } }];
    expect(changeSettings(milk(), {}, { memberId, now: after(0), products })).toEqual({ kind: 'rejected', reason: 'another-unit' });
  });

  it('cost stock: the worse running out is, the earlier it is ordered', () => {
    const points = reorderPoints(milk(), after(0));
    expect([points['does-not-matter'], points.annoying, points.bad, points.never].map((point, index, all) => point > (all[index - 1] ?? 0))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it.each(Object.entries(SERVICE_LEVELS))('%s is read back as what was chosen', (word, level) => {
    expect(runOutOf(level)).toBe(word);
  });
});

describe('taking a supply off', () => {
  it('is for those without a device', () => {
    expect(removeSupply(milk(), memberId, after(0))).toEqual({ kind: 'rejected', reason: 'has-device' });
    const { state, events } = changed(removeSupply(cellarMilk(), memberId, after(1)));
    expect([state.removedAt, state.dueAt, events.map(({ type }) => type)]).toEqual([after(1), undefined, ['supply.removed']]);
    expect(removeSupply(state, memberId, after(2)).kind).toBe('ignored');
  });
});

describe('every use told', () => {
  it('is for what nothing senses: then silence takes nothing off the shelf, until it is taken back', () => {
    const told = changed(set(cellarMilk(), { everyUseTold: true })).state;
    expect(told.settings.everyUseTold).toBe(true);
    expect(stockAt(told, after(48)).position).toBe(4_000);
    const again = changed(set(told, { everyUseTold: false }, 1)).state;
    expect([again.settings.everyUseTold, stockAt(again, after(48)).position]).toEqual([undefined, 2_500]);
  });
  it('is not taken where a sensor tells what is used, and ends with one', () => {
    expect(set(milk(), { everyUseTold: true })).toEqual({ kind: 'ignored', reason: 'nothing-changed' });
    const told = changed(set(cellarMilk(), { everyUseTold: true })).state;
    const sensed = attachSensor(told, { thing: thingNameSchema.parse('fridge-anna'), slot: slotSchema.parse('milk'), deviceType: 'fridge' }, after(2));
    expect(changed(sensed).state.settings.everyUseTold).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askedAbout,
  approvalMeanDays,
  awakeDaysBetween,
  bestInformed,
  learnAnswer,
  learnAutomatic,
  type ApprovalWait,
} from '../../../../shared/supply/reorder/approval-wait.ts';
import { newSupply, supplyConfigSchema } from '../../../../shared/supply/new-supply.ts';
import { followOrder, type OrderForSupply } from '../../../../shared/supply/follow-order.ts';
import { DECISION_DAYS, effectiveDays, leadTimeDaysSlices, learnDelivery, type LeadTime } from '../../../../shared/supply/reorder/lead-time.ts';
import { reorderPointOf } from '../../../../shared/supply/stock.ts';
import { supplySchema, type Supply } from '../../../../shared/supply/supply.ts';
import { instantSchema } from '../../../../shared/values.ts';
import { after, changed, milk, milkConfig, order } from '../milk.ts';

const shop: LeadTime = { meanDays: 2, sdDays: 0.5, deliveries: 5 };
const mean = (days: readonly number[]): number => days.reduce((sum, one) => sum + one, 0) / days.length;

describe('the effective lead time', () => {
  it('is the shop’s alone, as it always was, where nothing else is known', () => {
    // Log-normal with mean 2 and deviation 0.5, and the four hours before: worked out apart.
    expect(leadTimeDaysSlices(shop).map((days) => days.toFixed(4))).toEqual(['1.5819', '1.8719', '2.1070', '2.3744', '2.8268']);
    expect(effectiveDays(shop)).toBe(2);
  });

  it('adds the wait for a delivery day and for a yes, whose means add up', () => {
    const approval = { meanDays: 5 / 24, sdDays: 0.2, answers: 9, asked: 1 };
    const all = { ...shop, slot: { meanDays: 0.5, sdDays: 0.25, seen: 5 }, approval };
    const slices = leadTimeDaysSlices(all);
    expect(slices).toHaveLength(5);
    expect([...slices].sort((a, b) => a - b)).toEqual(slices);
    const [without, withSlot] = [leadTimeDaysSlices(shop), leadTimeDaysSlices({ ...shop, slot: all.slot })];
    expect(mean(withSlot) - mean(without)).toBeCloseTo(0.5, 1);
    // Five waking hours are 9, 5, 5 and 14 hours by the clock for questions at 3, 9, 15 and 21 o’clock.
    expect(effectiveDays(all)).toBeCloseTo(2.5 + 8.25 / 24, 6);
    expect(mean(slices)).toBeGreaterThan(mean(withSlot) + 5 / 24);
  });

  it('has no wait for a yes where the last orders were automatic', () => {
    const asked = learnAnswer(undefined, 1);
    const automatic = [1, 2, 3].reduce<ApprovalWait | undefined>((sofar) => learnAutomatic(sofar), asked);
    expect(automatic).toMatchObject({ asked: 0, answers: 1 });
    expect(leadTimeDaysSlices({ ...shop, approval: automatic })).toEqual(leadTimeDaysSlices(shop));
    expect(approvalMeanDays(automatic)).toBe(0);
    expect(learnAutomatic(undefined)).toBeUndefined();
  });

  it('tells the shop’s own time apart from the wait for its day', () => {
    const learnt = learnDelivery(shop, 3.5, 1.5);
    expect(learnt).toEqual({ meanDays: 2, sdDays: 0.471405, deliveries: 6, slot: { meanDays: 1.5, sdDays: 0, seen: 1 } });
    expect(learnDelivery(learnt, 2, 0).slot).toEqual({ meanDays: 0.75, sdDays: 0.75, seen: 2 });
    expect(learnDelivery(shop, 3.5, undefined)).not.toHaveProperty('slot');
  });
});

describe('how long a household takes', () => {
  it('counts the hours in which people are awake', () => {
    const berlin = 'Europe/Berlin';
    const at = (text: string) => instantSchema.parse(text);
    // From 23 o'clock to 9 o'clock in Berlin: two waking hours.
    expect(awakeDaysBetween(at('2026-03-02T22:00:00.000Z'), at('2026-03-03T08:00:00.000Z'), berlin) * 24).toBeCloseTo(2, 9);
    expect(awakeDaysBetween(at('2026-03-02T08:00:00.000Z'), at('2026-03-04T08:00:00.000Z'), berlin) * 24).toBeCloseTo(30, 9);
    // The same two moments in Tokyo are 7 o'clock and 17 o'clock.
    expect(awakeDaysBetween(at('2026-03-02T22:00:00.000Z'), at('2026-03-03T08:00:00.000Z'), 'Asia/Tokyo') * 24).toBeCloseTo(10, 9);
  });

  it('moves from what households are like to what this one does', () => {
    expect(askedAbout(undefined, undefined)).toMatchObject({ meanDays: 5 / 24, answers: 0, asked: 1 });
    const quick = Array.from({ length: 30 }).reduce<ApprovalWait | undefined>((sofar) => learnAnswer(sofar, 0.5 / 24), undefined);
    expect((quick?.meanDays ?? 0) * 24).toBeCloseTo(0.5, 0);
    expect(quick?.answers).toBe(30);
  });

  it('stays in its range whatever is learnt in whatever order', () => {
    const step = fc.oneof(fc.double({ min: -1, max: 100, noNaN: true }), fc.constant(undefined));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const approval = steps.reduce<ApprovalWait | undefined>(
          (sofar, days) => (days === undefined ? learnAutomatic(sofar) : learnAnswer(sofar, days)),
          undefined,
        );
        const leadTime: LeadTime = { ...shop, ...(approval && { approval }) };
        const slices = leadTimeDaysSlices(leadTime);
        expect(supplySchema.shape.leadTime.parse(leadTime)).toEqual(leadTime);
        expect(slices.every((days, index) => days > DECISION_DAYS && days >= (slices[index - 1] ?? 0))).toBe(true);
        expect(mean(slices)).toBeGreaterThanOrEqual(mean(leadTimeDaysSlices(shop)) - 1e-9);
      }),
      { verbose: true },
    );
  });
});

describe('a supply learns it from its orders', () => {
  const follow = (supply: Supply, view: OrderForSupply, hours: number): Supply => changed(followOrder(supply, view, after(hours))).state;
  const asked = { proposedAt: after(2) };
  const approved = { ...asked, approvedAt: after(4), by: 'person', outstanding: 4_000 } as const;

  it('orders earlier once somebody has to be asked, and later again when a mandate buys', () => {
    const before = milk();
    const asking = follow(before, order(before, 1, 'asking', asked), 2);
    expect(asking.leadTime.approval).toMatchObject({ answers: 0, asked: 1 });
    expect(reorderPointOf(asking, after(2))).toBeGreaterThan(reorderPointOf(before, after(2)));
    const answered = follow(asking, order(before, 2, 'on-order', approved), 4);
    // Asked at 9 o'clock in Berlin, answered at 11: (2 × 5 h + 2 h) / 3, of which the prior is two.
    expect((answered.leadTime.approval?.meanDays ?? 0) * 24).toBeCloseTo(4, 4);
    const automatic = follow(answered, order(before, 1, 'on-order', { ...approved, by: 'mandate', orderId: 'ord_2' }), 5);
    expect(automatic.leadTime.approval?.asked).toBe(0.5);
  });

  it('learns each order once, in whatever order its news comes', () => {
    const learnt = (views: readonly OrderForSupply[]) =>
      views.reduce((supply, view) => ((outcome) => (outcome.kind === 'changed' ? outcome.state : supply))(followOrder(supply, view, after(60))), milk());
    const [asking, bought, come] = [
      order(milk(), 1, 'asking', asked),
      order(milk(), 2, 'on-order', { ...approved, slotDays: 0.5 }),
      order(milk(), 3, 'received', { ...approved, outstanding: 0, received: 4_000, receivedAt: after(52), slotDays: 0.5 }),
    ] as const;
    const straight = learnt([asking, bought, come]).leadTime;
    expect(straight).toMatchObject({ deliveries: 1, approval: { answers: 1 }, slot: { meanDays: 0.5, seen: 1 } });
    for (const views of [[come], [bought, asking, come, come], [asking, come, bought]]) expect(learnt(views).leadTime).toEqual(straight);
  });

  it('begins with what the household has learnt about its other items, and teaches them in turn', () => {
    const known = { meanDays: 1 / 24, sdDays: 0.5 / 24, answers: 9, asked: 0 };
    const asking = changed(followOrder(milk(), order(milk(), 1, 'asking', asked), after(2), 'Europe/Berlin', known)).state;
    // That it is asked about is its own; how long that takes is the household's.
    expect(asking.leadTime.approval).toEqual({ ...known, asked: 1 });
    const answered = follow(asking, order(milk(), 2, 'on-order', approved), 4);
    expect(answered.leadTime.approval?.answers).toBe(10);
    expect(bestInformed([known, undefined, answered.leadTime.approval])).toBe(answered.leadTime.approval);
    expect(bestInformed([undefined, askedAbout(undefined, undefined)])).toBeUndefined();
    const later = { ...known, answers: 3 };
    expect(askedAbout(known, later)).toBe(known);
    const added = newSupply(supplyConfigSchema.parse(milkConfig), after(5), undefined, answered.leadTime.approval);
    expect(added.leadTime).toMatchObject({ deliveries: 0, approval: { answers: 10 } });
    expect(reorderPointOf(added, after(5))).toBeGreaterThan(reorderPointOf(milk(), after(5)));
  });

  it('takes silence as an answer that took at least so long', () => {
    const asking = follow(milk(), order(milk(), 1, 'asking', asked), 2);
    const expired = follow(asking, order(milk(), 2, 'expired', asked), 26);
    // 15 waking hours in 24: (2 × 5 h + 15 h) / 3.
    expect((expired.leadTime.approval?.meanDays ?? 0) * 24).toBeCloseTo(25 / 3, 4);
  });
});

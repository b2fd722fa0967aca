import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOf, normal } from '../../retailer-sim/chance.ts';
import { intoDeliveryHours } from '../../retailer-sim/delivery-hours.ts';
import { objectionTo } from '../../retailer-sim/order.ts';
import { planFor, planSchema } from '../../retailer-sim/plan.ts';
import { DAY, eggs, HOUR, milk, orderOf, startsAt, steady, terms } from './world.ts';

const settings = (temper: object = {}) => ({
  retailerId: 'rt_frischhof',
  name: 'Frischhof',
  port: 1,
  secretToRetailer: 'whsec_',
  secretFromRetailer: 'whsec_',
  terms,
  catalogue: [
    { ...milk, pack: { amount: 1, unit: 'l' as const } },
    { ...eggs, pack: { amount: 10, unit: 'piece' as const } },
  ],
  perks: [],
  promotions: [],
  namesLots: false,
  substitutes: [],
  temper: { ...steady, substitute: 0, irregular: 0, answerMinutes: [1, 30] as [number, number], ...temper },
});
const berlin = (instant: number | string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hourCycle: 'h23', ...options }).format(new Date(instant));
const hourInBerlin = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hourCycle: 'h23', hour: '2-digit' });
const localHour = (instant: number | string) => Number(hourInBerlin.format(new Date(instant)));
const plan = (orderId: string, temper: object = {}, receivedAt = startsAt, seed = 1) =>
  planFor(orderOf(orderId), receivedAt, settings(temper), chanceOf(seed, 'rt_frischhof'));

describe('chance', () => {
  it('is the same for the same words, and spread evenly', () => {
    const numbers = Array.from({ length: 2_000 }, (_, index) => chanceOf(1, 'rt_a')(String(index)));
    expect(chanceOf(1, 'rt_a')('7')).toBe(numbers[7]);
    expect(chanceOf(2, 'rt_a')('7')).not.toBe(numbers[7]);
    expect(chanceOf(1, 'rt_b')('7')).not.toBe(numbers[7]);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(numbers.reduce((sum, number) => sum + number, 0) / numbers.length).toBeCloseTo(0.5, 1);
  });
  it('is normal when asked to be', () => {
    const numbers = Array.from({ length: 4_000 }, (_, index) => normal(chanceOf(1, 'rt_a'), String(index)));
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(Math.sqrt(numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length)).toBeCloseTo(1, 1);
  });
});

describe('delivery hours', () => {
  it('are from eight to eight by the wall clock, never earlier than asked and within a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }), fc.double({ min: 0, max: 0.999, noNaN: true }), (at, spread) => {
        const moved = intoDeliveryHours(at, spread);
        expect(localHour(moved)).toBeGreaterThanOrEqual(8);
        expect(localHour(moved)).toBeLessThan(20);
        expect(moved).toBeGreaterThanOrEqual(at);
        expect(moved - at).toBeLessThan(16 * HOUR);
        if (localHour(at) >= 8 && localHour(at) < 20) expect(moved).toBe(at);
      }),
      { numRuns: 2_000 },
    );
  });
  it.each([
    ['before the clocks go forward', '2026-03-28T22:30:00.000Z', '29/03/2026, 08:00'],
    ['before the clocks go back', '2026-10-24T21:30:00.000Z', '25/10/2026, 08:00'],
    ['early in the morning', '2026-03-02T03:15:30.000Z', '02/03/2026, 08:00'],
    ['at eight in the evening', '2026-03-02T19:00:00.000Z', '03/03/2026, 08:00'],
  ])('%s', (_, at, expected) => {
    expect(berlin(intoDeliveryHours(Date.parse(at), 0), { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' })).toBe(
      expected,
    );
  });
});

describe('a plan', () => {
  it('is the same for the same order and seed, and runs in order of time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 365 * 24 }), (number, hours) => {
        const receivedAt = startsAt + hours * HOUR;
        const made = plan(`ord_${number}`, {}, receivedAt);
        expect(plan(`ord_${number}`, {}, receivedAt)).toEqual(made);
        expect(planSchema.parse(made)).toEqual(made);
        const minutes = (Date.parse(made.answerAt) - receivedAt) / 60_000;
        expect(minutes).toBeGreaterThanOrEqual(1);
        expect(minutes).toBeLessThanOrEqual(30);
        expect(made.shipAt > made.answerAt && made.deliverAt > made.shipAt).toBe(true);
        expect(localHour(made.deliverAt)).toBeGreaterThanOrEqual(8);
        expect(localHour(made.deliverAt)).toBeLessThan(20);
        expect(Date.parse(made.deliverAt)).toBeLessThan(receivedAt + 5 * DAY);
      }),
    );
  });
  it('rejects and changes the shares that its temper says', () => {
    const answers = Array.from({ length: 2_000 }, (_, index) => plan(`ord_${index}`, { reject: 0.2, change: 0.3 }).answer);
    const share = (answer: string) => answers.filter((one) => one === answer).length / answers.length;
    expect(share('order.rejected')).toBeCloseTo(0.2, 1);
    expect(share('order.changed')).toBeCloseTo(0.3, 1);
    expect(share('order.accepted')).toBeCloseTo(0.5, 1);
  });
  it('changes to less and never charges more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (number) => {
        const { answer, lines, totalMinor } = plan(`ord_${number}`, { change: 1 });
        expect(answer).toBe('order.changed');
        const packs = lines.map(({ quantity }) => quantity);
        expect(packs.reduce((sum, quantity) => sum + quantity, 0)).toBe(3);
        expect(totalMinor).toBe((packs[0] ?? 0) * 129 + (packs[1] ?? 0) * 249 + 290);
        expect(totalMinor).toBeLessThan(926);
      }),
    );
  });
  it('accepts one pack of one article, since it cannot be less', () => {
    const order = orderOf('ord_1', { lines: orderOf('ord_1').lines.slice(1), subtotalMinor: 249, totalMinor: 539 });
    expect(planFor(order, startsAt, settings({ change: 1 }), chanceOf(1, 'rt_frischhof'))).toMatchObject({ answer: 'order.accepted', totalMinor: 539 });
  });
  it('rejects what its own books do not say', () => {
    const order = orderOf('ord_1', { totalMinor: 925 });
    expect(planFor(order, startsAt, settings(), chanceOf(1, 'rt_frischhof'))).toMatchObject({
      answer: 'order.rejected',
      reason: 'price mismatch: the total is 926, not 925',
    });
  });
});

describe('an objection', () => {
  const [first, second] = orderOf('ord_1').lines;
  if (!first || !second) throw new Error('the order of the tests has two lines');
  it.each([
    ['none', {}, undefined],
    ['another price', { lines: [{ ...first, unitPriceMinor: 128 }, second] }, 'price mismatch: 4006381333931 costs 129, not 128'],
    ['an unknown article', { lines: [{ ...first, gtin: '4000521006129' }, second] }, 'unknown article 4000521006129'],
    ['another sum', { subtotalMinor: 1 }, 'price mismatch: the lines sum to 636, not 1'],
    ['another fee', { deliveryFeeMinor: 0 }, 'price mismatch: delivery costs 290, not 0'],
    ['no fee above the threshold', { lines: [{ ...first, quantity: 20 }], subtotalMinor: 2_580, deliveryFeeMinor: 0, totalMinor: 2_580 }, undefined],
  ])('%s', (_, over, expected) => {
    expect(objectionTo(orderOf('ord_1', over), settings(), startsAt)).toBe(expected);
  });
  it('an order below the minimum', () => {
    const { catalogue, perks, promotions } = settings();
    expect(objectionTo(orderOf('ord_1'), { catalogue, perks, promotions, terms: { ...terms, minimumOrderMinor: 637 } }, startsAt)).toBe(
      'below the minimum order of 637',
    );
  });
});

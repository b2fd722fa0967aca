import { describe, expect, it } from 'vitest';
import { concernOf, concernsOf, type SupplyAtHome } from '../../../../shared/journey/signal/concern.ts';
import { signalSchema, type Signal } from '../../../../shared/journey/signal/signal.ts';
import { signalInWords } from '../../../../shared/journey/signal/signal-wording.ts';
import { gtinSchema, retailerIdSchema, supplyIdSchema } from '../../../../shared/values.ts';
import { on } from '../life.ts';

const now = on(20);
const milk = gtinSchema.parse('4006381333931');
const shop = retailerIdSchema.parse('rt_frischhof');
const home: SupplyAtHome = {
  ...{ supplyId: supplyIdSchema.parse('sup_milk'), name: 'Weidemilch 1 l', productLine: 'groceries', gtins: [milk], isHeating: false, neverBuy: false },
  ...{ inHouse: 2_000, perDay: 500, lasts: { p10: on(23), p50: on(24) }, leadTimeDays: 2, shops: [shop] },
};
const pellets: SupplyAtHome = { ...home, name: 'pellets', isHeating: true, lasts: { p10: on(30), p50: on(34) }, leadTimeDays: 7 };
const ice: SupplyAtHome = { ...home, name: 'Vanille-Eis' };
const signal = (given: object): Signal => signalSchema.parse({ signalId: 'signal-1', at: now, ...given });

describe('a cold spell', () => {
  const cold = signal({ kind: 'cold-spell', from: '2026-01-22', to: '2026-01-27', colderCelsius: 6.25 });

  it('concerns a heating that will not last through it and the delivery after it', () => {
    expect(concernOf(cold, pellets, now)?.reason).toEqual({
      code: 'signal-cold-spell',
      figures: { name: 'pellets', days: 6, colder: 6.3, morePercent: 25, lastsDays: 8 },
    });
    expect(concernOf(cold, { ...pellets, lasts: { p10: on(80), p50: on(90) } }, now)).toBeUndefined();
  });

  it('concerns no milk, nobody who buys none, and nobody once it is over', () => {
    expect(concernOf(cold, home, now)).toBeUndefined();
    expect(concernOf(cold, { ...pellets, neverBuy: true }, now)).toBeUndefined();
    expect(concernOf(cold, pellets, on(40))).toBeUndefined();
  });
});

describe('a heat wave', () => {
  const hot = signal({ kind: 'heat-wave', from: '2026-01-21', to: '2026-01-26', warmestCelsius: 29.4 });

  it('concerns what cools and will run out in it', () => {
    expect(concernOf(hot, ice, now)?.reason).toEqual({ code: 'signal-heat-wave', figures: { name: 'Vanille-Eis', warmest: 29.4, lastsDays: 2 } });
    expect(concernOf(hot, { ...ice, lasts: { p10: on(50), p50: on(60) } }, now)).toBeUndefined();
    expect(concernOf(hot, home, now)).toBeUndefined();
  });
});

describe('a cheap window, a trend and late goods', () => {
  const cheap = { kind: 'cheap-window', gtin: milk, retailerId: shop, until: on(22), unitMinor: 89, usualMinor: 119 };

  it('concern whoever uses it and buys it there, when it is worth a word', () => {
    expect(concernOf(signal(cheap), home, now)?.reason).toEqual({ code: 'signal-cheap', figures: { name: 'Weidemilch 1 l', savedMinor: 30, percent: 25 } });
    expect(concernOf(signal({ ...cheap, unitMinor: 115 }), home, now)).toBeUndefined();
    expect(concernOf(signal(cheap), { ...home, shops: [] }, now)).toBeUndefined();
    expect(concernOf(signal(cheap), { ...home, perDay: 0 }, now)).toBeUndefined();
    expect(concernOf(signal({ ...cheap, endedAt: on(19) }), home, now)).toBeUndefined();
  });

  it('concern whoever will need it while it lasts', () => {
    const trend = signal({ kind: 'trend', categories: ['milk'], share: 0.4, until: on(30) });
    expect(concernOf(trend, home, now)?.reason.code).toBe('signal-trend');
    expect(concernOf(trend, { ...home, lasts: { p10: on(60), p50: on(70) } }, now)).toBeUndefined();
    const late = signal({ kind: 'late-goods', retailerId: shop, gtins: [], days: 3, until: on(30) });
    expect(concernOf(late, home, now)?.reason.figures).toEqual({ name: 'Weidemilch 1 l', days: 3, shop });
    expect(concernOf(late, { ...home, lasts: { p10: on(40), p50: on(50) } }, now)).toBeUndefined();
  });
});

it('are found for a whole household, each with words in both languages', () => {
  const signals = [
    signal({ kind: 'cold-spell', from: '2026-01-22', to: '2026-01-27', colderCelsius: 6 }),
    signal({ kind: 'heat-wave', from: '2026-01-21', to: '2026-01-26', warmestCelsius: 29 }),
    signal({ kind: 'trend', categories: ['milk'], share: 0.4, until: on(30) }),
  ];
  const found = concernsOf(signals, [home, pellets, ice], now);
  expect(found.map(({ kind }) => kind)).toEqual(['cold-spell', 'heat-wave', 'trend']);
  for (const { reason } of found) for (const language of ['de', 'en'] as const) expect(signalInWords(reason, language)).not.toBe(reason.code);
});

it('is refused where it is none', () => {
  expect(signalSchema.safeParse({ signalId: 'x', kind: 'recall', at: now, gtin: milk, lots: [] }).success).toBe(false);
  expect(signalSchema.safeParse({ signalId: 'cold-1', at: now, kind: 'cold-spell', from: '2026-01-22', to: '2026-01-27', colderCelsius: -3 }).success).toBe(
    false,
  );
});

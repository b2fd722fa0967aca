import { describe, expect, it } from 'vitest';
import type { Home } from '../../../../shared/journey/churn/home.ts';
import { modelToBeginWith } from '../../../../shared/journey/churn/fitted-model.ts';
import { judgedAt, outlookOf, outlookSchema } from '../../../../shared/journey/churn/outlook.ts';
import { changeInWords, outlookReasonInWords } from '../../../../shared/journey/churn/outlook-wording.ts';
import { lived, on, orders, step, type Step } from '../life.ts';

const weekly = Array.from({ length: 20 }, (_, week) => 7 * week);
/** After twenty weekly orders nothing came for four weeks. */
const now = on(133 + 28, 20);
const running: Home = { readAt: now, devices: 1, heardAt: now, used: 2, lowInDays: 0, waitsDays: 0, ordersAhead: 4 };
const later = (day: number, type: string): Step => step(on(133 + day), type);
const look = (home: Home | undefined, ...more: Step[]) =>
  outlookOf(lived(step(on(-1), 'device.paired'), ...orders(weekly, 'automation'), ...more), home, modelToBeginWith, now);
const leaves = (home: Home | undefined, ...more: Step[]): number => look(home, ...more)?.leaves ?? NaN;

describe('the outlook of a household that has fallen silent', () => {
  it('is worse where its stock has risen without us, and the worse the oftener', () => {
    const elsewhere = [8, 15, 22].map((day) => later(day, 'supply.bought-elsewhere'));
    const told = look(running, ...elsewhere);
    expect(leaves(running, ...elsewhere.slice(0, 1))).toBeGreaterThan(leaves(running));
    expect(told?.leaves).toBeGreaterThan(leaves(running, ...elsewhere.slice(0, 1)));
    expect(told?.reading).toBe('buys-elsewhere');
    expect(told?.reasons.map(({ code }) => code)).toEqual(['silence', 'bought-elsewhere']);
  });

  it('is good while nothing is needed, and bad while a need waits', () => {
    expect(leaves({ ...running, lowInDays: 9 })).toBeLessThan(0.7 * leaves(running));
    expect(look({ ...running, lowInDays: 9 })?.reading).toBe('stock-lasts');
    expect(leaves({ ...running, waitsDays: 15 })).toBeGreaterThan(leaves(running));
  });

  it('is not held against devices that are silent: the clock stands still meanwhile', () => {
    const away: Home = { ...running, heardAt: on(134), silence: { since: on(157) } };
    const told = look(away);
    expect(told?.reading).toBe('away');
    expect(told?.buying.T).toBeCloseTo((157 + 12 / 24 - 18 / 24) / 7, 2);
    expect(told?.leaves).toBeLessThan(leaves(running));
    // Back again: what was silent still counts for no time.
    const back: Home = { ...running, silence: { since: on(134), until: on(155) } };
    expect(look(back)?.buying.T).toBeCloseTo((161 + 20 / 24 - 18 / 24 - 21) / 7, 2);
    expect(look({ ...running, silence: { since: on(100) } })?.reading).toBe('moved');
  });

  it('takes a household without a device for moved, and says what would bring it back', () => {
    const told = look({ ...running, devices: 0 });
    expect(told?.reading).toBe('moved');
    expect(told?.changes.map(({ code }) => code)).toContain('device-brought-back');
  });

  it('says what would change it, and by how much', () => {
    const told = look(
      running,
      later(8, 'supply.bought-elsewhere'),
      later(15, 'supply.bought-elsewhere'),
      later(3, 'mandate.ended'),
      later(9, 'order.declined'),
      later(16, 'order.expired'),
    );
    expect(told?.changes[0]?.code).toBe('orders-again');
    expect(told?.changes.length).toBeGreaterThan(2);
    for (const change of told?.changes ?? []) expect(change.leaves).toBeLessThan(told?.leaves ?? 0);
  });

  it('is forgiven by an order under way, and by the next that comes', () => {
    const elsewhere = [8, 15].map((day) => later(day, 'supply.bought-elsewhere'));
    expect(leaves(running, ...elsewhere, later(27, 'order.placed'))).toBeLessThan(0.7 * leaves(running, ...elsewhere));
    expect(leaves(running, ...elsewhere, later(27, 'order.delivered'))).toBeLessThan(0.05);
  });

  it('is unknown for whom nothing has ever come', () => {
    expect(outlookOf(lived(step(on(1), 'device.paired')), running, modelToBeginWith, now)).toBeUndefined();
  });

  it('can be written down, and every reason and change has words in both languages', () => {
    const bad = [
      'supply.bought-elsewhere',
      'order.declined',
      'order.declined',
      'mandate.ended',
      'spending.stopped',
      'list.item-added',
      'case.opened',
      'case.reopened',
      'case.opened',
      'case.opened',
      'order.stuck',
      'order.back-ordered',
      'supply.spoiled',
      'supply.overstocked',
    ];
    const told = [
      running,
      { ...running, waitsDays: 8 },
      { ...running, devices: 0 },
      { ...running, silence: { since: on(150) } },
      { ...running, lowInDays: 3 },
    ].map((home) => look(home, ...bad.map((type, day) => later(10 + day, type))));
    for (const one of told) {
      expect(outlookSchema.parse(one)).toEqual(one);
      for (const reason of [...(one?.reasons ?? []), ...(one?.causes ?? [])])
        for (const language of ['de', 'en'] as const) expect(outlookReasonInWords(reason, language)).not.toBe(reason.code);
      for (const { code } of one?.changes ?? []) expect(changeInWords(code, 'de')).not.toBe(code);
    }
    expect(told[0]?.causes.map(({ code }) => code)).toEqual(['bad-support', 'promises-broken', 'no-continuing-success', 'accumulated-experience']);
  });
});

describe('causes', () => {
  it('name a start that took too long', () => {
    const slow = outlookOf(lived(step(on(0), 'device.paired'), ...orders([40], 'customer')), undefined, modelToBeginWith, on(60));
    expect(slow?.causes).toEqual([{ code: 'bad-onboarding', figures: { days: 40 } }]);
  });

  it('do not hold a single trouble against us', () => {
    expect(look(running, later(2, 'order.stuck'))?.causes).toEqual([]);
  });
});

it('is judged after three times the usual time, within four to twelve weeks', () => {
  const buying = { x: 10, tx: 20, T: 22, lastAt: on(0), meanMinor: 0 };
  expect(judgedAt({ at: on(0), buying })).toBe(on(42));
  expect(judgedAt({ at: on(0), buying: { ...buying, tx: 1 } })).toBe(on(28));
  expect(judgedAt({ at: on(0), buying: { ...buying, tx: 300 } })).toBe(on(84));
});

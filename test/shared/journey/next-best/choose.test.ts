import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseNextBest } from '../../../../shared/journey/next-best/choose.ts';
import { shippedCandidates } from '../../../../shared/journey/next-best/candidates.ts';
import { actionInWords, actionName } from '../../../../shared/journey/next-best/next-best-wording.ts';
import { rejectedInWords } from '../../../../shared/journey/next-best/rejected-wording.ts';
import type { Situation } from '../../../../shared/journey/next-best/situation.ts';
import { addDuration, duration } from '../../../../shared/values.ts';
import { on, orders, step } from '../life.ts';
import { byHand, home, milk, neighbour, spoiling } from './homes.ts';

/** As if everybody had taken these up before, and nobody any other. */
const loved = (...actions: string[]): Record<string, number> =>
  Object.fromEntries(
    shippedCandidates.flatMap(({ action }) =>
      ['new', 'low', 'middle', 'high'].flatMap((cell) => [
        [`nba|${action}|${cell}|shown`, 4_000],
        [`nba|${action}|${cell}|taken`, actions.includes(action) ? 3_990 : 0],
      ]),
    ),
  );
const bestOf = (situation: Situation, learnt: Record<string, number> = {}) => chooseNextBest(situation, learnt).best?.action;
const whyNot = (situation: Situation, action: string, learnt: Record<string, number> = {}) =>
  chooseNextBest(situation, learnt).rejected.find((one) => one.action === action)?.because;

describe('the next best action', () => {
  it('is a mandate for whoever approves by hand, as it always was', () => {
    expect(bestOf(home(byHand), loved('offer-mandate'))).toBe('offer-mandate');
    expect(whyNot(home(byHand, { hasMandate: true }), 'offer-mandate')).toBe('no-need');
    expect(bestOf(home(orders([20, 27, 33], 'automation')), loved('offer-mandate'))).toBeUndefined();
  });

  it('is to do nothing where nothing is worth the attention', () => {
    const { best, rejected } = chooseNextBest(home(byHand), loved());
    expect(best).toBeUndefined();
    expect(rejected.find(({ action }) => action === 'offer-mandate')).toMatchObject({ because: 'too-little' });
  });

  it('says of every other candidate why not, in both languages', () => {
    const choice = chooseNextBest(home(spoiling), loved('less-waste'));
    expect(choice.best?.action).toBe('less-waste');
    expect([...choice.rejected.map(({ action }) => action), 'less-waste'].sort()).toEqual(shippedCandidates.map(({ action }) => action).sort());
    for (const { because } of choice.rejected) for (const language of ['de', 'en'] as const) expect(rejectedInWords(because, language)).not.toBe(because);
  });

  it('each has words for the household and a name for staff, none of them with a hole', () => {
    const figures = {
      name: 'Milk',
      category: 'coffee',
      have: 'milk',
      households: 7,
      approvals: 5,
      productDe: 'Entkalker',
      productEn: 'descaler',
      reward: 500,
      next: 'gold',
      missing: 1,
      wasted: 2,
      less: 3,
      deliveries: 9,
      reopened: 1,
      doubted: 0,
    };
    for (const { action } of shippedCandidates) {
      for (const language of ['de', 'en'] as const) {
        const words = actionInWords(action, figures, language);
        expect(Object.values(words ?? {}).join(' '), action).not.toMatch(/undefined|NaN| {2}|^ /);
        expect(
          [words?.title.length ?? 0, words?.text.length ?? 0, words?.reason.length ?? 0].every((length) => length > 3),
          action,
        ).toBe(true);
        expect(actionName(action, language)).not.toBe(action);
      }
    }
  });

  it('is worth something to both sides, or none', () => {
    const oneSided = shippedCandidates.slice(0, 1).map((one) => ({ ...one, fit: () => ({ figures: {}, household: 900, company: 0 }) }));
    expect(chooseNextBest(home(byHand), {}, oneSided)).toEqual({ rejected: [{ action: 'offer-mandate', because: 'one-sided' }] });
  });

  it('helps where much went wrong, and then offers nothing', () => {
    const troubled = home([...byHand, step(on(30), 'case.opened'), step(on(31), 'case.reopened')], { reachable: { ...home([]).reachable, hasOpenCase: true } });
    expect(whyNot(troubled, 'offer-mandate', loved('offer-mandate'))).toBe('open-case');
    const rich = orders([7, 9, 12, 16, 20, 24, 27, 30, 33], 'customer').map((one) => ({ ...one, ...(one.valueMinor !== undefined && { valueMinor: 9_000 }) }));
    const calling = home([...rich, step(on(31), 'case.reopened')]);
    expect(bestOf(calling, loved('service-call'))).toBe('service-call');
  });

  it('suggests what others have who have the same, and cares for what is used', () => {
    const at = home([...byHand, step(on(1), 'household.created')], {
      suggested: [{ category: 'coffee', have: 'milk', households: 9 }],
      supplies: [milk, { ...milk, name: 'Espresso', category: 'coffee', perDay: 60 }],
    });
    expect(chooseNextBest(at, loved('cross-sell')).best).toMatchObject({ action: 'cross-sell', figures: { category: 'coffee', have: 'milk', households: 9 } });
    expect(bestOf(at, loved('accessory'))).toBe('accessory');
  });

  it('rests after it came, and waits while one is open', () => {
    const past = (daysAgo: number, outcome: 'open' | 'passed') => [{ action: 'offer-mandate', at: addDuration(on(34), duration(-daysAgo, 'days')), outcome }];
    expect(whyNot(home(byHand, { past: past(10, 'passed') }), 'offer-mandate')).toBe('lately');
    expect(bestOf(home(byHand, { past: past(43, 'passed') }), loved('offer-mandate'))).toBe('offer-mandate');
    expect(whyNot(home(byHand, { past: past(1, 'open') }), 'offer-mandate')).toBe('open-already');
  });
});

describe('whatever a household is like', () => {
  const situations = fc.record({
    steps: fc.subarray([...spoiling, step(on(30), 'case.reopened'), step(on(32), 'supply.overstocked'), step(on(1), 'household.created')]),
    profiling: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    stops: fc.subarray(['all', 'offer-mandate', 'less-waste', 'service-call']),
    reachedDaysAgo: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 3 }),
    hasOpenCase: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    index: fc.integer({ min: 0, max: 500 }),
    love: fc.subarray(shippedCandidates.map(({ action }) => action)),
  });
  const made = ({
    steps,
    profiling,
    stops,
    reachedDaysAgo,
    hasOpenCase,
    index,
  }: typeof situations extends fc.Arbitrary<infer Given> ? Given : never): Situation => {
    const { reachable, now } = home([]);
    const reached = reachedDaysAgo.map((days) => ({ ...reachedOnce, at: addDuration(now, duration(-days, 'days')) }));
    return home(
      steps,
      {
        devices: [{ deviceType: 'fridge', name: 'Fridge', addedAt: on(0), supplies: 0 }],
        reachable: {
          ...reachable,
          hasOpenCase,
          consents: { profiling, productNews: false, newsByMail: false },
          outreach: { ...reachable.outreach, reached, stops: stops.map((kind) => ({ kind, at: on(1) })) },
        },
      },
      neighbour(index),
    );
  };
  const reachedOnce = {
    reachId: `rch_${'0'.repeat(32)}`,
    wishId: 'w',
    kind: 'x',
    purpose: 'suggestion',
    channel: 'app',
    words: { de: { title: 'a', text: 'b' }, en: { title: 'a', text: 'b' } },
    reason: { de: 'a', en: 'b' },
  } as const;

  it('nothing is chosen without consent, against a stop, over the cap or while a case is open', () => {
    let chosen = 0;
    fc.assert(
      fc.property(situations, (given) => {
        const situation = made(given);
        const { best } = chooseNextBest(situation, loved(...given.love));
        if (best === undefined) return;
        chosen += 1;
        expect(given.stops).not.toContain('all');
        expect(given.stops).not.toContain(best.action);
        expect(given.reachedDaysAgo.filter((days) => days === 0)).toEqual([]);
        expect(given.reachedDaysAgo.filter((days) => days < 7).length).toBeLessThan(2);
        if (best.candidate.purpose === 'suggestion') expect([given.profiling, given.hasOpenCase]).toEqual([true, false]);
        expect([best.fit.household > 0, best.fit.company > 0, best.gain > 0]).toEqual([true, true, true]);
      }),
      { numRuns: 240 },
    );
    expect(chosen).toBeGreaterThan(8);
  });

  it('a repeat on the same day is the same choice', () => {
    fc.assert(
      fc.property(situations, (given) => {
        const situation = made(given);
        expect(chooseNextBest(situation, {})).toEqual(chooseNextBest({ ...situation, now: addDuration(situation.now, duration(1, 'hours')) }, {}));
      }),
      { numRuns: 50 },
    );
  });
});

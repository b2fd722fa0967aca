import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectOf } from '../../../../shared/journey/improve/effect.ts';
import { figuresOf, figuresSchema, findingsIn, type Figures } from '../../../../shared/journey/improve/finding.ts';
import { effectInWords } from '../../../../shared/journey/improve/improve-wording.ts';
import {
  decideImprovement,
  improvementActions,
  improvementSchema,
  type Improvement,
  type ImprovementCommand,
} from '../../../../shared/journey/improve/improvement.ts';
import { shippedModels } from '../../../../shared/journey/target/shipped-models.ts';
import { on } from '../life.ts';

const seed = Number(process.env['IMPROVE_SEED'] ?? Date.now() % 1_000_000);
const day = (number: number): string => on(number).slice(0, 10);
const figures = (having: number, journeys: number, more: Partial<Figures> = {}): Figures =>
  figuresSchema.parse({ from: day(0), to: day(9), journeys, having, times: having, minutes: having * 8, costMinor: having * 480, ...more });
const after = (having: number, journeys: number) => figures(having, journeys, { from: day(11), to: day(20) });
const counters = {
  'conf|order|journeys': 40,
  'dev|order|delivered|late|times': 10,
  'dev|order|delivered|late|journeys': 10,
  'dev|order|delivered|late|minutes': 40,
  'dev|order|delivered|late|minor': 5_000,
  'dev|order|stuck|unexpected|times': 8,
  'dev|order|stuck|unexpected|journeys': 4,
  'dev|order|stuck|unexpected|minutes': 120,
  'dev|order|stuck|unexpected|minor': 7_200,
};
const period = { from: day(0), to: day(9) };

describe('what is worth mending', () => {
  it('is listed by what it costs, with its share of the journeys and what a year of it would cost', () => {
    const found = findingsIn(shippedModels, counters, period);
    expect(found.map(({ findingId, share, yearMinor }) => [findingId, share, yearMinor])).toEqual([
      ['order/stuck/unexpected', 0.1, 262_800],
      ['order/delivered/late', 0.25, 182_500],
    ]);
  });

  it('has figures also once it does not occur any more', () => {
    const model = shippedModels.find((one) => one.model === 'order');
    if (model === undefined) throw new Error('expected the order');
    expect(figuresOf(model, { step: 'delivered', kind: 'late' }, { 'conf|order|journeys': 7 }, period)).toEqual({
      ...{ ...period, journeys: 7, having: 0, times: 0, minutes: 0, costMinor: 0 },
    });
  });
});

describe('an effect', () => {
  it('has the interval of Newcombe’s example: 56 of 70 against 48 of 80 is 0.20, from 0.0524 to 0.3339', () => {
    const effect = effectOf(figures(48, 80), after(56, 70));
    expect(effect?.change).toBeCloseTo(0.2, 10);
    expect(effect?.low).toBeCloseTo(0.0524, 4);
    expect(effect?.high).toBeCloseTo(0.3339, 4);
    expect(effect?.verdict).toBe('worse');
  });

  it('says that it shows no difference where that may be chance, and what it saved at the price before', () => {
    expect(effectOf(figures(10, 40), after(8, 40))?.verdict).toBe('no-difference-shown');
    const better = effectOf(figures(50, 100), after(10, 100));
    expect(better).toMatchObject({ verdict: 'better', savedMinor: 50 * 480 - 10 * 480 });
    expect(better && effectInWords(better, 'de')).toBe('vorher 50 %, nachher 10 %: besser');
    expect(effectOf(figures(0, 0), after(1, 10))).toBeUndefined();
  });
});

describe('a measure', () => {
  const takeUp: ImprovementCommand = { type: 'take-up', owner: 'retailers', measure: 'Earlier cut-off for fresh goods' };
  const decide = (state: Improvement | undefined, command: ImprovementCommand, given: Figures, at = on(10)) =>
    decideImprovement(state, 'order/delivered/late', command, given, at);
  const changed = (outcome: ReturnType<typeof decide>): Improvement => {
    if (outcome.kind !== 'changed') throw new Error(outcome.reason);
    return improvementSchema.parse(outcome.state);
  };
  const taken = changed(decide(undefined, takeUp, figures(50, 100)));

  it('is taken up by a team with what it was like before, and closed with what it is like after', () => {
    expect(taken).toMatchObject({ status: 'taken-up', owner: 'retailers', takenUpAt: on(10), before: { having: 50, journeys: 100 } });
    const closed = changed(decide(taken, { type: 'close' }, after(10, 100), on(21)));
    expect(closed).toMatchObject({ status: 'open', past: [{ status: 'closed', closedAt: on(21), effect: { verdict: 'better', before: 0.5, after: 0.1 } }] });
    expect(changed(decide(closed, takeUp, figures(20, 100), on(30))).past).toHaveLength(1);
  });

  it('is not taken up twice, and not by others meanwhile', () => {
    expect(decide(taken, takeUp, figures(1, 100))).toEqual({ kind: 'ignored', reason: 'already-taken-up' });
    expect(decide(taken, { ...takeUp, owner: 'support' }, figures(1, 100))).toEqual({ kind: 'rejected', reason: 'taken-up-by-others' });
  });

  it('is not judged by the days before it, nor by a handful of journeys', () => {
    expect(decide(taken, { type: 'close' }, figures(1, 100, { from: day(10), to: day(20) }))).toEqual({ kind: 'rejected', reason: 'period-too-early' });
    expect(decide(taken, { type: 'close' }, after(0, 19))).toEqual({ kind: 'rejected', reason: 'too-few-journeys' });
    expect(decide(undefined, takeUp, figures(1, 19))).toEqual({ kind: 'rejected', reason: 'too-few-journeys' });
  });

  it('can be dropped with the reason, and is closed only while somebody is at it', () => {
    expect(changed(decide(taken, { type: 'drop', because: 'too dear' }, after(1, 1)))).toMatchObject({
      status: 'open',
      past: [{ status: 'dropped', because: 'too dear' }],
    });
    expect(decide(undefined, { type: 'close' }, after(1, 100))).toEqual({ kind: 'rejected', reason: 'not-taken-up' });
  });

  it(`allows exactly what is shown (IMPROVE_SEED=${seed})`, () => {
    const commands = fc.constantFrom<ImprovementCommand>(takeUp, { type: 'close' }, { type: 'drop', because: 'too dear' });
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 15 }), (given) => {
        let state: Improvement = { status: 'open', findingId: 'order/delivered/late', past: [] };
        for (const [index, command] of given.entries()) {
          const isShown = improvementActions[state.status].includes(command.type);
          const outcome = decide(state, command, figures(5, 100, { from: day(index + 1), to: day(index + 2) }), on(index));
          expect(outcome.kind === 'changed').toBe(isShown);
          if (outcome.kind === 'changed') state = improvementSchema.parse(outcome.state);
        }
      }),
      { seed, numRuns: 100 },
    );
  });
});

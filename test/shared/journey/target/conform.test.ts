import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, mayEnd, nextOf } from '../../../../shared/journey/target/align.ts';
import { conform, conformanceSchema, firstsOf, type Conformance } from '../../../../shared/journey/target/conform.ts';
import { targetModelSchema, type Block, type Happened, type TargetModel } from '../../../../shared/journey/target/model.ts';
import { shippedModels } from '../../../../shared/journey/target/shipped-models.ts';
import { deviationInWords } from '../../../../shared/journey/target/target-wording.ts';
import { lived, on, step } from '../life.ts';

const seed = Number(process.env['TARGET_SEED'] ?? Date.now() % 1_000_000);
const modelNamed = (name: string): TargetModel => {
  const found = shippedModels.find(({ model }) => model === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const order = modelNamed('order');
const supportCase = modelNamed('support-case');
const at = (hours: number, type: string, initiator: Happened['initiator'] = 'company'): Happened => ({ at: on(0, hours), type, initiator });
const went = (model: TargetModel, happened: readonly Happened[], hours = 100): Conformance => {
  const found = conform(model, happened, on(0, hours));
  if (found === undefined) throw new Error('expected a journey of this model');
  return found;
};
const short = ({ deviations }: Conformance) => deviations.map(({ kind, step: of }) => `${of} ${kind}`);

const asShould = [
  at(0, 'order.proposed', 'automation'),
  at(0, 'order.approval-requested'),
  at(2, 'order.approved', 'customer'),
  at(2, 'order.placed', 'automation'),
  at(3, 'order.accepted'),
  at(10, 'order.shipped'),
  at(30, 'order.delivered'),
];
const without = (...types: string[]) => asShould.filter(({ type }) => !types.includes(type));

describe('the target journeys that come with the product', () => {
  it('parse', () => {
    for (const model of shippedModels) expect(targetModelSchema.parse(model)).toEqual(model);
  });

  it('refuse a flow with a step that is not there, and a step that is not in the flow', () => {
    expect(targetModelSchema.safeParse({ ...order, flow: { step: 'no-such' } }).success).toBe(false);
    expect(targetModelSchema.safeParse({ ...order, flow: { step: 'delivered' } }).success).toBe(false);
  });
});

describe('an order', () => {
  it('that goes as it should fits wholly, with every step in its place', () => {
    expect(went(order, asShould)).toMatchObject({ state: 'succeeded', fitness: 1, deviations: [], startedAt: on(0, 0), endedAt: on(0, 30) });
    expect(went(order, asShould).steps.map(({ step: of }) => of)).toEqual(['proposed', 'asked', 'approved', 'placed', 'accepted', 'shipped', 'delivered']);
    expect(went(order, [at(0, 'order.proposed'), at(1, 'order.approved', 'automation'), ...asShould.slice(3)]).fitness).toBe(1);
  });

  it('with a step missing has one wrong of the eleven that could be: six that happened and the five of the shortest run', () => {
    const found = went(order, without('order.accepted'));
    expect(short(found)).toEqual(['accepted missing']);
    // Worst: 6 touchpoints of which none fits, and the shortest run of 5 steps (covered by a mandate) that is all missing.
    expect(found.fitness).toBeCloseTo(1 - 1 / (6 + 5), 4);
  });

  it('with a step in the wrong place has that once, and not as missing and as too much', () => {
    const found = went(order, [...without('order.accepted'), at(1, 'order.accepted')]);
    expect(short(found)).toEqual(['accepted out-of-order']);
    expect(found.fitness).toBeCloseTo(1 - 2 / (7 + 5), 4);
  });

  it('tells what was repeated and what should not be in it, with what that costs', () => {
    const found = went(order, [...asShould, at(31, 'order.delivered'), at(12, 'order.stuck')]);
    expect(short(found)).toEqual(['stuck unexpected', 'delivered repeated']);
    expect(found.deviations[0]).toMatchObject({ minutes: 15, costMinor: 900, at: on(0, 12) });
    expect(found.fitness).toBeCloseTo(1 - 2 / (9 + 5), 4);
  });

  it('that was late by hours says by how many, and costs half a step', () => {
    const slow = [...without('order.approved', 'order.placed'), at(20, 'order.approved', 'customer'), at(20, 'order.placed')].filter(
      ({ type }) => type !== 'order.accepted',
    );
    const found = went(
      order,
      [...slow, at(21, 'order.accepted')].filter(({ type }) => type !== 'order.shipped'),
    );
    expect(short(found)).toEqual(['approved late']);
    expect(found.deviations[0]?.lateMinutes).toBe(8 * 60);
    expect(found.fitness).toBeCloseTo(1 - 0.5 / (6 + 5), 4);
  });

  it('that is open misses nothing that may still come, and is late once its time is up', () => {
    const begun = asShould.slice(0, 2);
    expect(went(order, begun, 5)).toMatchObject({ state: 'open', fitness: 1, deviations: [] });
    const waiting = went(order, begun, 14);
    expect(short(waiting)).toEqual(['approved late']);
    expect(waiting.deviations[0]).toMatchObject({ lateMinutes: 2 * 60 });
    expect(waiting.deviations[0]?.at).toBeUndefined();
  });

  it('that was declined has failed, and what would have come after is not missing', () => {
    const found = went(order, [...asShould.slice(0, 2), at(1, 'order.declined', 'customer')]);
    expect(found).toMatchObject({ state: 'failed', endedAt: on(0, 1) });
    expect(short(found)).toEqual(['declined unexpected']);
  });

  it('of which nothing more is heard has failed after its time, and then what did not come is missing', () => {
    const found = went(order, asShould.slice(0, 4), 24 * 40);
    expect(found.state).toBe('failed');
    expect(short(found)).toEqual(['accepted missing', 'delivered missing']);
  });

  it('is nothing of a model that it does not begin', () => {
    expect(conform(supportCase, asShould, on(0, 50))).toBeUndefined();
    expect(conform(order, asShould, on(-1))).toBeUndefined();
  });
});

describe('a case', () => {
  const opened = at(0, 'case.opened', 'customer');
  it('that is reopened is open again until it is solved once more', () => {
    const reopened = [opened, at(2, 'case.answered'), at(3, 'case.solved', 'customer'), at(10, 'case.reopened', 'customer')];
    expect(went(supportCase, reopened, 12)).toMatchObject({ state: 'open' });
    const solved = went(supportCase, [...reopened, at(11, 'case.answered'), at(12, 'case.solved', 'customer')], 20);
    expect(solved.state).toBe('succeeded');
    expect(short(solved).sort()).toEqual(['answered repeated', 'reopened unexpected', 'solved repeated']);
  });

  it('may go to and fro', () => {
    const talk = [opened, at(2, 'case.answered'), at(3, 'case.added', 'customer'), at(4, 'case.answered'), at(5, 'case.solved', 'customer')];
    expect(went(supportCase, talk).fitness).toBe(1);
  });

  it('says its deviations in words', () => {
    const [late] = went(supportCase, [opened, at(72, 'case.answered'), at(73, 'case.solved')]).deviations;
    expect(late && deviationInWords(supportCase, late, 'de')).toBe('beantwortet: 2 Tage zu spät');
    expect(late && deviationInWords(supportCase, late, 'en')).toBe('answered: 2 days too late');
  });
});

describe('the beginning of a household', () => {
  it('is read off its first moments, set up in any order', () => {
    const summary = lived(
      step(on(0, 8), 'household.created', { initiator: 'company' }),
      step(on(0, 9), 'shop.linked'),
      step(on(0, 10), 'supply.added'),
      step(on(0, 11), 'device.paired'),
      step(on(0, 12), 'device.confirmed', { initiator: 'device' }),
      // The same step once more, by other touchpoints: what began has begun.
      step(on(1), 'supply.low', { initiator: 'device' }),
      step(on(2), 'supply.low', { initiator: 'automation' }),
      step(on(8), 'order.approved', { initiator: 'automation' }),
      step(on(5), 'order.approved'),
      step(on(6), 'order.delivered', { initiator: 'company' }),
      step(on(9), 'order.delivered', { initiator: 'company' }),
    );
    expect(conform(modelNamed('onboarding'), firstsOf(summary), on(20))).toMatchObject({ state: 'succeeded', fitness: 1, deviations: [] });
    const begun = lived(step(on(0, 8), 'household.created', { initiator: 'company' }));
    expect(conform(modelNamed('first-automatic-order'), firstsOf(begun), on(20))).toMatchObject({ state: 'open', fitness: 1 });
    const late = conform(modelNamed('first-automatic-order'), firstsOf(begun), on(30));
    expect(late?.deviations).toMatchObject([{ kind: 'late', step: 'allowed' }]);
  });
});

const names = ['a', 'b', 'c', 'd'] as const;
const leaf = fc.constantFrom<Block>(...names.map((name) => ({ step: name })));
const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'flow' },
    leaf,
    fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((sequence): Block => ({ sequence })),
    fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((anyOrder): Block => ({ anyOrder })),
    fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((oneOf): Block => ({ oneOf })),
    tie('block').map((optional): Block => ({ optional })),
    tie('block').map((repeat): Block => ({ repeat })),
  ),
}));
/** A run of a flow, chosen by a list of numbers. */
function runOf(flow: Block, choices: readonly number[]): string[] | undefined {
  let rest = flow;
  const run: string[] = [];
  for (const choice of choices) {
    const next = nextOf(rest);
    if (next.length === 0 || (mayEnd(rest) && choice % 4 === 0)) break;
    const chosen = next[choice % next.length];
    if (chosen === undefined) break;
    run.push(chosen.step);
    rest = chosen.rest;
  }
  return mayEnd(rest) ? run : undefined;
}

describe(`any flow and anything that happens (TARGET_SEED=${seed})`, () => {
  it('is aligned without a deviation exactly when it is a run of the flow', () => {
    fc.assert(
      fc.property(block, fc.array(fc.nat(40), { maxLength: 10 }), (flow, choices) => {
        const run = runOf(flow, choices);
        fc.pre(run !== undefined);
        expect(
          align(
            flow,
            run.map((name) => [name]),
            true,
          ).cost,
        ).toBe(0);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('costs no more than to undo everything and to do the shortest run, and every touchpoint is in one move', () => {
    fc.assert(
      fc.property(block, fc.array(fc.constantFrom(...names), { maxLength: 8 }), fc.boolean(), (flow, log, isOver) => {
        const { cost, moves } = align(
          flow,
          log.map((name) => [name]),
          isOver,
        );
        expect(cost).toBeLessThanOrEqual(log.length + (isOver ? align(flow, [], true).cost : 0));
        expect(moves.flatMap((move) => (move.move === 'model' ? [] : [move.index]))).toEqual(log.map((_, index) => index));
        expect(moves.filter(({ move }) => move !== 'both')).toHaveLength(cost);
      }),
      { seed, numRuns: 300 },
    );
  });

  const types = [...order.steps, ...order.unexpected].flatMap(({ match }) => match.map(({ type }) => type));
  const happened = fc.array(fc.tuple(fc.nat(200), fc.constantFrom(...types), fc.constantFrom<Happened['initiator']>('customer', 'automation', 'company')), {
    maxLength: 15,
  });
  it('gives a fitness from 0 to 1 and parses, in whatever order it is given', () => {
    fc.assert(
      fc.property(happened, fc.nat(1_000), (made, hours) => {
        const life = [at(0, 'order.proposed'), ...made.map(([when, type, initiator]) => at(when, type, initiator))];
        const found = conform(order, life, on(0, hours));
        expect(conform(order, life.toReversed(), on(0, hours))).toEqual(found);
        if (found !== undefined) expect(conformanceSchema.parse(found)).toEqual(found);
      }),
      { seed, numRuns: 200 },
    );
  });
});

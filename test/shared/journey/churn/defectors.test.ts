/** Figures for households that neither the model nor its judge has seen: whoever is flagged should really leave, nine times in ten. */
import { describe, expect, it } from 'vitest';
import { binsIn, binsOf } from '../../../../shared/journey/churn/bins.ts';
import { buyingOf } from '../../../../shared/journey/churn/buying.ts';
import { fitModel, modelToBeginWith } from '../../../../shared/journey/churn/fitted-model.ts';
import { outlookOf } from '../../../../shared/journey/churn/outlook.ts';
import { mergeCounters } from '../../../../shared/journey/tally/batch.ts';
import { on } from '../life.ts';
import { householdsLived, type Lived } from './defectors.ts';

const DAY = 250;
const now = on(DAY, 20);
const learnt = mergeCounters(
  householdsLived('learnt', 400, DAY).flatMap(({ summary, home }) => {
    const buying = buyingOf(summary, now, home.silence);
    return buying === undefined ? [] : [binsOf(buying)];
  }),
);
const model = fitModel(binsIn(learnt), modelToBeginWith, now) ?? modelToBeginWith;
const unseen = householdsLived('unseen', 600, DAY);
interface Judged extends Pick<Lived, 'kind'> {
  readonly leaves: number;
  readonly byModel: number;
  readonly left: boolean;
}
const judged: readonly Judged[] = unseen.map(({ kind, summary, home, boughtLater }) => {
  const outlook = outlookOf(summary, home, model, now);
  return { kind, leaves: outlook?.leaves ?? NaN, byModel: 1 - (outlook?.alive ?? NaN), left: !boughtLater };
});

const shareOf = (some: readonly Judged[], is: (one: Judged) => boolean): number => some.filter(is).length / some.length;
/** How often one who left is placed above one who stayed. */
function areaUnder(score: (one: Judged) => number): number {
  const [left, stayed] = [judged.filter((one) => one.left), judged.filter((one) => !one.left)];
  const wins = left.reduce(
    (sum, one) => sum + stayed.reduce((won, other) => won + (score(one) > score(other) ? 1 : score(one) === score(other) ? 0.5 : 0), 0),
    0,
  );
  return wins / left.length / stayed.length;
}

describe('households that left, among six hundred that were never seen', () => {
  const flagged = judged.filter(({ leaves }) => leaves >= 0.5);

  it('are nine in ten of those who are flagged, and most of those whose devices go on', () => {
    expect(shareOf(flagged, ({ left }) => left)).toBeGreaterThanOrEqual(0.9);
    expect(
      shareOf(
        judged.filter(({ kind }) => kind === 'defects'),
        ({ leaves }) => leaves >= 0.5,
      ),
    ).toBeGreaterThan(0.7);
  });

  it('are told apart far better with their devices than by their orders alone', () => {
    expect(areaUnder(({ leaves }) => leaves)).toBeGreaterThan(0.93);
    expect(areaUnder(({ leaves }) => leaves)).toBeGreaterThan(areaUnder(({ byModel }) => byModel) + 0.08);
  });

  it('are about as many as foretold: the forecasts are nearer to what happened than knowing how many leave', () => {
    const brier = (score: (one: Judged) => number): number => judged.reduce((sum, one) => sum + (score(one) - Number(one.left)) ** 2, 0) / judged.length;
    const base = shareOf(judged, ({ left }) => left);
    expect(brier(({ leaves }) => leaves)).toBeLessThan(0.6 * brier(() => base));
    expect(
      shareOf(
        judged.filter(({ leaves }) => leaves < 0.1),
        ({ left }) => left,
      ),
    ).toBeLessThan(0.1);
    expect(
      shareOf(
        judged.filter(({ leaves }) => leaves > 0.9),
        ({ left }) => left,
      ),
    ).toBeGreaterThan(0.9);
  });

  it('are not those on holiday or without a connection', () => {
    for (const kind of ['loyal', 'mixed', 'holiday', 'disconnected', 'slow'] as const)
      expect(
        shareOf(
          judged.filter((one) => one.kind === kind),
          ({ leaves }) => leaves >= 0.5,
        ),
      ).toBeLessThan(0.06);
  });
});

describe('a model fitted to counters', () => {
  it('finds how evenly devices buy, and rests on all households', () => {
    expect(model).toMatchObject({ version: 1, model: 'cnbdk', households: 400 });
    expect(model.k).toBeGreaterThan(4);
  });

  it('waits for enough of them', () => {
    expect(fitModel(binsIn({ 'now|buys|3|10|n2': 60 }), modelToBeginWith, now)).toBeUndefined();
  });
});

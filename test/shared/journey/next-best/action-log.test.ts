import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closeOver,
  contributionOfActions,
  noActionsYet,
  noteAsked,
  noteChoice,
  noteShown,
  noteTapped,
  tellableOf,
  withTaken,
  type ActionLog,
} from '../../../../shared/journey/next-best/action-log.ts';
import { actionResultsIn } from '../../../../shared/journey/next-best/action-result.ts';
import { candidateOf } from '../../../../shared/journey/next-best/candidates.ts';
import { chooseNextBest } from '../../../../shared/journey/next-best/choose.ts';
import { suggestedFor } from '../../../../shared/journey/next-best/suggest.ts';
import { freeze, mergeCounters } from '../../../../shared/journey/tally/batch.ts';
import type { Outcome } from '../../../../shared/values.ts';
import { anna, on, step, tracesOf } from '../life.ts';
import { byHand, home } from './homes.ts';

const mandate = candidateOf('offer-mandate') ?? expect.fail('expected a candidate');
const choice = chooseNextBest(home(byHand), { 'nba|offer-mandate|low|shown': 900, 'nba|offer-mandate|low|taken': 890 }, [mandate]);
const stateOf = <State>(outcome: Outcome<State, unknown>): State => (outcome.kind === 'changed' ? outcome.state : expect.fail(outcome.reason));
const chosen = (arm: 'treated' | 'control', log = noActionsYet(anna)) => noteChoice(log, { choice, cell: 'low', owns: ['bread', 'milk'], arm }, on(34));
const open = stateOf(chosen('treated'));
const [entry] = open.entries;
const actionId = entry?.actionId ?? expect.fail('expected an entry');
const granted = tracesOf([step(on(36), 'mandate.granted'), step(on(40), 'mandate.granted'), step(on(33), 'mandate.granted')]);
const sum = (log: ActionLog) => mergeCounters(contributionOfActions(log).map(({ counters }) => counters));

describe('a recommendation', () => {
  it('is said once, and to nobody who is left alone', () => {
    const first = chosen('treated');
    expect(first).toMatchObject({ events: [{ type: 'action.recommended', data: { action: 'offer-mandate', actionId } }] });
    expect(chosen('treated', open)).toEqual({ kind: 'ignored', reason: 'chosen-already' });
    expect(chosen('control')).toMatchObject({ events: [], state: { entries: [{ arm: 'control' }] } });
  });

  it('is closed by what it was for, whatever comes first and however often', () => {
    const all = Object.entries(granted);
    const shownAt = on(35);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...all, ...all, ['shown', undefined] as const, ['shown', undefined] as const], { minLength: 2 * all.length + 2 }),
        (order) => {
          const after = order.reduce((log, [id, trace]) => {
            if (trace !== undefined) return withTaken(log, { [id]: trace }) ?? log;
            const shown = noteShown(log, actionId, 'tv', shownAt);
            return shown.kind === 'changed' ? shown.state : log;
          }, open);
          expect(after.entries).toMatchObject([{ takenAt: on(36), shownAt, channel: 'tv' }]);
        },
      ),
    );
  });

  it('is one a day and one at a time, whoever asks for it, and taken up or not', () => {
    const { best = expect.fail('expected a best') } = choice;
    const asked = (log: ActionLog, day: number, from = 'b') =>
      noteAsked(log, { best, cell: 'low', arm: 'treated', actionId: `act_${from.repeat(32)}`, because: 'a path says so' }, on(day));
    const done = withTaken(open, granted) ?? expect.fail('expected it to be taken');
    expect([asked(open, 34), asked(open, 36), asked({ ...done, entries: done.entries.map((one) => ({ ...one, takenAt: on(34) })) }, 34)]).toEqual(
      [1, 2, 3].map(() => ({ kind: 'rejected', reason: 'open-already' })),
    );
    const second = stateOf(asked(done, 37));
    expect(second.entries).toHaveLength(2);
    expect(asked(second, 37)).toEqual({ kind: 'ignored', reason: 'noted' });
    expect(noteChoice(second, { choice, cell: 'low', owns: [], arm: 'treated' }, on(37))).toMatchObject({ kind: 'ignored' });
  });

  it('tells shown, opened and taken up apart, in whatever order they are heard', () => {
    const shown = (log: ActionLog) => stateOf(noteShown(log, actionId, 'app', on(35)));
    const tapped = (log: ActionLog) => stateOf(noteTapped(log, actionId, on(36)));
    const [one, other] = [tapped(shown(open)), shown(tapped(open))];
    expect(one).toEqual(other);
    expect(sum(one)).toMatchObject({ 'act|offer-mandate|shown': 1, 'act|offer-mandate|tapped': 1 });
    expect(sum(one)['act|offer-mandate|treated|taken']).toBeUndefined();
    expect(noteTapped(one, actionId, on(37)).kind).toBe('ignored');
  });

  it('passes after a fortnight, and what comes late is still found', () => {
    const over = closeOver(open, on(50));
    expect(over.entries).toMatchObject([{ closed: true }]);
    expect(withTaken(over, granted)?.entries[0]).toMatchObject({ takenAt: on(36) });
    expect(withTaken(over, granted)?.entries[0]?.closed).toBeUndefined();
    expect(withTaken(open, tracesOf([step(on(49), 'mandate.granted')]))).toBeUndefined();
  });

  it('teaches only when it was seen and is over', () => {
    expect(sum(open)['nba|offer-mandate|low|shown']).toBeUndefined();
    const shown = stateOf(noteShown(open, actionId, 'app', on(35)));
    expect(sum(shown)['nba|offer-mandate|low|shown']).toBeUndefined();
    expect(sum(closeOver(shown, on(50)))).toMatchObject({ 'nba|offer-mandate|low|shown': 1, 'act|offer-mandate|treated|over': 1 });
    expect(sum(closeOver(shown, on(50)))['nba|offer-mandate|low|taken']).toBeUndefined();
    expect(sum(withTaken(shown, granted) ?? shown)).toMatchObject({
      'nba|offer-mandate|low|taken': 1,
      'act|offer-mandate|treated|taken': 1,
      'act|offer-mandate|minor': (entry?.household ?? 0) + (entry?.company ?? 0),
    });
    const control = stateOf(chosen('control'));
    expect(Object.keys(sum(withTaken(control, granted) ?? control)).filter((name) => name.startsWith('nba|'))).toEqual([]);
  });

  it('counted again is counted once', () => {
    const shown = stateOf(noteShown(open, actionId, 'app', on(35)));
    const contributions = contributionOfActions(shown);
    const first = freeze({ batch: 0 }, { anna: contributions }, {});
    expect(freeze({ batch: 1 }, { anna: contributions }, { anna: { batch: 1, contributions: first?.counted['anna'] ?? [] } })).toBeUndefined();
  });
});

describe('what actions have come to', () => {
  it('is their lift over the tenth that is left alone, once there are enough', () => {
    const [result] = actionResultsIn({
      ...{ 'act|x|recommended': 220, 'act|x|shown': 150, 'act|x|treated|over': 200, 'act|x|treated|taken': 60, 'act|x|minor': 9_000 },
      ...{ 'act|x|withheld': 45, 'act|x|control|over': 40, 'act|x|control|taken': 4 },
    });
    expect(result).toMatchObject({ action: 'x', recommended: 220, shown: 150, worthMinor: 9_000, isEnough: true });
    expect(result?.lift?.value).toBeCloseTo(0.2, 9);
    expect(result?.lift?.low).toBeGreaterThan(0);
    expect(actionResultsIn({ 'act|x|recommended': 3 })).toMatchObject([{ isEnough: false, taken: 0 }]);
    expect(actionResultsIn({ 'act|x|recommended': 3 })[0]?.lift).toBeUndefined();
  });
});

describe('what others have', () => {
  it('is told of from five households on, without what is nobody’s business', () => {
    const counters = { owns: 30, 'owns|milk': 20, 'owns|coffee': 12, 'owns|figs': 4, 'owns|coffee|milk': 9, 'owns|tea': 13, 'owns|milk|tea': 4 };
    expect(suggestedFor(['milk'], counters)).toEqual([
      { category: 'tea', households: 13 },
      { category: 'coffee', have: 'milk', households: 9 },
    ]);
    expect(tellableOf(['milk', 'medicine', undefined, 'wine', 'milk', 'bread'])).toEqual(['bread', 'milk']);
  });
});

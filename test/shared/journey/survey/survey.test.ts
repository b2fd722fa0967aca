import { describe, expect, it } from 'vitest';
import { answerSurvey, askAfter, openSurvey, surveysSchema, type Lived, type Surveys } from '../../../../shared/journey/survey/survey.ts';
import { caseIdSchema, duration, householdIdSchema, instantOf, memberIdSchema, millisOf, orderIdSchema, surveyIdSchema } from '../../../../shared/values.ts';
import { START } from '../../supply/milk.ts';

const householdId = householdIdSchema.parse('hh_anna');
const memberId = memberIdSchema.parse('mem_anna');
const onDay = (days: number) => instantOf(millisOf(START) + duration(days, 'days'));
const delivered = (order: string, day: number, isAutomatic = false): Lived => ({
  ...{ step: 'order-delivered', householdId, orderId: orderIdSchema.parse(`ord_${order}`), isAutomatic, at: onDay(day) },
});
const solved = (day: number): Lived => ({ step: 'case-solved', householdId, caseId: caseIdSchema.parse('case_1'), at: onDay(day) });

/** Lives through steps one after the other, each heard at once, and answers what was asked where told to. */
function after(steps: readonly Lived[], { answers = true, hasOpenCase = false } = {}): { surveys: Surveys | undefined; kinds: string[] } {
  let surveys: Surveys | undefined;
  for (const step of steps) {
    const asked = askAfter(surveys, step, { hasOpenCase, now: step.at });
    if (asked.kind === 'changed') surveys = surveysSchema.parse(asked.state);
    const open = openSurvey(surveys, { hasOpenCase: false, now: step.at });
    const answer = answers && open !== undefined ? answerSurvey(surveys, { surveyId: open.surveyId, memberId, score: 5 }, step.at) : undefined;
    if (answer?.kind === 'changed') surveys = surveysSchema.parse(answer.state);
  }
  return { surveys, kinds: (surveys?.asked ?? []).map(({ kind }) => kind) };
}

describe('a household is asked', () => {
  it('how content it is after a delivery, and how easy it was after a solved problem', () => {
    expect(after([delivered('a', 0)]).kinds).toEqual(['csat']);
    expect(after([solved(0)]).kinds).toEqual(['ces']);
  });

  it('whether it recommends us after the third order that came by itself, and then at most twice a year', () => {
    const orders = Array.from({ length: 30 }, (_, index) => delivered(String(index), index * 15, true));
    const { surveys, kinds } = after(orders);
    expect(kinds.slice(0, 4)).toEqual(['csat', 'csat', 'nps', 'csat']);
    const recommended = (surveys?.asked ?? []).filter(({ kind }) => kind === 'nps').map(({ askedAt }) => (millisOf(askedAt) - millisOf(START)) / 86_400_000);
    expect(recommended).toEqual([30, 225, 420]);
  });

  it('not for a recommendation by orders that it had to approve itself', () => {
    expect(after(Array.from({ length: 6 }, (_, index) => delivered(String(index), index * 15))).kinds).not.toContain('nps');
  });

  it('at most once in fourteen days, once for the same step, and never while something is being mended', () => {
    expect(after([delivered('a', 0), delivered('b', 13.9), solved(13.95)]).kinds).toEqual(['csat']);
    expect(after([delivered('a', 0), delivered('b', 14)]).kinds).toEqual(['csat', 'csat']);
    expect(after([delivered('a', 0), { ...delivered('a', 0), at: onDay(20) }]).kinds).toEqual(['csat']);
    expect(after([delivered('a', 0)], { hasOpenCase: true }).kinds).toEqual([]);
  });

  it('not about what is long past', () => {
    expect(askAfter(undefined, delivered('a', 0), { hasOpenCase: false, now: onDay(3.1) })).toMatchObject({ kind: 'ignored' });
  });

  it('seldom where nobody looked twice', () => {
    const steps = [delivered('a', 0), delivered('b', 20), delivered('c', 40), delivered('d', 109), delivered('e', 111)];
    const { surveys } = after(steps, { answers: false });
    expect((surveys?.asked ?? []).map(({ orderId }) => orderId)).toEqual(['ord_a', 'ord_b', 'ord_e']);
  });
});

describe('an answer', () => {
  const { surveys } = after([delivered('a', 0)], { answers: false });
  const surveyId = surveys?.asked[0]?.surveyId ?? surveyIdSchema.parse('svy_none');

  it('is told once with what it is about, and the first one counts', () => {
    const first = answerSurvey(surveys, { surveyId, memberId, score: 4 }, onDay(1));
    if (first.kind !== 'changed') throw new Error('expected an answer');
    expect(first.events).toEqual([{ type: 'survey.answered', data: { householdId, surveyId, kind: 'csat', orderId: 'ord_a', memberId, score: 4 } }]);
    for (const again of [{ score: 4 }, { score: 1 }, {}])
      expect(answerSurvey(first.state, { surveyId, memberId, ...again }, onDay(2))).toEqual({ kind: 'ignored', reason: 'answered-already' });
  });

  it('may be rather not', () => {
    expect(answerSurvey(surveys, { surveyId, memberId }, onDay(1))).toMatchObject({ events: [{ type: 'survey.skipped', data: { kind: 'csat' } }] });
  });

  it('is refused beside the scale and after a week, when it is shown no more', () => {
    expect(answerSurvey(surveys, { surveyId, memberId, score: 0 }, onDay(1))).toEqual({ kind: 'rejected', reason: 'not-on-the-scale' });
    expect(openSurvey(surveys, { hasOpenCase: false, now: onDay(6.9) })).toMatchObject({ surveyId });
    expect(openSurvey(surveys, { hasOpenCase: true, now: onDay(1) })).toBeUndefined();
    expect(openSurvey(surveys, { hasOpenCase: false, now: onDay(7) })).toBeUndefined();
    expect(answerSurvey(surveys, { surveyId, memberId, score: 3 }, onDay(7))).toEqual({ kind: 'rejected', reason: 'too-late' });
  });
});

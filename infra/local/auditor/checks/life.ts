/** What was told of people from outside is stored once, where it belongs, and nothing else is; what they answered is what we say that they answered. */
import { surveysSchema } from '../../../../shared/journey/survey/survey.ts';
import { SOURCES } from '../../run/seed-company.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

export function toldStoredOnce({ life: { sent }, touchpoints, now }: Facts): Finding[] {
  const sources = new Set(SOURCES);
  const nameOf = (source: string, messageId: string): string => `${source}/${messageId}`;
  const stored = new Map(touchpoints.filter(({ state }) => sources.has(state.source)).map(({ key, state }) => [nameOf(state.source, state.messageId), key]));
  const known = new Set(sent.map(({ source, messageId }) => nameOf(source, messageId)));
  return [
    ...sent.flatMap(({ source, messageId, at, taken, node }): Finding[] => {
      const subject = nameOf(source, messageId);
      const [place] = (stored.get(subject) ?? '').split('/TP#');
      if (place === '' || place === undefined)
        return taken ? [{ rule: 'touchpoint-lost', subject, at, expected: `one touchpoint of ${source}`, actual: 'none in the journey' }] : [];
      const isThere = node === undefined || (node.endsWith(':') ? place.startsWith(node) : place === node);
      return isThere ? [] : [{ rule: 'touchpoint-misplaced', subject, at, expected: node, actual: place }];
    }),
    ...[...stored.keys()]
      .filter((subject) => !known.has(subject))
      .map((subject) => ({ rule: 'touchpoint-invented', subject, at: now, expected: 'only what somebody sent', actual: 'nobody sent it' })),
  ];
}

/** What was said to the survey tool is what stands, and whom the company answered has its answer. */
export function wordsKept({ life: { panel, answered, sent }, touchpoints }: Facts): Finding[] {
  const taken = new Set(sent.filter((one) => one.taken).map(({ messageId }) => messageId));
  const scores = new Map(touchpoints.map(({ state }) => [state.messageId, state.properties?.['score']]));
  const answeredCases = new Set(
    touchpoints.flatMap(({ state }) => (state.type === 'case.answered' && state.caseId !== undefined ? [String(state.caseId)] : [])),
  );
  return [
    ...panel
      .filter(({ answerId, score }) => taken.has(`survey-${answerId}`) && scores.get(`survey-${answerId}`) !== score)
      .map(({ answerId, at, score }) => ({
        ...{ rule: 'answer-lost', subject: answerId, at, expected: String(score), actual: String(scores.get(`survey-${answerId}`) ?? 'no answer') },
      })),
    ...answered
      .filter(({ caseId, status }) => status === 200 && !answeredCases.has(caseId))
      .map(({ caseId, at }) => ({ rule: 'answer-lost', subject: caseId, at, expected: 'the company’s answer', actual: 'none in the journey' })),
  ];
}

export function answersAsGiven({ life: { surveys }, items, touchpoints }: Facts): Finding[] {
  const ours = new Map(
    items
      .filter(({ key }) => key.endsWith('/SURVEYS'))
      .flatMap(({ state }) => surveysSchema.parse(state).asked.map((survey) => [String(survey.surveyId), survey] as const)),
  );
  const asGiven = surveys.flatMap(({ surveyId, at, answer, taken }): Finding[] => {
    const survey = ours.get(surveyId);
    const said = survey?.status === 'answered' ? survey.score : survey?.status === 'skipped' ? 'skip' : undefined;
    if (said === answer || (!taken && said === undefined)) return [];
    return [{ rule: 'answer-lost', subject: surveyId, at, expected: String(answer), actual: said === undefined ? 'no answer' : String(said) }];
  });
  const told = touchpoints.filter(({ state: { source, type } }) => source === 'events' && (type === 'survey.answered' || type === 'survey.skipped'));
  const ended = [...ours.values()].filter(({ status }) => status !== 'open').length;
  if (told.length === ended) return asGiven;
  const at = told[0]?.state.receivedAt ?? surveys[0]?.at;
  if (at === undefined) return asGiven;
  return [...asGiven, { rule: 'answers-in-journey', subject: 'surveys', at, expected: `${ended} touchpoints of answers`, actual: String(told.length) }];
}

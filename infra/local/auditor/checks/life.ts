/** What people's browsers sent is stored once and nothing else is; what they answered is what we say that they answered. */
import { surveysSchema } from '../../../../shared/journey/survey/survey.ts';
import { WEBSITE } from '../../run/seed-website.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

export function visitsStoredOnce({ life: { sent }, touchpoints, now }: Facts): Finding[] {
  const stored = new Set(touchpoints.flatMap(({ state }) => (state.source === WEBSITE ? [state.messageId] : [])));
  const known = new Set(sent.map(({ messageId }) => messageId));
  const expected = `one touchpoint of ${WEBSITE}`;
  return [
    ...sent
      .filter(({ messageId, taken }) => taken && !stored.has(messageId))
      .map(({ messageId, at }) => ({ rule: 'touchpoint-lost', subject: messageId, at, expected, actual: 'none in the journey' })),
    ...[...stored]
      .filter((messageId) => !known.has(messageId))
      .map((messageId) => ({ rule: 'touchpoint-invented', subject: messageId, at: now, expected: 'only what a browser sent', actual: 'nobody sent it' })),
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

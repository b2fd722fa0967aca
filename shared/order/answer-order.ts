/** One answer of a shop: whether it may be said of this order, what is new in it, and what the household's rules answer to what it asks. */
import type { EventOf } from '../events.ts';
import { addDuration, duration, rejected, type Decision, type Instant, type MessageId, type SupplyId } from '../values.ts';
import { foldAnswers } from './fold-answers.ts';
import type { Folded } from './folded.ts';
import { newsOf, STANDING } from './order-news.ts';
import type { Order, SentOrder } from './order-state.ts';
import type { Progress } from './progress.ts';
import { questionsOf, type Question } from './questions.ts';
import { ANSWERS_MAX, answerProblem, type Answer } from './response.ts';
import { judgedByRules, type SubstitutionRules } from './substitution-rules.ts';
import { acceptedIn, lineIndexOf, questionHash, questionProblem, SUBSTITUTIONS_MAX } from './substitution.ts';

/** What the household has ruled, for each of the order's items, and what is known to be in what the shop offers. */
export interface AnswerRules {
  readonly bySupply: Readonly<Record<SupplyId, SubstitutionRules>>;
  readonly contains: Readonly<Record<string, readonly string[]>>;
}

export interface AnswerCommand {
  readonly type: 'answer';
  readonly messageId: MessageId;
  readonly answer: Answer;
  readonly receivedAt: Instant;
  /** Absent: nothing is decided at once. */
  readonly rules?: AnswerRules | undefined;
}

export const isSent = (order: Order): order is SentOrder => 'placement' in order;

const endsOrder = (answer: Answer): boolean =>
  answer.type === 'order.cancelled' || (answer.type === 'payment.declined' && answer.data.retryBefore === undefined);

/** We ended it because the shop said that it did not know the order and never would: no answer of its own cancelled it. */
export const hasLapsed = (order: SentOrder): boolean => order.status === 'cancelled' && !Object.values(order.answers).some(({ answer }) => endsOrder(answer));

/**
 * Decides about one answer. No events means that it is noted and changes nothing that was said.
 * Rejected: not-placed, foreign-order, lapsed, too-many-answers, above-quote, foreign-gtin, more-than-ordered, lines-above-total,
 * added-not-agreed, substitute-is-ordered, substitute-for-another-line, unit-differs, too-many-questions, answer-before-too-late.
 */
export function decideAnswer(order: Order, command: AnswerCommand): Decision<EventOf<'order'>> {
  const { messageId, answer } = command;
  if (answer.data.orderId !== order.orderId) return rejected('foreign-order');
  if (!isSent(order)) return rejected('not-placed');
  if (order.answers[messageId]) return { kind: 'ignored', reason: 'already-answered' };
  if (hasLapsed(order)) return rejected('lapsed');
  if (Object.keys(order.answers).length >= ANSWERS_MAX) return rejected('too-many-answers');
  const { quote, substitutions = [] } = order;
  const questions = questionsOf(quote, answer);
  const problem = answerProblem(quote, answer, substitutions) ?? unanswerable(order, questions, command);
  if (problem !== undefined) return rejected(problem);
  const asked = questions.flatMap((question) => questionTold(order, question, command));
  // What rules allow at once counts already in what this answer comes to.
  const agreed = [...substitutions, ...asked.flatMap(({ agreed: one }) => (one === undefined ? [] : [one]))];
  const folded = foldAnswers(quote, withAnswer(order, command).answers, agreed);
  const news = newsOf(order, folded);
  const placed = news.filter(({ type }) => type === 'order.placed');
  const rest = news.filter(({ type }) => type !== 'order.placed');
  return {
    kind: 'events',
    events: [...placed, ...asked.flatMap(({ events }) => events), ...rest, ...refusalTold(order, answer), ...revivalTold(order, folded)],
  };
}

/** A shop that lets people think for longer can wait until it has the goods. */
const QUESTION_LASTS_MAX = duration(7, 'days');

function unanswerable(order: SentOrder, questions: readonly Question[], command: AnswerCommand): string | undefined {
  const known = order.substitutions ?? [];
  const isNew = ({ questionId }: Question) => !known.some((one) => one.questionId === questionId);
  if (questions.filter(isNew).length + known.length > SUBSTITUTIONS_MAX) return 'too-many-questions';
  for (const question of questions) {
    if (question.answerBefore > addDuration(command.receivedAt, QUESTION_LASTS_MAX)) return 'answer-before-too-late';
    const problem = questionProblem(order.quote, question, known);
    if (problem !== undefined) return problem;
    if (question.isAdded && isNew(question) && !mayBeAdded(order, question, command)) return 'added-not-agreed';
  }
  return undefined;
}

/** What nobody ordered comes only where rules say yes at once, to one thing beside a line, while something is still to come. */
const mayBeAdded = (order: SentOrder, question: Question, { rules }: AnswerCommand): boolean =>
  isUndecided(order) && !acceptedIn(order.substitutions ?? []).some(({ gtin }) => gtin === question.gtin) && judged(order, question, rules) === 'yes';

const isUndecided = ({ status }: SentOrder): boolean => ['unanswered', 'accepted'].includes(STANDING[status]);

function judged(order: SentOrder, question: Question, rules: AnswerRules | undefined): 'yes' | 'no' | 'ask' {
  const { quote, approval } = order;
  const supplyId = quote.lineItems[lineIndexOf(quote, question.gtin) ?? -1]?.supplyId;
  const own = supplyId && rules?.bySupply[supplyId];
  if (own === undefined) return 'ask';
  const verdict = judgedByRules({ question, quote, boughtBy: approval.by.kind }, { ...own, contains: rules?.contains[question.offered.gtin] });
  const isTaken = acceptedIn(order.substitutions ?? []).some(({ gtin }) => gtin === question.gtin);
  return verdict === 'yes' && isTaken ? 'no' : verdict;
}

interface Told {
  readonly events: EventOf<'order'>[];
  /** As the order will keep it once the facts are told. */
  readonly agreed?: NonNullable<SentOrder['substitutions']>[number];
}

/** Asked once, while there is something to decide; a question that comes after the parcel has left, or too late to be answered, is only noted. */
function questionTold(order: SentOrder, question: Question, { receivedAt, rules }: AnswerCommand): Told[] {
  const { isAdded, ...asked } = question;
  const line = order.quote.lineItems[lineIndexOf(order.quote, asked.gtin) ?? -1];
  const isKnown = order.substitutions?.some(({ questionId }) => questionId === asked.questionId) === true;
  if (line === undefined || isKnown || !isUndecided(order) || (!isAdded && asked.answerBefore <= receivedAt)) return [];
  const { householdId, orderId, retailerId, quote } = order;
  const about = { householdId, orderId, retailerId };
  const hash = questionHash(orderId, quote, asked);
  const { supplyId } = line;
  const offered: EventOf<'order'> = { type: 'order.substitution-offered', data: { ...about, supplyId, ...asked, hash } };
  const verdict = judged(order, question, rules);
  if (verdict === 'ask') return [{ events: [offered] }];
  const accepted = verdict === 'yes';
  const by = { kind: 'rule' } as const;
  const answered: EventOf<'order'> = { type: 'order.substitution-answered', data: { ...about, questionId: asked.questionId, accepted, by } };
  return [{ events: [offered, answered], agreed: { ...asked, supplyId, hash, askedAt: receivedAt, answer: { accepted, by, at: receivedAt } } }];
}

function refusalTold(order: SentOrder, answer: Answer): EventOf<'order'>[] {
  if (answer.type !== 'order.cancel-refused' || order.cancelRequest === undefined || order.cancelRequest.refused !== undefined) return [];
  const { householdId, orderId, retailerId, status } = order;
  return status === 'cancelled' || status === 'rejected'
    ? []
    : [{ type: 'order.cancel-refused', data: { householdId, orderId, retailerId, reason: answer.data.reason } }];
}

/** Once for each step further: the household hears of it, and the shop gets a cancel (retailer/order-messages.ts). */
function revivalTold(order: SentOrder, { takenAfterRefusal: as }: Folded): EventOf<'order'>[] {
  const { householdId, orderId, retailerId } = order;
  const before = foldAnswers(order.quote, order.answers, order.substitutions);
  return as === undefined || as === before.takenAfterRefusal ? [] : [{ type: 'order.taken-after-refusal', data: { householdId, orderId, retailerId, as } }];
}

/** The order with the answer beside the others and the progress that all of them come to; facts are applied separately. */
export function noteAnswer<Sent extends SentOrder>(order: Sent, command: AnswerCommand): Sent {
  const noted = withAnswer(order, command);
  return refolded(noted);
}

/** The progress that all answers come to, with what has been agreed to by now. */
export const refolded = <Sent extends SentOrder>(order: Sent): Sent => ({
  ...order,
  progress: progressOf(foldAnswers(order.quote, order.answers, order.substitutions)),
});

const withAnswer = <Sent extends SentOrder>(order: Sent, { messageId, answer, receivedAt }: AnswerCommand): Sent => ({
  ...order,
  answers: { ...order.answers, [messageId]: { answer, receivedAt } },
});

export const progressOf = (folded: Folded): Progress => {
  const { lines, deliveryAt, tracking, deliveredAt, partAt, total, lots, returnedAt, refunded, payment, problems } = folded;
  return {
    lines: [...lines],
    ...(deliveryAt !== undefined && { deliveryAt }),
    ...(tracking !== undefined && { tracking }),
    ...(deliveredAt !== undefined && { deliveredAt }),
    ...(partAt !== undefined && { partAt }),
    ...(total !== undefined && { total }),
    ...(lots && { lots: [...lots] }),
    ...(returnedAt !== undefined && { returnedAt }),
    ...(refunded && { refunded: { ...refunded, lines: [...refunded.lines] } }),
    ...(payment && { payment }),
    problems: problems.slice(0, PROBLEMS_MAX),
  };
};
const PROBLEMS_MAX = 40;

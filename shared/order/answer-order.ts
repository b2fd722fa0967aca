/** What is new in a shop's answer: the difference between what the order has said so far and what all answers now come to. */
import type { LineItem } from '../event-parts.ts';
import type { EventData, EventOf } from '../events.ts';
import { addDuration, duration, euros, rejected, unreachable, type Decision, type Instant, type MessageId } from '../values.ts';
import type { Order, OrderStatus, Progress, SentOrder } from './order-state.ts';
import { ANSWERS_MAX, answerProblem, foldAnswers, linesAsOrdered, type Answer, type Folded, type LineProgress, type Standing } from './response.ts';
import { lineIndexOf, questionHash, questionProblem } from './substitution.ts';

export interface AnswerCommand {
  readonly type: 'answer';
  readonly messageId: MessageId;
  readonly answer: Answer;
  readonly receivedAt: Instant;
}

const STANDING: Record<SentOrder['status'], Standing> = {
  placing: 'unanswered',
  placed: 'unanswered',
  accepted: 'accepted',
  shipped: 'shipped',
  delivered: 'delivered',
  rejected: 'rejected',
  cancelled: 'cancelled',
} satisfies Partial<Record<OrderStatus, Standing>>;

export const isSent = (order: Order): order is SentOrder => 'placement' in order;

/** We ended it because the shop said that it did not know the order and never would: no answer of its own cancelled it. */
export const hasLapsed = (order: SentOrder): boolean =>
  order.status === 'cancelled' && !Object.values(order.answers).some(({ answer }) => answer.type === 'order.cancelled');

/**
 * Decides about one answer. No events means that it is noted and changes nothing that was said.
 * Rejected: not-placed, foreign-order, lapsed, too-many-answers, above-quote, foreign-gtin, more-than-ordered.
 */
export function decideAnswer(order: Order, command: AnswerCommand): Decision<EventOf<'order'>> {
  const { messageId, answer } = command;
  if (answer.data.orderId !== order.orderId) return rejected('foreign-order');
  if (!isSent(order)) return rejected('not-placed');
  if (order.answers[messageId]) return { kind: 'ignored', reason: 'already-answered' };
  if (hasLapsed(order)) return rejected('lapsed');
  if (Object.keys(order.answers).length >= ANSWERS_MAX) return rejected('too-many-answers');
  const { quote, substitutions = [] } = order;
  const problem =
    answerProblem(quote, answer, substitutions) ?? (answer.type === 'order.substitution-offered' ? unanswerable(order, answer, command) : undefined);
  if (problem !== undefined) return rejected(problem);
  const news = newsOf(order, foldAnswers(quote, withAnswer(order, command).answers, substitutions));
  return { kind: 'events', events: [...news, ...refusalTold(order, answer), ...questionTold(order, answer, command.receivedAt)] };
}

type Question = Extract<Answer, { type: 'order.substitution-offered' }>;
/** A shop that lets people think for longer can wait until it has the goods. */
const QUESTION_LASTS_MAX = duration(7, 'days');

const askedBy = ({ data: { questionId, gtin, offered, quantity, answerBefore } }: Question) => {
  const { unitPriceMinor, ...product } = offered;
  return { questionId, gtin, offered: { ...product, unitPrice: euros(unitPriceMinor) }, quantity, answerBefore };
};

function unanswerable(order: SentOrder, question: Question, { receivedAt }: AnswerCommand): string | undefined {
  if (question.data.answerBefore > addDuration(receivedAt, QUESTION_LASTS_MAX)) return 'answer-before-too-late';
  return questionProblem(order.quote, askedBy(question), order.substitutions ?? []);
}

/** Asked once, while there is something to decide; a question that comes after the parcel has left, or too late to be answered, is only noted. */
function questionTold(order: SentOrder, answer: Answer, now: Instant): EventOf<'order'>[] {
  if (answer.type !== 'order.substitution-offered' || !['unanswered', 'accepted'].includes(STANDING[order.status])) return [];
  const asked = askedBy(answer);
  const line = order.quote.lineItems[lineIndexOf(order.quote, asked.gtin) ?? -1];
  const isKnown = order.substitutions?.some(({ questionId }) => questionId === asked.questionId) === true;
  if (line === undefined || isKnown || asked.answerBefore <= now) return [];
  const { householdId, orderId, retailerId, quote } = order;
  const hash = questionHash(orderId, quote, asked);
  return [{ type: 'order.substitution-offered', data: { householdId, orderId, retailerId, supplyId: line.supplyId, ...asked, hash } }];
}

function refusalTold(order: SentOrder, answer: Answer): EventOf<'order'>[] {
  if (answer.type !== 'order.cancel-refused' || order.cancelRequest === undefined || order.cancelRequest.refused !== undefined) return [];
  const { householdId, orderId, retailerId, status } = order;
  return status === 'cancelled' || status === 'rejected'
    ? []
    : [{ type: 'order.cancel-refused', data: { householdId, orderId, retailerId, reason: answer.data.reason } }];
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

export const progressOf = ({ lines, deliveryAt, tracking, deliveredAt, total, problems }: Folded): Progress => ({
  lines: [...lines],
  ...(deliveryAt !== undefined && { deliveryAt }),
  ...(tracking !== undefined && { tracking }),
  ...(deliveredAt !== undefined && { deliveredAt }),
  ...(total !== undefined && { total }),
  problems: [...problems],
});

function newsOf(order: SentOrder, folded: Folded): EventOf<'order'>[] {
  const before = STANDING[order.status];
  const about = { householdId: order.householdId, orderId: order.orderId, retailerId: order.retailerId };
  // Whoever answers has the order, even if our own call has not come back yet.
  const placed: EventOf<'order'>[] = order.status === 'placing' ? [{ type: 'order.placed', data: { ...about, messageId: order.placement.messageId } }] : [];
  const live = folded.standing === 'accepted' || folded.standing === 'shipped';
  const said = before === 'rejected' || before === 'cancelled' ? linesAsOrdered(order.quote) : order.progress.lines;
  const changed: EventOf<'order'>[] =
    live &&
    folded.lines.some(
      ({ current, substitute }, index) => current !== said[index]?.current || packsInstead(said[index], 'current') !== (substitute?.current ?? 0),
    )
      ? [{ type: 'order.changed', data: { ...about, lines: linesTold(order, folded.lines, 'current'), reason: folded.changeReason ?? 'changed by the shop' } }]
      : [];
  // A change of a whole order accepts the rest of it: saying both would say one thing twice.
  const impliedByChange = changed.length > 0 && folded.standing === 'accepted';
  const moved = impliedByChange || (folded.standing === before && !deliveredOtherwise(order, folded)) ? [] : standingTold(order, about, folded);
  return [...placed, ...moved, ...changed];
}

const packsInstead = (line: LineProgress | undefined, field: 'current' | 'fulfilled'): number => line?.substitute?.[field] ?? 0;

const deliveredOtherwise = (order: SentOrder, folded: Folded): boolean =>
  folded.standing === 'delivered' &&
  (folded.total?.amountMinor !== order.progress.total?.amountMinor ||
    folded.lines.some(
      ({ fulfilled, substitute }, index) =>
        fulfilled !== order.progress.lines[index]?.fulfilled || packsInstead(order.progress.lines[index], 'fulfilled') !== (substitute?.fulfilled ?? 0),
    ));

function standingTold(order: SentOrder, about: EventData<'order.expired'>, folded: Folded): EventOf<'order'>[] {
  const { standing, deliveryAt, tracking, total, endReason } = folded;
  switch (standing) {
    case 'unanswered':
      return [];
    case 'accepted':
      return [{ type: 'order.accepted', data: { ...about, ...(deliveryAt !== undefined && { deliveryAt }) } }];
    case 'shipped':
      return [{ type: 'order.shipped', data: { ...about, ...(tracking !== undefined && { tracking }) } }];
    case 'delivered':
      return [{ type: 'order.delivered', data: { ...about, lines: linesTold(order, folded.lines, 'fulfilled'), total: total ?? order.quote.total } }];
    case 'rejected':
      return [{ type: 'order.rejected', data: { ...about, reason: endReason ?? 'rejected by the shop' } }];
    case 'cancelled':
      return [{ type: 'order.cancelled', data: { ...about, reason: endReason ?? 'cancelled by the shop' } }];
    default:
      return unreachable(standing);
  }
}

/** Every line of the quote, in its order, and after them what comes instead. */
function linesTold(order: SentOrder, lines: readonly LineProgress[], field: 'current' | 'fulfilled'): EventData<'order.changed'>['lines'] {
  const told = ({ supplyId, gtin, pack }: Pick<LineItem, 'supplyId' | 'gtin' | 'pack'>, packs: number) => ({
    ...{ supplyId, gtin, packs, quantity: { amount: amountOf(pack.amount, packs), unit: pack.unit } },
  });
  const instead = order.quote.lineItems.flatMap(({ supplyId }, index) => {
    const substitute = lines[index]?.substitute;
    return substitute ? [told({ supplyId, ...substitute }, substitute[field])] : [];
  });
  return [...order.quote.lineItems.map((item, index) => told(item, lines[index]?.[field] ?? 0)), ...instead].slice(0, LINES_TOLD_MAX);
}
/** As many as the event can hold. */
const LINES_TOLD_MAX = 50;

/** Base units in a number of packs, to a thousandth like every stored amount. */
export const amountOf = (packAmount: number, packs: number): number => Math.round(packAmount * packs * 1_000) / 1_000;

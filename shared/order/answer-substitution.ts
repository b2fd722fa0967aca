/** What may be answered to a shop's question about a substitute, and when. */
import type { SubstitutionAnswerer } from '../event-parts.ts';
import type { EventData, EventOf } from '../events.ts';
import { ignored, rejected, type Decision, type Instant, type QuestionId } from '../values.ts';
import type { Order, SentOrder } from './order-state.ts';
import { breaksDiet, type SubstitutionRules } from './substitution-rules.ts';
import { acceptedIn, dearerByMinor, openIn } from './substitution.ts';

export interface AnswerSubstitutionCommand {
  readonly type: 'answerSubstitution';
  readonly questionId: QuestionId;
  readonly accepted: boolean;
  readonly by: SubstitutionAnswerer;
  /** Of what was shown; a yes without it is none. */
  readonly hash?: string;
  /** The legal button, when the person pressed one. */
  readonly evidence?: EventData<'order.substitution-answered'>['evidence'];
  /** What nobody in the household eats or drinks, and what is known to be in it: no person's yes goes above that. */
  readonly diet?: Pick<SubstitutionRules, 'dietNever' | 'contains'> | undefined;
  readonly now: Instant;
}

const CLOSED: readonly Order['status'][] = ['shipped', 'delivered', 'rejected', 'cancelled'];

/**
 * Ignored: already-answered, not-due. Rejected: not-placed, unknown-question, already-answered, question-changed, too-late, already-substituted,
 * needs-order-button, diet, already-<status>.
 */
export function decideSubstitution(order: Order, command: AnswerSubstitutionCommand): Decision<EventOf<'order'>> {
  if (!('placement' in order)) return rejected('not-placed');
  const { questionId, accepted, by, now } = command;
  const question = order.substitutions?.find((each) => each.questionId === questionId);
  if (question === undefined) return rejected('unknown-question');
  if (question.answer !== undefined)
    return question.answer.accepted === accepted || by.kind !== 'person' ? ignored('already-answered') : rejected('already-answered');
  if (by.kind === 'time' && now < question.answerBefore) return ignored('not-due');
  const refusal = accepted ? yesRefused(order, question, command) : undefined;
  if (refusal !== undefined) return rejected(refusal);
  const { householdId, orderId, retailerId } = order;
  const evidence = command.evidence === undefined ? {} : { evidence: command.evidence };
  return {
    kind: 'events',
    events: [{ type: 'order.substitution-answered', data: { householdId, orderId, retailerId, questionId, accepted, by, ...evidence } }],
  };
}

function yesRefused(order: SentOrder, question: NonNullable<SentOrder['substitutions']>[number], command: AnswerSubstitutionCommand): string | undefined {
  if (command.by.kind !== 'person') return 'only-a-person-says-yes';
  if (CLOSED.includes(order.status)) return `already-${order.status}`;
  if (command.now >= question.answerBefore) return 'too-late';
  if (command.hash !== question.hash) return 'question-changed';
  if (breaksDiet(question.offered.tags, command.diet ?? {})) return 'diet';
  if (acceptedIn(order.substitutions ?? []).some(({ gtin }) => gtin === question.gtin)) return 'already-substituted';
  return dearerByMinor(order.quote, question) > 0 && command.evidence === undefined ? 'needs-order-button' : undefined;
}

/** The first question whose time is over; each is closed by a decision of its own. */
export const overdueQuestion = (order: Order, now: Instant): QuestionId | undefined =>
  'placement' in order ? openIn(order.substitutions ?? []).find(({ answerBefore }) => answerBefore <= now)?.questionId : undefined;

/**
 * Which of our own events say how somebody felt: data. What a household does says less than what it answers, so confidence is low; most events say
 * nothing, and then nothing is known. Values and confidences are ours, to be checked against surveys.
 */
import type { EventEnvelope, EventType } from '../../events.ts';
import { sentimentOfSurvey } from '../collect/survey-sentiment.ts';
import type { Sentiment } from '../words.ts';

const felt = (source: Sentiment['source'], value: number, confidence: number): Sentiment => ({ value, source, confidence });

export const ownSentiments: Partial<Record<EventType, Sentiment>> = {
  'case.opened': felt('complaint', -0.6, 0.7),
  'case.reopened': felt('complaint', -0.8, 0.8),
  'case.added': felt('contact', -0.3, 0.4),
  'case.solved': felt('contact', 0.3, 0.5),
  'order.cancel-requested': felt('cancellation', -0.4, 0.4),
  'order.withdrawn': felt('cancellation', -0.3, 0.3),
  'mandate.ended': felt('cancellation', -0.5, 0.5),
  'spending.stopped': felt('cancellation', -0.4, 0.5),
  'contract.withdrawn': felt('regret', -0.5, 0.5),
  'order.returned': felt('regret', -0.5, 0.5),
  'supply.spoiled': felt('regret', -0.2, 0.3),
  'supply.overstocked': felt('regret', -0.2, 0.3),
  'order.stuck': felt('promise', -0.5, 0.4),
  'order.refund-overdue': felt('promise', -0.6, 0.5),
  'order.rejected': felt('promise', -0.3, 0.3),
  'order.taken-after-refusal': felt('promise', -0.3, 0.3),
  'supply.automation-trusted': felt('praise', 0.5, 0.5),
  'mandate.granted': felt('praise', 0.4, 0.4),
};

/** What collected events say whose names many trackers and tools share (collect/known-events.ts), where whoever sends them says nothing. */
const toldSentiments: Readonly<Record<string, Sentiment>> = {
  'case opened': felt('complaint', -0.5, 0.5),
  'case reopened': felt('complaint', -0.7, 0.6),
  'case solved': felt('contact', 0.3, 0.4),
  'account deleted': felt('cancellation', -0.6, 0.5),
  'order cancelled': felt('cancellation', -0.4, 0.3),
  unsubscribed: felt('refusal', -0.3, 0.3),
  'email marked as spam': felt('refusal', -0.5, 0.4),
};
/** Names are compared without case. */
export const toldSentiment = (name: string): Sentiment | undefined => toldSentiments[name.trim().toLowerCase()];

/** What was meant by a no, where only some of them say something. */
export function sentimentOf(event: EventEnvelope): Sentiment | undefined {
  if (event.type === 'order.substitution-answered') return !event.data.accepted && event.data.by.kind === 'person' ? felt('refusal', -0.2, 0.3) : undefined;
  if (event.type === 'survey.answered') return sentimentOfSurvey(event.data.kind, event.data.score);
  // All that will come has come, and something was left out.
  if (event.type === 'order.delivered') return event.data.reason === undefined ? undefined : felt('promise', -0.4, 0.4);
  // A member who left the household ended it in passing, and was not asked.
  if (event.type === 'mandate.ended' && event.data.because === 'member-left') return undefined;
  return ownSentiments[event.type];
}

/** When a shop has promised to deliver. */
export const promisedBy = (event: EventEnvelope): EventEnvelope['time'] | undefined => (event.type === 'order.accepted' ? event.data.deliveryAt : undefined);

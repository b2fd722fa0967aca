/** A call with a household, noted by whoever had it: what it was about by a word from a list, never what was said. */
import { z } from 'zod';
import { caseIdSchema, instantSchema, type HouseholdId, type Instant } from '../values.ts';
import { touchpointId, type Touchpoint } from './touchpoint.ts';
import type { Sentiment } from './words.ts';

export const callTopics = ['order', 'device', 'bill', 'account', 'advice', 'complaint', 'other'] as const;

export const callSchema = z.strictObject({
  /** Made by whoever notes it, so that the same note sent twice stands there once. */
  callId: z.string().regex(/^call_[a-z0-9][a-z0-9-]{0,63}$/),
  /** When it began; one that has not begun yet counts as now. */
  at: instantSchema,
  direction: z.enum(['they-called', 'we-called']),
  about: z.enum(callTopics),
  caseId: caseIdSchema.optional(),
  /** As it seemed to whoever listened. */
  mood: z.enum(['glad', 'neutral', 'annoyed']).optional(),
});
export type Call = z.infer<typeof callSchema>;

/** What one hears in a voice says less than an answer in a survey, and more than a click. */
const CONFIDENCE = 0.5;
const VALUE = { glad: 0.6, neutral: 0, annoyed: -0.6 } as const;
const sentimentOf = (mood: NonNullable<Call['mood']>): Sentiment => ({ value: VALUE[mood], source: 'contact', confidence: CONFIDENCE });

/** The source under which notes of the console stand. */
export const CONSOLE = 'console';

export function touchpointOfCall(call: Call, { householdId, receivedAt }: { householdId: HouseholdId; receivedAt: Instant }): Touchpoint {
  const { callId, direction, about, caseId, mood } = call;
  return {
    touchpointId: touchpointId(CONSOLE, `${householdId} ${callId}`),
    householdId,
    ...{ source: CONSOLE, messageId: `${householdId} ${callId}`, type: direction === 'they-called' ? 'call.received' : 'call.made' },
    ...{ channel: 'call-centre', initiator: direction === 'they-called' ? 'customer' : 'company', phase: 'support' },
    at: call.at > receivedAt ? receivedAt : call.at,
    receivedAt,
    ...(caseId !== undefined && { caseId }),
    ...(mood !== undefined && { sentiment: sentimentOf(mood) }),
    properties: { about },
  };
}

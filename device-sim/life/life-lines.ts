/** What the ledger `life.ndjson` remembers of people's moods, words, visits and chores, and of whoever answers them. */
import { z } from 'zod';
import { instantSchema } from '../../shared/values.ts';

const at = instantSchema;
const householdId = z.string();
export const lifeLineSchema = z.discriminatedUnion('kind', [
  /** Something happened to the household and was felt; `look` and `complain` are when somebody will act on it, product milliseconds. */
  z.object({
    ...{ at, kind: z.literal('felt'), householdId, messageId: z.string(), by: z.number() },
    ...{ orderId: z.string().optional(), look: z.number().optional(), complain: z.number().optional() },
  }),
  /** Each midnight. */
  z.object({ at, kind: z.literal('mood'), householdId, value: z.number() }),
  /** On disk before it is sent. */
  z.object({ at, kind: z.literal('survey'), householdId, surveyId: z.string(), answer: z.union([z.number(), z.literal('skip')]) }),
  z.object({ at, kind: z.literal('survey-taken'), householdId, surveyId: z.string(), status: z.int() }),
  z.object({ at, kind: z.literal('done'), householdId, what: z.string() }),
  /** `solve`: when somebody will call it solved. */
  z.object({ at, kind: z.literal('case'), householdId, caseId: z.string(), status: z.int(), solve: z.number() }),
  /** Somebody asks once more why nobody answers, and when they will look again. */
  z.object({ at, kind: z.literal('asked-again'), householdId, caseId: z.string(), times: z.int(), solve: z.number() }),
  /** A complaint over the telephone; when it will be answered and solved, product milliseconds. */
  z.object({ at, kind: z.literal('called'), householdId, callId: z.string(), answered: z.number(), solved: z.number() }),
  /** What was said to the survey tool. */
  z.object({ at, kind: z.literal('panel'), householdId, answerId: z.string(), round: z.int(), score: z.number() }),
  /** By somebody of the company. */
  z.object({ at, kind: z.literal('answered'), householdId, caseId: z.string(), status: z.int() }),
  /** To what devices may tell of their use. */
  z.object({ at, kind: z.literal('consent'), householdId, answer: z.enum(['give', 'withdraw']), status: z.int() }),
  z.object({ at, kind: z.enum(['sold', 'bought']), householdId, thing: z.string(), status: z.int() }),
  z.object({ at, kind: z.literal('sent'), messageId: z.string(), type: z.string(), source: z.string().optional(), node: z.string().optional() }),
  z.object({ at, kind: z.literal('taken'), messageId: z.string() }),
]);
export type LifeLine = z.infer<typeof lifeLineSchema>;

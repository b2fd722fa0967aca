/** The kinds of item of the Journeys table. */
import { z } from 'zod';
import { automationSchema } from '../../shared/journey/automation.ts';
import { refusedMessageSchema } from '../../shared/journey/collect/refused-message.ts';
import { sourceSchema } from '../../shared/journey/collect/source.ts';
import { summarySchema } from '../../shared/journey/fold/summary.ts';
import { dayTracesSchema, processTracesSchema } from '../../shared/journey/fold/traces.ts';
import { circleSchema } from '../../shared/journey/identity/circle.ts';
import { touchpointKeptUntil, tracesKeptUntil } from '../../shared/journey/retention.ts';
import { improvementSchema } from '../../shared/journey/improve/improvement.ts';
import { rulesSchema, standingSchema } from '../../shared/journey/standing/standing.ts';
import { countedSchema, headSchema, tallySchema } from '../../shared/journey/tally/batch.ts';
import { claimSchema, touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { entryKeptUntil, lookEntrySchema, lookSchema } from '../../shared/support/look.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { dueWith, EVENTS_KEPT, kind, secondsOf } from './aggregate-kind.ts';

/** A month, as long as a log. */
const REFUSED_KEPT = duration(30, 'days');
const whoSchema = z.strictObject({ name: z.string().max(300), circle: z.string().max(80) });
const journeys = { table: 'JOURNEYS_TABLE', eventsKept: EVENTS_KEPT } as const;

export const journeyKinds = {
  touchpoint: kind({ ...journeys, schema: touchpointSchema, expiresAtSeconds: (touchpoint) => secondsOf(touchpointKeptUntil(touchpoint)) }),
  claim: kind({ ...journeys, schema: claimSchema }),
  source: kind({ ...journeys, schema: sourceSchema }),
  refusedMessage: kind({ ...journeys, schema: refusedMessageSchema, expiresAtSeconds: ({ receivedAt }) => secondsOf(addDuration(receivedAt, REFUSED_KEPT)) }),
  dayTraces: kind({ ...journeys, packed: true, schema: dayTracesSchema, expiresAtSeconds: ({ traces }) => secondsOf(tracesKeptUntil(traces)) }),
  processTraces: kind({ ...journeys, packed: true, schema: processTracesSchema, expiresAtSeconds: ({ traces }) => secondsOf(tracesKeptUntil(traces)) }),
  journey: kind({ ...journeys, packed: true, schema: summarySchema }),
  standing: kind({ ...journeys, packed: true, schema: standingSchema, due: ({ lookAgainAt }) => dueWith('run-automation', lookAgainAt) }),
  improvement: kind({ ...journeys, schema: improvementSchema }),
  journeyRules: kind({ ...journeys, schema: rulesSchema }),
  who: kind({ ...journeys, schema: whoSchema }),
  circle: kind({ ...journeys, packed: true, schema: circleSchema }),
  tallyHead: kind({ ...journeys, packed: true, schema: headSchema }),
  tally: kind({ ...journeys, packed: true, schema: tallySchema }),
  tallyCounted: kind({ ...journeys, packed: true, schema: countedSchema }),
  automation: kind({
    ...journeys,
    schema: automationSchema,
    due: (automation) => dueWith('run-automation', 'dueAt' in automation ? automation.dueAt : undefined),
    correlation: ({ correlationId }) => correlationId,
  }),
  look: kind({ ...journeys, schema: lookSchema }),
  lookEntry: kind({ ...journeys, schema: lookEntrySchema, expiresAtSeconds: entryKeptUntil }),
} as const;

/** The kinds of item of the Journeys table. */
import { z } from 'zod';
import { closedDayKeptUntilSeconds, closedDaySchema } from '../../shared/journey/attribution/closed-path.ts';
import { automationSchema } from '../../shared/journey/conversion-path/earlier-reminder.ts';
import { channelCostsSchema, keptCampaignSchema } from '../../shared/journey/campaign/campaign.ts';
import { experimentSchema } from '../../shared/journey/experiment/experiment.ts';
import { exposureKeptUntil, exposureSchema } from '../../shared/journey/experiment/exposure.ts';
import { fittedModelSchema } from '../../shared/journey/churn/fitted-model.ts';
import { refusedMessageSchema } from '../../shared/journey/collect/refused-message.ts';
import { instanceKeptUntil, instanceSchema } from '../../shared/journey/conversion-path/instance.ts';
import { storedPathSchema } from '../../shared/journey/conversion-path/path.ts';
import { sourceSchema } from '../../shared/journey/collect/source.ts';
import { studyFindingSchema } from '../../shared/journey/emotion/study.ts';
import { summarySchema } from '../../shared/journey/fold/summary.ts';
import { dayTracesSchema, processTracesSchema } from '../../shared/journey/fold/traces.ts';
import { actionLogSchema } from '../../shared/journey/next-best/action-log.ts';
import { circleSchema } from '../../shared/journey/identity/circle.ts';
import { leadSchema } from '../../shared/journey/lead/lead.ts';
import { leadEntrySchema } from '../../shared/journey/lead/lead-entry.ts';
import { leadKeptUntil, touchpointKeptUntil, tracesKeptUntil } from '../../shared/journey/retention.ts';
import { improvementSchema } from '../../shared/journey/improve/improvement.ts';
import { rollEntrySchema } from '../../shared/journey/standing/roll.ts';
import { endOfSignal } from '../../shared/journey/signal/concern.ts';
import { recallWalkSchema } from '../../shared/journey/signal/recall-walk.ts';
import { GOODS_KEPT } from '../../shared/journey/signal/goods-had.ts';
import { signalSchema } from '../../shared/journey/signal/signal.ts';
import { rulesSchema, standingSchema } from '../../shared/journey/standing/standing.ts';
import { HANDED_ON_KEPT, handedOnDueAt, handedOnSchema } from '../../shared/journey/subscription/hand-on.ts';
import { subscriptionDueAt, subscriptionSchema } from '../../shared/journey/subscription/subscription.ts';
import { countedSchema, headSchema, tallySchema } from '../../shared/journey/tally/batch.ts';
import { standingDaySchema } from '../../shared/journey/tally/standing-day.ts';
import { claimSchema, touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { entryKeptUntil, leadLookSchema, lookEntrySchema, lookSchema } from '../../shared/support/look.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { dueWith, EVENTS_KEPT, kind, secondsOf } from './aggregate-kind.ts';

/** A month, as long as a log. */
const REFUSED_KEPT = duration(30, 'days');
/** Two years and a month, as long as months are kept of a household. */
const STANDING_DAYS_KEPT = 762;
const whoSchema = z.strictObject({ name: z.string().max(300), circle: z.string().max(80) });
const journeys = { table: 'JOURNEYS_TABLE', eventsKept: EVENTS_KEPT } as const;

export const journeyKinds = {
  touchpoint: kind({ ...journeys, schema: touchpointSchema, expiresAtSeconds: (touchpoint) => secondsOf(touchpointKeptUntil(touchpoint)) }),
  claim: kind({ ...journeys, schema: claimSchema }),
  source: kind({ ...journeys, schema: sourceSchema }),
  subscription: kind({ ...journeys, schema: subscriptionSchema, due: (subscription) => dueWith('deliver-subscription', subscriptionDueAt(subscription)) }),
  handedOn: kind({
    ...journeys,
    schema: handedOnSchema,
    due: (message) => dueWith('deliver-subscription', handedOnDueAt(message)),
    expiresAtSeconds: ({ createdAt }) => secondsOf(addDuration(createdAt, HANDED_ON_KEPT)),
  }),
  refusedMessage: kind({ ...journeys, schema: refusedMessageSchema, expiresAtSeconds: ({ receivedAt }) => secondsOf(addDuration(receivedAt, REFUSED_KEPT)) }),
  dayTraces: kind({ ...journeys, packed: true, schema: dayTracesSchema, expiresAtSeconds: ({ traces }) => secondsOf(tracesKeptUntil(traces)) }),
  processTraces: kind({
    ...journeys,
    packed: true,
    schema: processTracesSchema,
    expiresAtSeconds: ({ traces }) => secondsOf(tracesKeptUntil(traces)),
    due: ({ lookAgainAt }) => dueWith('run-automation', lookAgainAt),
  }),
  closedDay: kind({ ...journeys, packed: true, schema: closedDaySchema, expiresAtSeconds: closedDayKeptUntilSeconds }),
  journey: kind({ ...journeys, packed: true, schema: summarySchema }),
  standing: kind({ ...journeys, packed: true, schema: standingSchema, due: ({ lookAgainAt }) => dueWith('run-automation', lookAgainAt) }),
  improvement: kind({ ...journeys, schema: improvementSchema }),
  journeyRules: kind({ ...journeys, schema: rulesSchema }),
  signal: kind({ ...journeys, schema: signalSchema, expiresAtSeconds: (signal) => secondsOf(endOfSignal(signal)) }),
  recallWalk: kind({
    ...journeys,
    schema: recallWalkSchema,
    due: ({ lookAgainAt }) => dueWith('run-automation', lookAgainAt),
    expiresAtSeconds: ({ begunAt }) => secondsOf(addDuration(begunAt, GOODS_KEPT)),
  }),
  purchaseModel: kind({ ...journeys, schema: fittedModelSchema, due: ({ fitAgainAt }) => dueWith('run-automation', fitAgainAt) }),
  experiment: kind({ ...journeys, schema: experimentSchema }),
  campaign: kind({ ...journeys, packed: true, schema: keptCampaignSchema }),
  channelCosts: kind({ ...journeys, packed: true, schema: channelCostsSchema }),
  nextBest: kind({ ...journeys, packed: true, schema: actionLogSchema }),
  exposure: kind({ ...journeys, schema: exposureSchema, expiresAtSeconds: (exposure) => secondsOf(exposureKeptUntil(exposure)) }),
  who: kind({ ...journeys, schema: whoSchema }),
  circle: kind({ ...journeys, packed: true, schema: circleSchema }),
  tallyHead: kind({ ...journeys, packed: true, schema: headSchema }),
  tally: kind({ ...journeys, packed: true, schema: tallySchema }),
  tallyCounted: kind({ ...journeys, packed: true, schema: countedSchema }),
  path: kind({ ...journeys, packed: true, schema: storedPathSchema }),
  conversionPath: kind({
    ...journeys,
    packed: true,
    schema: instanceSchema,
    due: ({ dueAt }) => dueWith('run-automation', dueAt),
    correlation: ({ log }) => log.findLast(({ need }) => need !== undefined)?.need,
    expiresAtSeconds: (instance) => secondsOf(instanceKeptUntil(instance)),
  }),
  automation: kind({
    ...journeys,
    schema: automationSchema,
    due: (automation) => dueWith('run-automation', 'dueAt' in automation ? automation.dueAt : undefined),
    correlation: ({ correlationId }) => correlationId,
  }),
  study: kind({ ...journeys, schema: studyFindingSchema }),
  rollEntry: kind({ ...journeys, schema: rollEntrySchema }),
  standingDay: kind({
    ...journeys,
    packed: true,
    schema: standingDaySchema,
    expiresAtSeconds: ({ day }) => Date.parse(day) / 1_000 + STANDING_DAYS_KEPT * 86_400,
  }),
  lead: kind({
    ...journeys,
    packed: true,
    schema: leadSchema,
    due: ({ lookAgainAt }) => dueWith('run-automation', lookAgainAt),
    expiresAtSeconds: (lead) => secondsOf(leadKeptUntil(lead)),
  }),
  leadEntry: kind({ ...journeys, schema: leadEntrySchema }),
  leadLook: kind({ ...journeys, schema: leadLookSchema }),
  look: kind({ ...journeys, schema: lookSchema }),
  lookEntry: kind({ ...journeys, schema: lookEntrySchema, expiresAtSeconds: entryKeptUntil }),
} as const;

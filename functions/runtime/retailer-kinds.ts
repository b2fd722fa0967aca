/** The kinds of item of the Retailers table. */
import { deliverySchema } from '../../shared/retailer/delivery.ts';
import { earlyAnswersSchema, earlyKeptUntil } from '../../shared/retailer/early-answers.ts';
import { householdDaySchema, type HouseholdDay } from '../../shared/retailer/lost-offers.ts';
import { keptCheapWindowSchema } from '../../shared/retailer/cheap-window.ts';
import { latenessSchema } from '../../shared/retailer/lateness.ts';
import { keptOfferSchema } from '../../shared/retailer/offer.ts';
import { retailerSchema } from '../../shared/retailer/retailer.ts';
import { dueAtOf } from '../../shared/webhook/attempts.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { dueWith, EVENTS_KEPT, kind, secondsOf } from './aggregate-kind.ts';

/** Forty days: a month can be looked at when it is over. */
const FATES_KEPT_SECONDS = 40 * 86_400;
/** So that a late message of an offer that was over finds that it is. */
const CHEAP_KEPT = duration(7, 'days');
const retailers = { table: 'RETAILERS_TABLE', eventsKept: EVENTS_KEPT } as const;

export const retailerKinds = {
  retailer: kind({ ...retailers, schema: retailerSchema }),
  earlyAnswers: kind({ ...retailers, schema: earlyAnswersSchema, expiresAtSeconds: (early) => secondsOf(earlyKeptUntil(early)) }),
  offer: kind({ ...retailers, schema: keptOfferSchema }),
  cheapWindow: kind({ ...retailers, schema: keptCheapWindowSchema, expiresAtSeconds: ({ window }) => secondsOf(addDuration(window.until, CHEAP_KEPT)) }),
  lateness: kind({ ...retailers, schema: latenessSchema }),
  offerFates: kind({ ...retailers, schema: householdDaySchema, expiresAtSeconds: ({ day }: HouseholdDay) => Date.parse(day) / 1_000 + FATES_KEPT_SECONDS }),
  delivery: kind({
    ...retailers,
    schema: deliverySchema,
    due: (delivery) => dueWith('deliver-webhook', dueAtOf(delivery)),
    correlation: ({ correlationId }) => correlationId,
  }),
} as const;

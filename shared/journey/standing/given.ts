/** What is known of a household beside its summary: what its devices say, and what is foretold of it. */
import { foretell } from '../churn/foretold.ts';
import { modelToBeginWith, type FittedModel } from '../churn/fitted-model.ts';
import { silentDaysIn, type Home } from '../churn/home.ts';
import { outlookOf } from '../churn/outlook.ts';
import type { Summary } from '../fold/summary.ts';
import { dayOf } from '../fold/trace.ts';
import { instantSchema, type Instant } from '../../values.ts';
import type { Given, Rules, Standing } from './standing.ts';
import { shippedProgramme, type Programme } from './tier.ts';

/** @param home as it was last read; absent: nothing is known of it @param before decides only what is judged of what was foretold */
export function givenOf(
  summary: Summary,
  {
    home,
    model = modelToBeginWith,
    rules = {},
    before,
  }: { home?: Home | undefined; model?: FittedModel | undefined; rules?: Rules | undefined; before?: Standing | undefined },
  now: Instant,
): Given {
  // The same all day long, so that it is written once a day and whenever something comes.
  const outlook = outlookOf(summary, home, model, instantSchema.parse(`${dayOf(now)}T23:59:59.999Z`));
  const foretold = foretell(before?.foretold, outlook, now);
  const { programme = shippedProgramme } = rules;
  return {
    ...(home && { home, tier: tierGiven(home, programme, outlook?.buying.meanMinor, now) }),
    figures: {
      ...(home?.slotsLivePercent !== undefined && { 'slots-live-percent': home.slotsLivePercent }),
      ...(outlook && { 'expected-orders': outlook.expectedPurchases, 'expected-value': outlook.expectedMinor / 100 }),
    },
    ...(outlook && { outlook, predictions: { leaves: outlook.leaves } }),
    ...(foretold && { foretold }),
  };
}

const AHEAD_DAYS = 28;
/** What the stock will ask for, in the programme's own dimension; from how many shops it will come nobody knows. */
function tierGiven(home: Home, { dimension, windowDays }: Programme, meanMinor: number | undefined, now: Instant): NonNullable<Given['tier']> {
  const orders = (home.ordersAhead * windowDays) / AHEAD_DAYS;
  const forecast =
    home.used === 0 ? undefined : dimension === 'orders' ? orders : dimension === 'value' && meanMinor !== undefined ? orders * meanMinor : undefined;
  return { silentDays: silentDaysIn(home, windowDays, now), ...(forecast !== undefined && { forecast }) };
}

/** The log of a subscription: a partition for each day, in the order in which things came. */
import { handedOnSchema, type HandedOn } from '../../shared/journey/subscription/hand-on.ts';
import type { SubscriptionId } from '../../shared/journey/subscription/subscription.ts';
import { addDuration, duration, instantSchema, type Instant } from '../../shared/values.ts';
import { handedOnPk } from './aggregates.ts';
import { readItems } from './partition.ts';

/** Over the days of a period, from where the last look ended. */
export async function messagesOf(
  subscriptionId: SubscriptionId,
  { from, to, after }: { readonly from: Instant; readonly to: Instant; readonly after?: string | undefined },
  limit: number,
): Promise<HandedOn[]> {
  const found: HandedOn[] = [];
  const begin = after === undefined ? from : instantSchema.parse(after.split('#')[1]);
  for (let day = begin.slice(0, 10); day <= to.slice(0, 10) && found.length < limit; day = nextDay(day)) {
    const start = after !== undefined && day === begin.slice(0, 10) ? after : `SENT#${day === from.slice(0, 10) ? from : day}`;
    const page = await readItems({ table: 'JOURNEYS_TABLE', pk: handedOnPk(subscriptionId, day) }, start, limit - found.length);
    found.push(...page.map(({ state }) => handedOnSchema.parse(state)).filter(({ createdAt }) => createdAt <= to));
  }
  return found.slice(0, limit);
}

const nextDay = (day: string): string => addDuration(instantSchema.parse(`${day}T00:00:00.000Z`), duration(1, 'days')).slice(0, 10);

/** A recommendation is rewarded: both sides hear of it, through the gate, and neither hears who the other is. */
import type { EventEnvelope } from '../../shared/events.ts';
import type { Wish } from '../../shared/journey/outreach/wish.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { reachHousehold } from '../runtime/outreach.ts';

export const rewardEvents = ['referral.redeemed', 'referral.welcomed'] as const;
type RewardEvent = Extract<EventEnvelope, { type: (typeof rewardEvents)[number] }>;
export const isReward = (event: EventEnvelope): event is RewardEvent => rewardEvents.some((type) => type === event.type);

/** After that the reward itself is half over. */
const POINTLESS_AFTER = duration(14, 'days');

const said = {
  'referral.redeemed': {
    words: {
      de: {
        title: 'Eure Empfehlung hat geklappt',
        text: 'Ein Haushalt, den ihr gebracht habt, ist beliefert. Eure Lieferungen ab 15 € sind vier Wochen kostenlos.',
      },
      en: {
        title: 'Your recommendation worked',
        text: 'A household that you brought has had its first goods. Your deliveries from €15 are free for four weeks.',
      },
    },
    reason: { de: 'weil jemand mit eurem Code begonnen hat', en: 'because somebody began with your code' },
  },
  'referral.welcomed': {
    words: {
      de: {
        title: 'Vier Wochen kostenlose Lieferung',
        text: 'Eure erste Ware ist da. Weil ihr auf eine Empfehlung kamt, sind Lieferungen ab 15 € vier Wochen kostenlos.',
      },
      en: {
        title: 'Four weeks of free delivery',
        text: 'Your first goods have come. As you came on a recommendation, deliveries from €15 are free for four weeks.',
      },
    },
    reason: { de: 'weil ihr den Code von jemandem eingegeben habt', en: 'because you entered somebody’s code' },
  },
} as const;

export async function tellOfReward({ id, type, time, data: { householdId } }: RewardEvent): Promise<void> {
  const wish: Wish = {
    ...{ wishId: `referral-reward/${id}`, householdId, kind: 'referral-reward', ...said[type], link: '/app/recommend' },
    ...{ purpose: 'service', phase: 'loyalty', wishedAt: time, until: addDuration(time, POINTLESS_AFTER) },
    channels: ['app', 'tv'],
  };
  await reachHousehold(wish, { keep: true });
}

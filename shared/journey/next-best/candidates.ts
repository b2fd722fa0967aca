/**
 * Everything that could be done for a household next: when it fits, what it is worth to each side, and by what it is seen to have been taken up.
 * What is worth something to one side only is none: a benefit below 0 for either rules an action out.
 */
import { tierSchema } from '../../household/tier.ts';
import { productNext, serviceNext } from './candidates-of-home.ts';
import * as worth from './assumptions.ts';
import type { Candidate } from './candidate.ts';
import { isIn, isInPhase, spentLately, timesLately } from './situation.ts';

/** By e-mail where somebody has said that they want that first: else the app comes before it. */
const PLACES = ['app', 'tv', 'fridge', 'e-mail'] as const;
const usual = { purpose: 'suggestion', channels: PLACES, restDays: 42, costMinor: 0 } as const;

const ofRunning: readonly Candidate[] = [
  {
    ...{ ...usual, action: 'offer-mandate', phase: 'conviction', link: '/app/mandates', prior: worth.prior(0.15), success: ['mandate.granted'] },
    fit: (situation) => {
      const approvals = timesLately(situation, 'order.approved@customer');
      if (!isIn(situation, 'approves-by-hand') || situation.hasMandate || approvals === 0) return undefined;
      const saved = approvals * worth.MINUTES_PER_APPROVAL * worth.MINUTE_MINOR;
      return { figures: { approvals }, household: saved, company: spentLately(situation) * worth.LOST_UNANSWERED * worth.MARGIN_SHARE };
    },
  },
  {
    ...{ ...usual, action: 'trust-item', phase: 'conviction', link: '/app/mandates', prior: worth.prior(0.2) },
    ...{ success: ['supply.automation-trusted', 'mandate.granted'], restDays: 28 },
    fit: (situation) => {
      const supply = situation.supplies.find(({ earned }) => earned);
      if (supply === undefined) return undefined;
      const orders = Math.max(1, timesLately(situation, 'order.approved@customer') / Math.max(1, situation.supplies.length));
      const saved = orders * worth.MINUTES_PER_APPROVAL * worth.MINUTE_MINOR;
      return {
        figures: { name: supply.name },
        household: saved,
        company: orders * worth.BASKET_MINOR * worth.LOST_UNANSWERED * worth.MARGIN_SHARE,
        supplyId: supply.supplyId,
      };
    },
  },
  {
    ...{ ...usual, action: 'fewer-deliveries', phase: 'loyalty', link: '/app/supplies', prior: worth.prior(0.12), success: ['supply.settings-changed'] },
    fit: (situation) => {
      const deliveries = timesLately(situation, 'order.delivered');
      const small = spentLately(situation) / Math.max(1, deliveries) < worth.BASKET_MINOR;
      if (deliveries < 8 || !small) return undefined;
      const less = Math.floor(deliveries / 2);
      return { figures: { deliveries, less }, household: less * worth.DELIVERY_MINOR * 0.5, company: less * worth.DELIVERY_COST_MINOR };
    },
  },
  {
    ...{
      ...usual,
      action: 'less-waste',
      purpose: 'service',
      phase: 'loyalty',
      link: '/app/supplies',
      prior: worth.prior(0.2),
      success: ['supply.settings-changed'],
    },
    fit: (situation) => {
      const wasted = timesLately(situation, 'supply.spoiled', 'supply.overstocked');
      if (wasted < 2) return undefined;
      // What we lose on packs that nobody needed is less than what a household keeps that is not annoyed.
      const kept = (spentLately(situation) * worth.MARGIN_SHARE * worth.KEPT_BY_CALL) / 2;
      return {
        figures: { wasted },
        household: wasted * worth.WASTED_PACK_MINOR,
        company: Math.max(0, kept - wasted * worth.WASTED_PACK_MINOR * worth.MARGIN_SHARE),
      };
    },
  },
  {
    ...{ ...usual, action: 'tier-perk', phase: 'loyalty', link: '/app/more', prior: worth.prior(0.25), success: ['order.delivered'], restDays: 28 },
    fit: ({ standing }) => {
      const { tier } = standing;
      if (tier?.next === undefined || tier.next.missing > 2 || !tierSchema.safeParse(tier.next.tier).success) return undefined;
      const { missing, tier: next } = tier.next;
      return { figures: { missing, next }, household: 2 * worth.DELIVERY_MINOR, company: missing * worth.BASKET_MINOR * worth.MARGIN_SHARE };
    },
  },
  {
    ...{ ...usual, action: 'referral', phase: 'loyalty', link: '/app/recommend', prior: worth.prior(0.02), success: ['referral.redeemed'], restDays: 84 },
    fit: (situation) => {
      const { health } = situation.standing;
      const pleased = isIn(situation, 'fans') || (isInPhase(situation, 'loyalty') && (health?.score ?? 0) >= 0.7 && (health?.known ?? 0) >= 0.25);
      if (!pleased) return undefined;
      return {
        figures: {},
        household: worth.REFERRAL_REWARD_MINOR,
        company: worth.NEW_HOUSEHOLD_MINOR - 2 * worth.REFERRAL_REWARD_MINOR,
      };
    },
  },
];

export const shippedCandidates: readonly Candidate[] = [...ofRunning, ...serviceNext, ...productNext];
export const candidateOf = (action: string): Candidate | undefined => shippedCandidates.find((one) => one.action === action);

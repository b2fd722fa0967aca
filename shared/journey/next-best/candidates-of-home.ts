/** Candidates that follow from what is wrong, what is outside, and what a household owns. */
import * as worth from './assumptions.ts';
import type { Candidate, Fit } from './candidate.ts';
import { isInPhase, spentLately, timesLately, type Situation } from './situation.ts';
import { daysBetween, type DeviceType } from '../../values.ts';

/** By e-mail where somebody has said that they want that first: else the app comes before it. */
const PLACES = ['app', 'tv', 'fridge', 'e-mail'] as const;
const usual = { purpose: 'suggestion', channels: PLACES, restDays: 42, costMinor: 0 } as const;
const WEEKS_OF_A_YEAR = 13;

export const serviceNext: readonly Candidate[] = [
  {
    ...{ ...usual, action: 'service-call', purpose: 'service', phase: 'support', channels: ['crm'], link: '/app/more', prior: worth.prior(0.5) },
    ...{ success: ['case.solved', 'order.delivered'], restDays: 28, costMinor: worth.CALL_MINOR },
    fit: (situation) => {
      const [reopened, doubted] = [timesLately(situation, 'case.reopened'), timesLately(situation, 'supply.sensor-doubted')];
      const { health } = situation.standing;
      const unwell = health?.score !== undefined && health.score < 0.4 && health.known >= 0.25;
      if (reopened === 0 && doubted < 3 && !unwell) return undefined;
      const yearly = spentLately(situation) * WEEKS_OF_A_YEAR;
      return {
        figures: { reopened, doubted, ...(health?.score !== undefined && { health: Math.round(health.score * 100) }) },
        household: 30 * worth.MINUTE_MINOR,
        company: yearly * worth.MARGIN_SHARE * worth.KEPT_BY_CALL,
      };
    },
  },
];

/** A care product that what runs in a household calls for, by its own figures: data. */
interface Care {
  readonly product: { readonly de: string; readonly en: string };
  /** What of it is used, by the name of a category, or on which type of device. */
  readonly on: { readonly category: string; readonly everyAmount: number } | { readonly deviceType: DeviceType; readonly everyDays: number };
  readonly minor: number;
}
export const shippedCare: readonly Care[] = [
  { product: { de: 'Entkalker', en: 'descaler' }, on: { category: 'coffee', everyAmount: 3_000 }, minor: 690 },
  { product: { de: 'Klarspüler', en: 'rinse aid' }, on: { category: 'dish detergent', everyAmount: 60 }, minor: 390 },
  { product: { de: 'eine Wartung', en: 'a service' }, on: { deviceType: 'heating', everyDays: 365 }, minor: 14_000 },
];

function careNeeded({ supplies, devices, now }: Situation): Fit | undefined {
  for (const { product, on, minor } of shippedCare) {
    const used = 'category' in on ? supplies.find(({ category, perDay }) => category === on.category && perDay * 60 >= on.everyAmount) : undefined;
    const device =
      'deviceType' in on ? devices.find((one) => one.deviceType === on.deviceType && isYearly(daysBetween(one.addedAt, now), on.everyDays)) : undefined;
    const found = used?.name ?? device?.name;
    if (found === undefined) continue;
    // Each euro spent in time saves a repair of about as much again.
    return { figures: { name: found, productDe: product.de, productEn: product.en }, household: minor * 0.5, company: minor * worth.MARGIN_SHARE };
  }
  return undefined;
}
/** In the two weeks after each year. */
const isYearly = (days: number, every: number): boolean => days >= every && days % every < 14;

export const productNext: readonly Candidate[] = [
  {
    ...{
      ...usual,
      action: 'cheap-now',
      phase: 'conviction',
      link: '/app/supplies',
      prior: worth.prior(0.15),
      success: ['order.approved@customer'],
      restDays: 21,
    },
    fit: ({ concerns }) => {
      const cheap = concerns.find(({ kind }) => kind === 'cheap-window');
      if (cheap === undefined) return undefined;
      const saved = 2 * Number(cheap.reason.figures['savedMinor'] ?? 0);
      return { figures: cheap.reason.figures, household: saved, company: worth.BASKET_MINOR * worth.MARGIN_SHARE * 0.5, supplyId: cheap.supplyId };
    },
  },
  {
    ...{
      ...usual,
      action: 'stock-ahead',
      purpose: 'service',
      phase: 'information',
      link: '/app/supplies',
      prior: worth.prior(0.2),
      success: ['order.approved@customer'],
      restDays: 14,
    },
    fit: ({ concerns }) => {
      const ahead = concerns.find(({ kind }) => kind === 'cold-spell' || kind === 'heat-wave' || kind === 'late-goods' || kind === 'trend');
      if (ahead === undefined) return undefined;
      return {
        figures: ahead.reason.figures,
        household: 15 * worth.MINUTE_MINOR,
        company: worth.BASKET_MINOR * worth.MARGIN_SHARE * 0.5,
        supplyId: ahead.supplyId,
      };
    },
  },
  {
    ...{ ...usual, action: 'cross-sell', phase: 'cross-selling', link: '/app/supplies/add', prior: worth.prior(0.06), success: ['supply.added'] },
    fit: (situation) => {
      const [first] = situation.suggested;
      if (first === undefined || !isInPhase(situation, 'loyalty')) return undefined;
      const { category, have, households } = first;
      // Four baskets' worth of one product, and as many times not having to think of it.
      return {
        figures: { category, households, ...(have !== undefined && { have }) },
        household: 4 * worth.MINUTES_PER_APPROVAL * worth.MINUTE_MINOR,
        company: worth.BASKET_MINOR * worth.MARGIN_SHARE,
      };
    },
  },
  {
    ...{ ...usual, action: 'up-sell', phase: 'up-selling', link: '/app/supplies/add', prior: worth.prior(0.15), success: ['supply.added', 'device.paired'] },
    fit: ({ devices, standing }) => {
      const idle = devices.find(({ supplies, deviceType }) => supplies === 0 && deviceType !== 'tv');
      if (idle === undefined || standing.value === undefined) return undefined;
      return { figures: { name: idle.name }, household: 8 * worth.MINUTE_MINOR, company: 2 * worth.BASKET_MINOR * worth.MARGIN_SHARE };
    },
  },
  {
    ...{
      ...usual,
      action: 'accessory',
      purpose: 'service',
      phase: 'cross-selling',
      link: '/app/list',
      prior: worth.prior(0.1),
      success: ['list.item-added', 'supply.added'],
      restDays: 90,
    },
    fit: careNeeded,
  },
];

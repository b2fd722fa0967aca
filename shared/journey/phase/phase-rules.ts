/**
 * What puts a household into a phase: data. A rule counts touchpoints within a window; the first that holds gives the reason. Several phases
 * hold at once, and there is no phase from which nothing leads on (`leadsTo`).
 */
import type { Phase } from '../words.ts';

export interface PhaseRule {
  readonly phase: Phase;
  readonly code: string;
  /** Of a product line, of the household as a whole, or of both. */
  readonly of: 'line' | 'household' | 'both';
  /** Calendar days up to and with today, 1–35; absent: everything that is kept. */
  readonly days?: number;
  readonly some: readonly string[];
  /** Of the household as a whole, touchpoints that any campaign brought count too. */
  readonly campaigns?: true;
  /** What counts only together with the above: the lesser of the two numbers is taken. */
  readonly both?: readonly string[];
  /** Each of these takes one away. */
  readonly minus?: readonly string[];
  /** Where one of these is in the window the rule does not hold. */
  readonly none?: readonly string[];
  /** 1 or more. */
  readonly least: number;
  /** Above this it does not hold any more. */
  readonly most?: number;
  /** Holds only where this phase does as well. */
  readonly within?: Phase;
}

/** As Segment's specifications of online shops and of e-mail name them, and as our own guide does. */
const SEEN_ADVERTISING = ['Promotion Viewed', 'Promotion Clicked', 'Ad Impression', 'Ad Clicked', 'Email Delivered', 'Email Opened', 'newsletter opened'];
const LOOKED_AROUND = ['Products Searched', 'Product List Viewed', 'Email Link Clicked', 'recipe saved', 'page', 'screen', 'Store Visited'];
const LOOKED_AT_OFFERS = [
  'Product Viewed',
  'Product Clicked',
  'Product Compared',
  'Product List Filtered',
  'Offer Viewed',
  'Price Viewed',
  'order.requoted@customer',
];
const BEGAN_TO_BUY = ['Product Added', 'Cart Viewed', 'Checkout Started', 'Checkout Step Viewed'];
const BOUGHT = ['order.approved', 'Order Completed'];
const ANSWERED = ['order.approved@customer', 'order.declined', 'order.expired', 'order.withdrawn'];
const ENDED = ['order.delivered', 'order.cancelled', 'order.rejected'];
/** One of these ends an order, so that each is counted once. */
export const CAME_TO_NOTHING = ['order.rejected', 'order.cancelled', 'order.expired'];
const NEED_SHOWS = ['supply.low', 'supply.bought-elsewhere', 'list.item-added', ...LOOKED_AT_OFFERS];

export const phaseRules: readonly PhaseRule[] = [
  {
    phase: 'awareness',
    code: 'advertising-seen',
    of: 'both',
    days: 14,
    some: SEEN_ADVERTISING,
    campaigns: true,
    none: [...BOUGHT, 'order.delivered'],
    least: 1,
  },
  { phase: 'information', code: 'looked-around', of: 'both', days: 14, some: LOOKED_AROUND, none: BOUGHT, least: 1 },
  { phase: 'comparison', code: 'looked-at-offers', of: 'both', days: 14, some: LOOKED_AT_OFFERS, none: BOUGHT, least: 2 },
  { phase: 'conviction', code: 'asked-and-not-answered', of: 'both', days: 7, some: ['order.approval-requested'], minus: ANSWERED, least: 1 },
  { phase: 'conviction', code: 'began-to-buy', of: 'both', days: 7, some: BEGAN_TO_BUY, none: BOUGHT, least: 1 },
  {
    ...{ phase: 'conviction', code: 'mandate-offered', of: 'both', days: 28, some: ['supply.automation-offered'], least: 1 },
    minus: ['mandate.granted', 'supply.automation-trusted', 'supply.automation-withdrawn'],
  },
  { phase: 'closing', code: 'just-bought', of: 'both', days: 2, some: BOUGHT, minus: ENDED, least: 1 },
  { phase: 'logistics', code: 'order-on-its-way', of: 'both', days: 14, some: ['order.placed'], minus: ENDED, least: 1 },
  { phase: 'implementation', code: 'new-in-the-house', of: 'both', days: 14, some: ['supply.added', 'device.paired', 'device.added', 'shop.linked'], least: 1 },
  {
    ...{ phase: 'implementation', code: 'nothing-delivered-yet', of: 'household', none: ['order.delivered'], least: 1 },
    some: ['household.created', 'device.added', 'device.paired', 'supply.added'],
  },
  { phase: 'implementation', code: 'first-delivery', of: 'household', some: ['order.delivered'], least: 1, most: 1 },
  { phase: 'support', code: 'case-open', of: 'both', some: ['case.opened', 'case.reopened'], minus: ['case.solved'], least: 1 },
  { phase: 'support', code: 'orders-came-to-nothing', of: 'both', days: 14, some: CAME_TO_NOTHING, least: 2 },
  { phase: 'support', code: 'sensor-doubted', of: 'line', days: 14, some: ['supply.sensor-doubted'], least: 1 },
  {
    ...{ phase: 'loyalty', code: 'orders-come-by-themselves', of: 'both', days: 28, least: 3 },
    ...{ some: ['order.delivered'], both: ['order.approved@automation'] },
  },
  { phase: 'loyalty', code: 'comes-back', of: 'both', days: 28, some: ['order.delivered'], least: 2 },
  { phase: 'up-selling', code: 'approves-often-by-hand', of: 'both', days: 28, some: ['order.approved@customer'], least: 3, within: 'loyalty' },
  { phase: 'up-selling', code: 'buys-elsewhere-too', of: 'both', days: 28, some: ['supply.bought-elsewhere'], least: 1, within: 'loyalty' },
  { phase: 'up-selling', code: 'looks-for-more', of: 'line', days: 14, some: LOOKED_AT_OFFERS, least: 2, within: 'loyalty' },
];

/** A line that nothing was ever bought of through us, while another is in loyalty: its need shows by one of these. */
export const crossSelling = { code: 'another-line-is-needed', days: 28, some: NEED_SHOWS, none: [...BOUGHT, 'order.delivered'], least: 1 } as const;

/** Nothing else holds: whoever had a delivery within these days rests between orders, and whoever had none begins anew. */
export const restingDays = 92;
export const resting = { phase: 'loyalty', code: 'between-orders' } as const satisfies { phase: Phase; code: string };
export const quiet = { phase: 'awareness', code: 'quiet' } as const satisfies { phase: Phase; code: string };

/** Where it goes on from each phase: the loop has no end, and no phase from which there is no way to every other. */
export const leadsTo: Readonly<Record<Phase, readonly Phase[]>> = {
  awareness: ['information', 'support'],
  information: ['comparison', 'awareness'],
  comparison: ['conviction', 'information'],
  conviction: ['closing', 'information'],
  closing: ['logistics', 'support'],
  logistics: ['implementation', 'loyalty', 'support'],
  implementation: ['loyalty', 'support', 'information'],
  support: ['loyalty', 'logistics', 'awareness'],
  loyalty: ['up-selling', 'cross-selling', 'conviction', 'support', 'awareness'],
  'up-selling': ['conviction', 'loyalty'],
  'cross-selling': ['awareness', 'information', 'comparison'],
};

/** What of a household's journey is a touch that may earn an order, by which channel, and what is earned. */
import { z } from 'zod';
import type { Trace } from '../fold/trace.ts';
import { channelSchema, initiatorSchema, type Phase } from '../words.ts';

/**
 * Where it happened and who began it (Anderl et al. 2016, with devices and our own automation as classes of their own): an e-mail that we sent is another
 * channel than one that somebody wrote to us. `direct@customer`: nothing was touched before.
 */
export const touchChannelSchema = z.string().regex(/^[a-z-]{2,12}@[a-z]{6,10}$/);
/** The name of a campaign that a touch belongs to, as the company gives them. */
export const touchCampaignSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
export const DIRECT = 'direct@customer';
export const touchChannelOf = ({ channel, initiator }: Pick<Trace, 'channel' | 'initiator'>): string => `${channel}@${initiator}`;
/** All that there can be. */
export const touchChannels: readonly string[] = [
  DIRECT,
  ...channelSchema.options.flatMap((channel) => initiatorSchema.options.map((initiator) => touchChannelOf({ channel, initiator }))),
];

/** Those that lead to an order; what comes after it, and looks after what was sold, earns none. */
const SELLING: readonly Phase[] = ['awareness', 'information', 'comparison', 'conviction', 'closing', 'up-selling', 'cross-selling'];
/** What the household does not see, or what is the order itself, its end, or a purchase from others. */
const NO_TOUCH: readonly string[] = [
  'order.proposed',
  'order.placed',
  'order.declined',
  'order.expired',
  'mandate.granted',
  'list.item-bought',
  'list.item-abandoned',
  'supply.bought-elsewhere',
];
export const APPROVED = 'order.approved';
const CONVERSIONS: readonly string[] = ['order.placed', 'Order Completed'];

export const isConversion = ({ type }: Pick<Trace, 'type'>): boolean => CONVERSIONS.includes(type);
export const isGrant = ({ type }: Pick<Trace, 'type'>): boolean => type === 'mandate.granted';
/** By a mandate: no person was asked. */
export const isAutomaticApproval = ({ type, initiator }: Pick<Trace, 'type' | 'initiator'>): boolean => type === APPROVED && initiator === 'automation';

export const isTouch = (trace: Pick<Trace, 'type' | 'phase' | 'initiator'>): boolean =>
  (SELLING.includes(trace.phase) || trace.type.startsWith('outreach.')) &&
  !NO_TOUCH.includes(trace.type) &&
  !isConversion(trace) &&
  !isAutomaticApproval(trace);

/** Where a touchpoint happens, who starts it and in which phase of the endless journey: the closed lists of words. */
import { z } from 'zod';

export const channelSchema = z.enum([
  'fridge',
  'heating',
  'tv',
  'app',
  'push',
  'e-mail',
  'web',
  'store',
  'call-centre',
  'retailer',
  'survey',
  'social',
  'crm',
  'nachschub',
]);
export type Channel = z.infer<typeof channelSchema>;

/** After Anderl et al. 2016, with devices as a class of their own, or the loop device → order would flood every model. */
export const initiatorSchema = z.enum(['device', 'customer', 'company', 'automation']);
export type Initiator = z.infer<typeof initiatorSchema>;

/** The eleven phases of one loop: the first five acquire, the others look after. */
export const phaseSchema = z.enum([
  'awareness',
  'information',
  'comparison',
  'conviction',
  'closing',
  'logistics',
  'implementation',
  'support',
  'loyalty',
  'up-selling',
  'cross-selling',
]);
export type Phase = z.infer<typeof phaseSchema>;

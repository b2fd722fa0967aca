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

/** As a supply names it: `groceries`, `heating` … A household is in several phases at once, one for each of these. */
export const productLineSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected a product line such as groceries');
export type ProductLine = z.infer<typeof productLineSchema>;

/** How somebody felt about a step, and how we know: −1 (angry) to 1 (delighted). Silence is unknown and makes none. */
export const sentimentSchema = z.strictObject({
  value: z.number().min(-1).max(1),
  source: z.enum(['nps', 'csat', 'ces', 'complaint', 'contact', 'cancellation', 'refusal', 'regret', 'praise', 'web', 'promise']),
  /** 0 to 1: an answer in a survey says more than a cancelled order. */
  confidence: z.number().min(0).max(1),
});
export type Sentiment = z.infer<typeof sentimentSchema>;

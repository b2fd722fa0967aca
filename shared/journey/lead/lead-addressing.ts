/** What campaigns have come to for a lead, as the lead keeps it: whether it was addressed or kept out to compare with, once for each campaign. */
import { z } from 'zod';
import { instantSchema } from '../../values.ts';
import { leadChannels, leadOutcomes, pieceNameSchema } from '../campaign/for-leads.ts';

const words = z.strictObject({ de: z.string().max(120), en: z.string().max(120) });
export const leadAddressingSchema = z.strictObject({
  at: instantSchema,
  arm: z.enum(['control', 'addressed']),
  name: words,
  outcome: z.enum(leadOutcomes),
  /** What was said, and where; absent for whoever is kept out. */
  said: z.strictObject({ piece: pieceNameSchema, title: words, channel: z.enum(leadChannels) }).optional(),
});
export type LeadAddressing = z.infer<typeof leadAddressingSchema>;

const ADDRESSINGS_MAX = 40;
/** By campaign. */
export const leadAddressingsSchema = z.record(z.string().max(40), leadAddressingSchema);
export type LeadAddressings = z.infer<typeof leadAddressingsSchema>;

/** The touchpoint that `lead.addressed` leaves. */
export const LEAD_ADDRESSED = 'lead.addressed';
/** Of a campaign's part for leads, in the counters of all experiments. */
export const leadsExperiment = (campaign: string): string => `campaign-${campaign}-leads`;

/** Of two that turned out to be one person the first word stands: what came later would be judged by what the first has done. */
export function joined(all: readonly (LeadAddressings | undefined)[]): LeadAddressings | undefined {
  const entries = all.flatMap((one) => Object.entries(one ?? {})).sort(([, a], [, b]) => (a.at < b.at ? 1 : -1));
  const first = new Map(entries);
  return first.size === 0 ? undefined : Object.fromEntries([...first].sort(([, a], [, b]) => (a.at < b.at ? -1 : 1)).slice(-ADDRESSINGS_MAX));
}

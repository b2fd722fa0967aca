/** A touchpoint as the projections keep it: what counts, reckons and tells, without the words of anybody. */
import { z } from 'zod';
import { instantSchema, type Instant } from '../../values.ts';
import type { Touchpoint } from '../touchpoint.ts';
import { channelSchema, initiatorSchema, phaseSchema, productLineSchema, sentimentSchema } from '../words.ts';

export const traceSchema = z.strictObject({
  at: instantSchema,
  type: z.string().min(1).max(80),
  channel: channelSchema,
  initiator: initiatorSchema,
  phase: phaseSchema,
  line: productLineSchema.optional(),
  /** The process it is a step of: an order, a case, a mandate, a thing. */
  about: z.string().max(80).optional(),
  valueMinor: z.int().min(0).optional(),
  sentiment: sentimentSchema.optional(),
  campaign: z.string().max(80).optional(),
  promisedAt: instantSchema.optional(),
});
export type Trace = z.infer<typeof traceSchema>;

/** By the beginning of the touchpoint's id: 64 bits, so that two of one household's day never meet. */
export const tracesSchema = z.record(z.string().regex(/^[0-9a-f]{16}$/), traceSchema);
export type Traces = z.infer<typeof tracesSchema>;

export const traceId = ({ touchpointId }: Pick<Touchpoint, 'touchpointId'>): string => touchpointId.slice('tp_'.length, 'tp_'.length + 16);

export function traceOf(touchpoint: Touchpoint): Trace {
  const { at, type, channel, initiator, phase, productLine, value, sentiment, campaign, promisedAt } = touchpoint;
  // A word in a case about an order is a step of the case.
  const about = touchpoint.caseId ?? touchpoint.orderId ?? touchpoint.mandateId ?? touchpoint.thing;
  return {
    ...{ at, type, channel, initiator, phase },
    ...(productLine !== undefined && { line: productLine }),
    ...(about !== undefined && { about }),
    ...(value !== undefined && { valueMinor: value.amountMinor }),
    ...(sentiment !== undefined && { sentiment }),
    ...(campaign !== undefined && { campaign: campaign.name }),
    ...(promisedAt !== undefined && { promisedAt }),
  };
}

/** In the order of their own time; of one moment by their ids, so that every reader has the same order. */
export const inTime = (traces: Traces): Trace[] =>
  Object.entries(traces)
    .sort(([idA, a], [idB, b]) => (a.at < b.at ? -1 : a.at > b.at ? 1 : idA < idB ? -1 : 1))
    .map(([, trace]) => trace);

/** `YYYY-MM-DD` and `YYYY-MM`, in UTC: they name items of the store, not days of anybody's calendar. */
export const dayOf = (at: Instant): string => at.slice(0, 10);
export const monthOf = (at: Instant): string => at.slice(0, 7);

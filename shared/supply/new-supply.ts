/** How a supply begins: as an operator describes it. */
import { z } from 'zod';
import type { DeviceType, Instant } from '../values.ts';
import { newDemand } from './demand.ts';
import { withDueAt } from './due.ts';
import { isHeating } from './heat/heat-supply.ts';
import { newHeat } from './heat/heat.ts';
import { firstGuessSchema } from './prior/prior.ts';
import type { ApprovalWait } from './reorder/approval-wait.ts';
import { leadTimeSchema } from './reorder/lead-time.ts';
import { newShadow } from './automation/shadow.ts';
import { amountSchema, descriptionFields, positiveAmountSchema, type Supply } from './supply.ts';

/** What an operator gives; amounts in base units. */
export const supplyConfigSchema = z
  .strictObject({
    ...descriptionFields,
    perDay: positiveAmountSchema,
    portion: positiveAmountSchema,
    /** How many watched days the first guess of `perDay` is worth. */
    confidenceDays: z.number().positive().max(365).default(7),
    /** `perDay` is what other households use, and nobody’s word. */
    guessed: z.strictObject({ category: firstGuessSchema.shape.category }).optional(),
    leadTime: leadTimeSchema.omit({ deliveries: true }),
    /** In the house now; without it, enough for the days of cover is assumed until the first reading. */
    onHand: amountSchema.optional(),
  })
  .refine((config) => config.products.every(({ pack }) => pack.unit === config.unit), 'every pack is measured in the unit of the supply')
  .refine((config) => (config.thing === undefined) === (config.slot === undefined), 'a thing and its slot belong together');
export type SupplyConfig = z.infer<typeof supplyConfigSchema>;

/** A supply as an operator describes it, watched from now on. @param deviceType of its thing, if it has one @param approval how long its household takes to say yes */
export function newSupply(config: SupplyConfig, now: Instant, deviceType?: DeviceType, approval?: ApprovalWait): Supply {
  const { perDay, portion, confidenceDays, guessed, leadTime, onHand, ...description } = supplyConfigSchema.parse(config);
  const supply: Supply = {
    ...description,
    ...(deviceType !== undefined && { deviceType }),
    demand: newDemand({ perDay, portion, confidenceDays, asOf: now }),
    ...(guessed && { firstGuess: { ...guessed, rateDays: confidenceDays, at: now } }),
    ...(isHeating({ ...description, deviceType }) && { heat: newHeat({ perDay, asOf: now }) }),
    leadTime: { ...leadTime, deliveries: 0, ...(approval && { approval }) },
    onHand: onHand ?? Math.min(perDay * description.settings.coverDays, description.settings.capacity ?? Infinity),
    sampledAt: now,
    pantry: 0,
    // Said by somebody who has looked, and watched by nothing else from now on.
    ...(onHand !== undefined && config.thing === undefined && { counted: { stock: onHand, asOf: now, used: 0 } }),
    early: 0,
    orders: {},
    cycle: 1,
    shadow: newShadow(now),
    lowSampleTimes: [],
  };
  return withDueAt(supply, now);
}

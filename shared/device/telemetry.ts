/** What a device says over MQTT, and the grammar of the topics it says it on. */
import { z } from 'zod';
import { instantSchema, quantitySchema, slotSchema, thingNameSchema, type ThingName } from '../values.ts';

/** Devices publish at most this; the rule refuses more (AWS IoT itself takes 128 KB). */
export const TELEMETRY_BYTES_MAX = 4_096;

export const telemetryTopic = (thing: ThingName): string => `dt/nachschub/${thing}/telemetry`;
export const commandTopic = (thing: ThingName, request: 'sync' | 'message'): string => `cmd/nachschub/${thing}/${request}`;

/** One reading of one slot. `(thing, bootId, seq)` names it for ever; the thing is known from the connection, not from here. */
export const readingSchema = z.strictObject({
  /** Counts the device's starts; persistent, increasing. */
  bootId: z.int().min(1).max(2_147_483_647),
  /** Counts the readings of this boot over all slots, from 1. */
  seq: z.int().min(1).max(2_147_483_647),
  /** When the sample was taken, by the device's clock. */
  sampledAt: instantSchema,
  slot: slotSchema,
  /** What is left in the slot. */
  level: quantitySchema,
  /** Standard deviation of `level`, same unit. */
  uncertainty: z.number().min(0).max(1_000_000),
  /** Taken out since this boot, same unit: cumulative, so that a lost or late reading never falsifies the total. */
  usage: z.number().min(0).max(1_000_000_000).optional(),
  /** Door openings since the last reading. */
  doorOpenings: z.int().min(0).max(10_000).optional(),
});
export type Reading = z.infer<typeof readingSchema>;

/**
 * What the rule's SQL puts on the queue: the payload untouched (base64, so that no field of it can pose as one of ours and
 * broken JSON survives) beside what the connection proves.
 */
export const ingestedTelemetrySchema = z.strictObject({
  payload: z.base64(),
  thing: thingNameSchema,
  clientId: z.string(),
  principal: z.string(),
  receivedAt: z.number().int().positive(),
});
export type IngestedTelemetry = z.infer<typeof ingestedTelemetrySchema>;

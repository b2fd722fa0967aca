/** What a device says over MQTT, and the grammar of the topics it says it on. */
import { z } from 'zod';
import { AMOUNT_MAX, instantSchema, quantitySchema, slotSchema, thingNameSchema, type ThingName } from '../values.ts';

/** Devices publish at most this; the rule refuses more (AWS IoT itself takes 128 KB). */
export const TELEMETRY_BYTES_MAX = 4_096;

export const telemetryTopic = (thing: ThingName): string => `dt/nachschub/${thing}/telemetry`;
export const commandTopic = (thing: ThingName, request: 'sync' | 'message'): string => `cmd/nachschub/${thing}/${request}`;

/** `{connected}`: said by the device after it has connected, and by the broker in its name (last will) when it has gone. */
export const presenceTopic = (thing: ThingName): string => `dt/nachschub/${thing}/presence`;
/** Of a named shadow; answers come on the same topic with `/accepted` or `/rejected`, differences on `update/delta`. */
export const shadowTopic = (thing: ThingName, shadow: string, request: 'get' | 'update' | 'delete' | 'update/delta'): string =>
  `$aws/things/${thing}/shadow/name/${shadow}/${request}`;

/** The names of our topic rules: part of the contract with devices, because Basic Ingest names them. */
export const ruleNames = {
  telemetry: 'nachschub_telemetry',
  presence: 'nachschub_presence',
  lifecycle: 'nachschub_lifecycle',
  sync: 'nachschub_sync',
} as const;
/** The same topic for a message that goes to its rule only, past the message broker and its price (AWS IoT Basic Ingest). */
export const basicIngestTopic = (rule: (typeof ruleNames)[keyof typeof ruleNames], topic: string): string => `$aws/rules/${rule}/${topic}`;

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
  uncertainty: z.number().min(0).max(AMOUNT_MAX),
  /** Taken out since this boot, same unit: cumulative, so that a lost or late reading never falsifies the total. */
  usage: z.number().min(0).max(1_000_000_000).optional(),
  /** Door openings since the last reading. */
  doorOpenings: z.int().min(0).max(10_000).optional(),
  /** What a heating's sensor outside the house shows, °C: the demand of a heating follows it (degree days). */
  outdoorCelsius: z.number().min(-60).max(60).optional(),
  /** How long a TV was watched since the last reading; a day has 1,440 minutes. */
  viewedMinutes: z.number().min(0).max(1_440).optional(),
  /** Messages that its screen has shown since the last reading, each once. */
  messagesShown: z.int().min(0).max(1_000).optional(),
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

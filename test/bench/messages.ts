/** What the bench and the programs beside it say to each other. */
import { z } from 'zod';
import { thingNameSchema } from '../../shared/values.ts';

export const publishersSchema = z.object({ port: z.int(), caFile: z.string(), things: z.array(z.object({ thing: thingNameSchema, directory: z.string() })) });
export const commandSchema = z.union([
  /** Every thing says this many readings at once, from this sequence number on. */
  z.object({ burst: z.int(), from: z.int() }),
  /** One reading every so many milliseconds, thing after thing. */
  z.object({ single: z.int(), everyMillis: z.number(), from: z.int() }),
]);
export type PublishCommand = z.infer<typeof commandSchema>;
export const doneSchema = z.object({ millis: z.number(), published: z.array(z.object({ thing: z.string(), seq: z.int(), at: z.number() })) });

export type Done = z.infer<typeof doneSchema>;

export const writerSchema = z.object({
  endpoint: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  table: z.string(),
  items: z.int(),
  rounds: z.int(),
});
export const wroteSchema = z.object({ writes: z.int(), millis: z.number() });

/** What the process that started the local cloud may ask of it, over the channel between the two, and what it hears. */
import { z } from 'zod';
import { faultKindSchema } from '../faults/kinds.ts';
import { personSchema } from '../identity/people.ts';
import { tvSchema } from '../stage/tv.ts';

export const runSchema = z.strictObject({
  dataDirectory: z.string(),
  assemblyDirectory: z.string(),
  httpPort: z.int(),
  brokerPort: z.int(),
  conductorPort: z.int(),
  startsAt: z.int(),
  rate: z.number().positive(),
  mode: z.enum(['real-time', 'jump']),
  until: z.int().optional(),
  expected: z.array(z.string()),
  /** How often what is due is started, in product time. */
  dueRate: z.string(),
  /** The households of the scenario, in the order in which they are shown. */
  residents: z.array(z.string()).default([]),
  /** Screens that the stage shows. */
  tvs: z.array(tvSchema).default([]),
  /** What the cloud is to get wrong, drawn from the seed, and where each is written down. */
  faults: z.strictObject({ seed: z.int(), kinds: z.array(faultKindSchema), file: z.string() }).optional(),
});
export type Run = z.infer<typeof runSchema>;

export const callSchema = z.union([
  /** Somebody who can sign in from now on. */
  z.strictObject({ call: z.literal('addPerson'), ...personSchema.shape }),
  z.strictObject({ call: z.literal('memberToken'), memberId: z.string() }),
  z.strictObject({ call: z.literal('memberToken'), email: z.string() }),
  z.strictObject({ call: z.literal('staffToken'), email: z.string() }),
  z.strictObject({ call: z.literal('operatorToken') }),
  z.strictObject({ call: z.literal('collectorToken') }),
  z.strictObject({ call: z.literal('retailerToken'), retailerId: z.string() }),
  z.strictObject({ call: z.literal('certificate'), thing: z.string() }),
  /** Its certificates count no longer, and its connection ends. */
  z.strictObject({ call: z.literal('revoke'), thing: z.string() }),
  z.strictObject({ call: z.literal('access') }),
  z.strictObject({ call: z.literal('pause') }),
  z.strictObject({ call: z.literal('resume') }),
  z.strictObject({ call: z.literal('skip'), millis: z.number() }),
  /** Time stops here; answers when everything that was under way has ended. */
  z.strictObject({ call: z.literal('drain') }),
]);
export type Call = z.infer<typeof callSchema>;

export const requestSchema = z.strictObject({ id: z.int(), request: callSchema });
export const accessSchema = z.strictObject({
  endpointUrl: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  tables: z.strictObject({ households: z.string(), retailers: z.string(), journeys: z.string() }),
});
/** How a program of this machine reads the tables. */
export type Access = z.infer<typeof accessSchema>;

export const replySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready'), brokerCa: z.string() }),
  z.strictObject({ kind: z.literal('failed'), reason: z.string() }),
  z.strictObject({ kind: z.literal('report'), line: z.string() }),
  z.strictObject({ kind: z.literal('finished') }),
  z.strictObject({ kind: z.literal('answer'), id: z.int(), value: z.unknown().optional() }),
  z.strictObject({ kind: z.literal('refusal'), id: z.int(), reason: z.string() }),
]);
export type Reply = z.infer<typeof replySchema>;

/** What the template tells a function. Read at the first use, so that tests can import a module without one. */
import { z } from 'zod';

const environmentSchema = z.object({
  HOUSEHOLDS_TABLE: z.string().min(1).optional(),
  RETAILERS_TABLE: z.string().min(1).optional(),
  JOURNEYS_TABLE: z.string().min(1).optional(),
  EVENT_BUS: z.string().min(1).optional(),
  ROOT_SECRET: z.string().min(1).optional(),
  /** What the bus refused, whole. */
  REFUSED_EVENTS_QUEUE: z.string().min(1).optional(),
  /** Over how many partitions what is due is spread; the same for everybody who writes or reads it. */
  DUE_SHARDS: z.string().min(1).optional(),
  /** JSON: function name → URL of its queue; where `run-due` sends what is due. */
  DUE_QUEUES: z.string().min(2).optional(),
  /** Of the worker that hands touchpoints on; without it they wait until they are found due. */
  HAND_ON_QUEUE: z.string().min(1).optional(),
  /** JSON: retailer → the app client of its machine. */
  RETAILER_CLIENTS: z.string().min(2).optional(),
  /** Whose tokens the apps' MQTT door takes: the user pool's address. */
  TOKEN_ISSUER: z.string().min(1).optional(),
  /** JSON: the app clients whose tokens it takes. */
  TOKEN_CLIENTS: z.string().min(2).optional(),
  /** Of the user pool that people are invited into. */
  USER_POOL_ID: z.string().min(1).optional(),
  /** `arn:<partition>:iot:<region>:<account>`: what the resources of an app's policy begin with. */
  IOT_ARN_BASE: z.string().min(1).optional(),
  /** Whom e-mails of ours come from; without it none can be sent. */
  MAIL_FROM: z.string().min(3).optional(),
  /** Who that is, by the law (§5 DDG): below each e-mail. */
  MAIL_IMPRINT: z.string().min(1).optional(),
  /** `https://…` without a slash at the end: where links in e-mails lead. */
  MAIL_SITE: z.string().min(1).optional(),
  /** Of SES: what it tells of the e-mails that it has taken. */
  MAIL_CONFIGURATION: z.string().min(1).optional(),
  /** Of a hundred lines about readings that came in, so many are logged. */
  READINGS_LOGGED: z.string().min(1).optional(),
});
export type EnvironmentName = keyof z.infer<typeof environmentSchema>;

/** Throws a sentence that names the variable: a missing one is a mistake in the template. */
export function environment(name: EnvironmentName): string {
  const value = environmentSchema.shape[name].parse(process.env[name]);
  if (value === undefined) throw new Error(`the function's environment lacks ${name}; the template has to set it`);
  return value;
}

/** For what a function can do without. */
export const environmentIf = (name: EnvironmentName): string | undefined => environmentSchema.shape[name].parse(process.env[name]);

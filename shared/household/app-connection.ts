/** An app that hears of its household over MQTT: what its connection is called, and what stands in the house's books about it. */
import { z } from 'zod';
import { householdIdSchema, instantSchema, memberIdSchema, type HouseholdId, type MemberId } from '../values.ts';

/** AWS IoT takes client ids of up to 128 bytes; this leaves room for the longest member id. */
const clientIdSchema = z.string().regex(/^app-mem_[a-z0-9-]{1,64}-[A-Za-z0-9]{1,32}$/);

export const appConnectionSchema = z.strictObject({
  householdId: householdIdSchema,
  memberId: memberIdSchema,
  clientId: clientIdSchema,
  authorizedAt: instantSchema,
  /** Unix seconds of the wall clock: from then on the connection is over in any case. */
  endsAtSeconds: z.int().positive(),
});
export type AppConnection = z.infer<typeof appConnectionSchema>;

/**
 * `app-<member>-<letters or digits>`: one per device of a member. The last part has no hyphen, so that the id of one member is
 * never the beginning of another's.
 */
export const isAppClientOf = (memberId: MemberId, clientId: string): boolean =>
  clientIdSchema.safeParse(clientId).success && clientId.slice(0, clientId.lastIndexOf('-')) === `app-${memberId}`;

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string;
  readonly Resource: string;
}
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** What an app may do: be this client, and hear its household's messages and what has changed. It publishes nothing; it speaks over HTTP. @param arnBase `arn:aws:iot:<region>:<account>` */
export function appPolicy(arnBase: string, clientId: string, householdId: HouseholdId): PolicyDocument {
  const allow = (Action: string, resource: string): Statement => ({ Effect: 'Allow', Action, Resource: `${arnBase}:${resource}` });
  const heard = ['messages', 'changes'].map((kind) => `app/nachschub/${householdId}/${kind}`);
  return {
    Version: '2012-10-17',
    Statement: [
      allow('iot:Connect', `client/${clientId}`),
      ...heard.flatMap((topic) => [allow('iot:Subscribe', `topicfilter/${topic}`), allow('iot:Receive', `topic/${topic}`)]),
    ],
  };
}

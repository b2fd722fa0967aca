/**
 * The apps' door over MQTT. AWS IoT asks here when a client without a certificate connects, and again every five minutes: the password is
 * the member's access token, the user name the household whose messages it wants to hear. A refusal is an answer, not an error.
 */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { IoTCustomAuthorizerResult } from 'aws-lambda';
import { z } from 'zod';
import { appPolicy, isAppClientOf } from '../shared/household/app-connection.ts';
import { householdIdSchema } from '../shared/values.ts';
import { findMember, recordConnection } from './authorize-app/connection.ts';
import { admission, refusal } from './authorize-app/answer.ts';
import { verifyToken } from './authorize-app/verify-token.ts';
import { environment } from './runtime/environment.ts';
import { logger } from './runtime/log.ts';

/** A stock client may name the authorizer behind the user name: `hh_anna?x-amz-customauthorizer-name=…`. */
const userNameSchema = z
  .string()
  .transform((name) => name.split('?')[0])
  .pipe(householdIdSchema);
const connectSchema = z.object({
  protocolData: z.object({ mqtt: z.object({ username: userNameSchema, password: z.base64().max(16_384), clientId: z.string().max(128) }) }),
});

async function decide(event: unknown): Promise<IoTCustomAuthorizerResult> {
  const connect = connectSchema.safeParse(event);
  if (!connect.success) return refusal('not-an-app');
  const { username: householdId, password, clientId } = connect.data.protocolData.mqtt;
  const bearer = await verifyToken(Buffer.from(password, 'base64').toString('utf8'));
  if (bearer === undefined) return refusal('token-refused');
  if (!isAppClientOf(bearer.memberId, clientId)) return refusal('foreign-client-id');
  if ((await findMember(householdId, bearer.memberId)) === undefined) return refusal('no-member');
  await recordConnection({ householdId, clientId }, bearer);
  // Read once more: who was removed before the record stood there would otherwise be missed by those who disconnect.
  if ((await findMember(householdId, bearer.memberId)) === undefined) return refusal('no-member');
  return admission(bearer, appPolicy(environment('IOT_ARN_BASE'), clientId, householdId));
}

export const handler = middy<unknown, IoTCustomAuthorizerResult>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .handler(decide);

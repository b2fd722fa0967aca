/** The template's custom authorizer: its function is asked about clients that show no certificate. */
import { z } from 'zod';
import type { AuthorizeConnection } from '../broker/authorizer.ts';
import type { Functions } from '../functions/functions.ts';
import type { Tokens } from '../http/tokens.ts';
import { ACCOUNT_ID, PARTITION, REGION } from '../template/identity.ts';
import type { Template } from '../template/read-assembly.ts';
import { functionsOf, ofType } from './definitions.ts';

const authorizerSchema = z.looseObject({
  AuthorizerFunctionArn: z.string(),
  // A signed token would have to be verified here, before the function is asked.
  SigningDisabled: z.literal(true),
  Status: z.enum(['ACTIVE', 'INACTIVE']).default('ACTIVE'),
});

/** Throws when the template has several, or one that this machine cannot stand for. */
export function connectionAuthorizer(template: Template, invoke: Functions['invoke'], tokens: Tokens): AuthorizeConnection {
  const active = ofType(template, 'AWS::IoT::Authorizer').flatMap(({ logicalId, properties }) => {
    const { data, error } = authorizerSchema.safeParse(properties);
    if (error !== undefined) throw new Error(`${logicalId} (AWS::IoT::Authorizer): ${z.prettifyError(error)}`);
    return data.Status === 'ACTIVE' ? [{ logicalId, arn: data.AuthorizerFunctionArn }] : [];
  });
  const [authorizer, ...others] = active;
  if (others.length > 0) throw new Error('several active IoT authorizers: which one is meant stands in no template');
  if (authorizer === undefined) return byToken(tokens);
  const name = functionsOf(template).find(({ arn }) => arn === authorizer.arn)?.name;
  if (name === undefined) throw new Error(`${authorizer.logicalId} asks ${authorizer.arn}, which is no function of the template`);
  return async (request) => {
    const result = await invoke(name, request);
    if (!result.ok) throw new Error(`${name}: ${result.errorMessage}`);
    return result.payload;
  };
}

/** Until the template says who decides: the household that the token itself names. */
const byToken =
  (tokens: Tokens): AuthorizeConnection =>
  async ({ protocolData: { mqtt } }) => {
    const claims = await tokens.verifyToken(Buffer.from(mqtt.password ?? '', 'base64').toString());
    const [member, household] = [claims?.['username'], claims?.['custom:household_id']];
    const isOwn = typeof member === 'string' && /^[A-Za-z0-9]+$/.test(mqtt.clientId.replace(`app-${member}-`, ''));
    if (!isOwn || typeof household !== 'string') return { isAuthenticated: false };
    const allow = (Action: string, resource: string) => ({ Effect: 'Allow', Action, Resource: `arn:${PARTITION}:iot:${REGION}:${ACCOUNT_ID}:${resource}` });
    const messages = `app/nachschub/${household}/messages`;
    const Statement = [
      allow('iot:Connect', `client/${mqtt.clientId}`),
      allow('iot:Subscribe', `topicfilter/${messages}`),
      allow('iot:Receive', `topic/${messages}`),
    ];
    return {
      ...{ isAuthenticated: true, principalId: member.replaceAll(/[^A-Za-z0-9]/g, ''), disconnectAfterInSeconds: 86_400, refreshAfterInSeconds: 86_400 },
      policyDocuments: [{ Version: '2012-10-17', Statement }],
    };
  };

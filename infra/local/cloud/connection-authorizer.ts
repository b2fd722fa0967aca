/** The template's custom authorizer: its function is asked about clients that show no certificate. */
import { z } from 'zod';
import type { AuthorizeConnection } from '../broker/authorizer.ts';
import type { Functions } from '../functions/functions.ts';
import type { Template } from '../template/read-assembly.ts';
import { functionsOf, ofType } from './definitions.ts';

const authorizerSchema = z.looseObject({
  AuthorizerFunctionArn: z.string(),
  // A signed token would have to be verified here, before the function is asked.
  SigningDisabled: z.literal(true),
  Status: z.enum(['ACTIVE', 'INACTIVE']).default('ACTIVE'),
});

/** Throws when the template has several, or one that this machine cannot stand for. */
export function connectionAuthorizer(template: Template, invoke: Functions['invoke']): AuthorizeConnection {
  const active = ofType(template, 'AWS::IoT::Authorizer').flatMap(({ logicalId, properties }) => {
    const { data, error } = authorizerSchema.safeParse(properties);
    if (error !== undefined) throw new Error(`${logicalId} (AWS::IoT::Authorizer): ${z.prettifyError(error)}`);
    return data.Status === 'ACTIVE' ? [{ logicalId, arn: data.AuthorizerFunctionArn }] : [];
  });
  const [authorizer, ...others] = active;
  if (others.length > 0) throw new Error('several active IoT authorizers: which one is meant stands in no template');
  // Without one, AWS IoT has nobody to ask either.
  if (authorizer === undefined) return () => Promise.resolve({ isAuthenticated: false });
  const name = functionsOf(template).find(({ arn }) => arn === authorizer.arn)?.name;
  if (name === undefined) throw new Error(`${authorizer.logicalId} asks ${authorizer.arn}, which is no function of the template`);
  return async (request) => {
    const result = await invoke(name, request);
    if (!result.ok) throw new Error(`${name}: ${result.errorMessage}`);
    return result.payload;
  };
}

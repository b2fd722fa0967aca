import { describe, expect, it } from 'vitest';
import type { ConnectionRequest } from '../../../../infra/local/broker/authorizer.ts';
import { connectionAuthorizer } from '../../../../infra/local/cloud/connection-authorizer.ts';
import { readStack } from '../template/written-assembly.ts';

const request: ConnectionRequest = {
  signatureVerified: false,
  protocols: ['mqtt'],
  protocolData: { mqtt: { clientId: 'app' } },
  connectionMetadata: { id: '1' },
};
const authorizer = (properties: object = {}) => ({
  Type: 'AWS::IoT::Authorizer',
  Properties: { AuthorizerFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:ask', SigningDisabled: true, ...properties },
});
const stack = (...authorizers: object[]) => readStack({ Resources: Object.fromEntries(authorizers.map((one, index) => [`Door${index}`, one])) });
const nobody = () => Promise.reject(new Error('nobody is asked'));

describe('the template’s authorizer', () => {
  it('lets nobody in where there is none, or none that is active', async () => {
    for (const template of [stack(), stack(authorizer({ Status: 'INACTIVE' }))])
      expect(await connectionAuthorizer(template, nobody)(request)).toEqual({ isAuthenticated: false });
  });

  it.each([
    ['signs tokens', [authorizer({ SigningDisabled: false })], /Door0.*SigningDisabled/s],
    ['asks a function that is not there', [authorizer()], /Door0 asks .*function:ask/],
    ['is one of several', [authorizer(), authorizer()], /several/],
  ])('stops the start when it %s', (_, authorizers, reason) => {
    expect(() => connectionAuthorizer(stack(...authorizers), nobody)).toThrow(reason);
  });
});

/** The OpenAPI 3.1 document, put together from what the APIs validate with. */
import { scopes, type Scope } from '../../shared/api/routes.ts';
import { idsInPaths, pathsOf, sharedResponses, type Described } from './operations.ts';
import { components } from './schemas.ts';
import { signatureParameters, webhooks } from './webhooks.ts';

const SCOPES: Record<Scope, string> = {
  [scopes.operate]: 'operators',
  [scopes.household]: 'members, for the households they belong to',
  [scopes.retailer]: 'shops, for their own orders and deliveries',
  [scopes.collect]: 'trackers and CRMs that send touchpoints',
  [scopes.lookAfter]: 'the company’s own people, if they are in the group of agents',
};

/** @param issuer of the access tokens; its discovery document names the addresses of sign-in and tokens */
export const describeApis = (apis: readonly Described[], issuer: string) => ({
  info: {
    title: 'Nachschub',
    version: '1',
    summary: 'Lets connected things buy.',
    description:
      'Identifiers in PUT paths are made by the caller, and every write may be repeated: a repeat changes nothing and answers as the first time did. ' +
      'What belongs to somebody else does not exist (404). Members of an object that are not described are refused in requests and may be added to answers.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
  tags: ['Households', 'Retailers', 'Touchpoints', 'What shops are asked', 'About'].map((name) => ({ name })),
  paths: pathsOf(apis),
  webhooks: webhooks(),
  components: {
    schemas: components,
    responses: sharedResponses,
    parameters: { ...signatureParameters, ...idsInPaths },
    securitySchemes: {
      accessToken: {
        type: 'openIdConnect',
        openIdConnectUrl: `${issuer}/.well-known/openid-configuration`,
        description: `OAuth 2 access tokens (no ID tokens): the authorization code with PKCE for members, client credentials for machines. Scopes: ${Object.entries(
          SCOPES,
        )
          .map(([scope, who]) => `\`${scope}\` for ${who}`)
          .join('; ')}.`,
      },
      writeKey: {
        type: 'http',
        scheme: 'basic',
        description: 'The write key of a source as the user name, without a password, as Segment’s libraries send it.',
      },
      webhookSignature: {
        type: 'apiKey',
        in: 'header',
        name: 'webhook-signature',
        description:
          'Standard Webhooks 1.0: `v1,` and the base64 HMAC-SHA256 of `<webhook-id>.<webhook-timestamp>.<raw body>` under the key of this direction, which an operator hands out.',
      },
    },
  },
});

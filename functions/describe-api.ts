/** The API in its own words, for everyone: an OpenAPI 3.1 document made from the very schemas that the other functions validate with. */
import { createRoute } from '@hono/zod-openapi';
import { etag } from 'hono/etag';
import { z } from 'zod';
import { routes } from '../shared/api/routes.ts';
import { api as collectTouchpoints } from './collect-touchpoints.ts';
import { describeApis } from './describe-api/document.ts';
import { serverUrl } from './describe-api/server-url.ts';
import { api as householdApi } from './household-api.ts';
import { api as retailerApi } from './retailer-api.ts';
import { environment } from './runtime/environment.ts';
import { gives, lambdaHandler, newApi } from './runtime/http.ts';

const describe = createRoute({
  method: 'get',
  path: routes.describeApi.path,
  responses: gives(z.looseObject({ openapi: z.literal('3.1.0') }), 'This document'),
});

export const api = newApi();
/** It changes with a deployment only: five minutes old is new enough, and then the tag saves the bytes. */
api.use(etag());
api.openapi(describe, (context) => {
  context.header('cache-control', 'public, max-age=300');
  return context.json({ openapi: '3.1.0' as const, servers: [{ url: serverUrl(context) }], ...document() }, 200);
});

let made: ReturnType<typeof describeApis> | undefined;
const document = () => (made ??= describeApis([householdApi, retailerApi, collectTouchpoints, api], environment('TOKEN_ISSUER')));

export const handler = lambdaHandler(api);

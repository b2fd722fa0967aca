/** Each line of `shared/api/routes.ts` as an operation of the document, with the very schemas that its function validates with. */
import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes, scopes, type Route, type RouteName } from '../../shared/api/routes.ts';
import { subscriptionIdSchema } from '../../shared/journey/subscription/subscription.ts';
import { caseIdSchema, householdIdSchema, mandateIdSchema, orderIdSchema, retailerIdSchema, supplyIdSchema, thingNameSchema } from '../../shared/values.ts';
import type { ApiEnvironment } from '../runtime/http.ts';
import { reference, schemaOf, type JsonSchema } from './schemas.ts';
import { summaries } from './summaries.ts';

export type Described = OpenAPIHono<ApiEnvironment>;
type Object = Readonly<Record<string, unknown>>;

const TAGS: Record<Route['function'], string> = {
  'describe-api': 'About',
  'household-api': 'Households',
  'retailer-api': 'Retailers',
  'collect-touchpoints': 'Touchpoints',
  'journey-api': 'About',
};

/** `paths` of the document. Throws when a route stands in none of the APIs: then nobody would answer it either. */
export function pathsOf(apis: readonly Described[]): Record<string, Record<string, Object>> {
  const definitions = apis.flatMap(({ openAPIRegistry }) => openAPIRegistry.definitions).flatMap((one) => (one.type === 'route' ? [one.route] : []));
  const paths: Record<string, Record<string, Object>> = {};
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    // The company's own console is nobody else's to call.
    if (route.caller === 'staff') continue;
    const method = methodOf(route);
    const matching = definitions.filter((definition) => definition.path === route.path && definition.method === method);
    const [definition] = matching;
    if (definition === undefined || matching.length > 1) throw new Error(`${name} is described ${matching.length} times, expected once`);
    paths[route.path] = { ...paths[route.path], [method]: operation(name, route, definition) };
  }
  return paths;
}

export const methodOf = ({ method }: Pick<Route, 'method'>): string => method.toLowerCase();

const isSigned = (caller: Route['caller']): boolean => caller === 'retailer-signature' || caller === 'source-signature';

/** Any one of the scopes is enough: each is an alternative of its own. */
export function securityOf({ caller, scopes: demanded }: Pick<Route, 'caller' | 'scopes'>): readonly Object[] {
  if (isSigned(caller)) return [{ webhookSignature: [] }];
  return caller === 'write-key' ? [{ writeKey: [] }, { accessToken: [scopes.collect] }] : demanded.map((scope) => ({ accessToken: [scope] }));
}

function operation(name: RouteName, route: Route, { request, responses }: RouteConfig): Object {
  const parameters = [...parametersOf('path', request?.params), ...parametersOf('query', request?.query), ...(isSigned(route.caller) ? SIGNATURE_HEADERS : [])];
  const body = request?.body;
  return {
    operationId: name,
    summary: summaries[name],
    tags: [TAGS[route.function]],
    security: securityOf(route),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: body.required ?? false, content: contentOf(body.content, 'input') } }),
    responses: { ...answersOf(responses), ...refusalsOf(route) },
  };
}

/** Of what verifies a message; the signature itself is the security scheme. */
export const SIGNATURE_HEADERS = ['webhook-id', 'webhook-timestamp'].map((name) => ({ $ref: `#/components/parameters/${name}` }));

const zodSchema = z.instanceof(z.ZodType);
const zodObject = z.instanceof(z.ZodObject);

function parametersOf(place: 'path' | 'query', schema: unknown): readonly Object[] {
  if (schema === undefined) return [];
  const { properties, required = [] } = z
    .object({ properties: z.record(z.string(), z.record(z.string(), z.unknown())), required: z.array(z.string()).optional() })
    .parse(schemaOf(zodObject.parse(schema), 'input'));
  return Object.entries(properties).map(([name, property]) => {
    const parameter = { name, in: place, required: required.includes(name), schema: property };
    return JSON.stringify(parameter) === JSON.stringify(idsInPaths[name]) ? { $ref: `#/components/parameters/${name}` } : parameter;
  });
}

/** Ids that stand in many paths: said once. */
export const idsInPaths: Readonly<Record<string, Object>> = Object.fromEntries(
  Object.entries({
    ...{ householdId: householdIdSchema, supplyId: supplyIdSchema, orderId: orderIdSchema, mandateId: mandateIdSchema, caseId: caseIdSchema },
    ...{ retailerId: retailerIdSchema, subscriptionId: subscriptionIdSchema, thing: thingNameSchema },
  }).map(([name, schema]) => [name, { name, in: 'path', required: true, schema: schemaOf(schema, 'input') }]),
);

const mediaSchema = z.record(z.string(), z.object({ schema: zodSchema }));
const contentOf = (content: unknown, side: 'input' | 'output'): Record<string, { schema: JsonSchema }> =>
  Object.fromEntries(Object.entries(mediaSchema.parse(content)).map(([type, { schema }]) => [type, { schema: schemaOf(schema, side) }]));

const responseSchema = z.object({ description: z.string(), content: z.unknown().optional() });

/** What a function answers itself; `default` stands below with all refusals. */
function answersOf(responses: RouteConfig['responses']): Record<string, Object> {
  const described = Object.entries(responses).filter(([status]) => status !== 'default');
  return Object.fromEntries(
    described.map(([status, response]) => {
      const { description, content } = responseSchema.parse(response);
      return [status, { description, ...(content !== undefined && { content: contentOf(content, 'output') }) }];
    }),
  );
}

/** Before a function hears of a request, the gateway refuses tokens and floods with a sentence of its own. */
const refusalsOf = (route: Route): Record<string, Object> => ({
  ...(securityOf(route).some((one) => 'accessToken' in one) && {
    401: { $ref: '#/components/responses/Unauthorized' },
    403: { $ref: '#/components/responses/Forbidden' },
  }),
  429: { $ref: '#/components/responses/TooManyRequests' },
  default: { $ref: '#/components/responses/Refused' },
});

const gatewaySentence = { 'application/json': { schema: { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] } } };
const problem = { 'application/problem+json': { schema: reference('Problem') } };

export const sharedResponses: Readonly<Record<string, Object>> = {
  Unauthorized: { description: 'No token, or one that is not valid for this API', content: { ...gatewaySentence, ...problem } },
  Forbidden: { description: 'A token without the scope, or a person who may not do this', content: { ...gatewaySentence, ...problem } },
  TooManyRequests: { description: 'Too many requests at once; try again with growing pauses', content: gatewaySentence },
  Refused: { description: 'A problem document (RFC 9457): `title` is a stable word for programs, `detail` a sentence for people', content: problem },
};

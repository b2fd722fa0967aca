import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { handler as collectTouchpoints } from '../../functions/collect-touchpoints.ts';
import { handler } from '../../functions/describe-api.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as retailerApi } from '../../functions/retailer-api.ts';
import { Activity } from '../../infra/local/activity.ts';
import { openHttpApi } from '../../infra/local/http/open-http-api.ts';
import { routes, type Route } from '../../shared/api/routes.ts';
import { orderPlacedMessage } from '../../shared/retailer/messages.ts';
import { milkConfig } from '../shared/supply/milk.ts';
import { context, openWorld } from './harness.ts';
import { basicAuth, openSource } from './write-key.ts';
import { apiEvent, memberClaims, operator, send, type Call } from './http-call.ts';
import { anna, furnish, household, householdId, openShop } from './kitchen.ts';
import { decide, propose, theOrder } from './order-world.ts';

process.env['TOKEN_ISSUER'] = 'https://issuer.example/pool';

const anything = z.record(z.string(), z.unknown());
const mediaSchema = z.record(z.string(), z.object({ schema: anything }));
const referenceSchema = z.object({ $ref: z.string() });
const parameterSchema = z.object({ name: z.string(), in: z.string(), required: z.boolean(), schema: anything });
const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.union([referenceSchema, parameterSchema])).default([]),
  requestBody: z.object({ required: z.boolean(), content: mediaSchema }).optional(),
  responses: z.record(z.string(), z.union([referenceSchema, z.object({ description: z.string(), content: mediaSchema.optional() })])),
});
type Operation = z.infer<typeof operationSchema>;
const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.string() }),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  webhooks: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), anything), securitySchemes: anything }),
});

const { body } = await send(handler, { method: 'GET', path: '/openapi.json' });
const document = documentSchema.parse(body);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const operationOf = (name: string, among = operations): Operation => {
  const found = among.find(({ operation }) => operation.operationId === name)?.operation;
  if (found === undefined) throw new Error(`no operation ${name}`);
  return found;
};

/** The company's own console is nobody else's to call. */
const forOthers = Object.entries<Route>(routes).filter(([, { caller }]) => caller !== 'staff');

describe('the document', () => {
  it('holds every route exactly once, and nothing else', () => {
    const described = operations.map(({ path, method, operation }) => `${operation.operationId}: ${method} ${path}`);
    expect(described.sort()).toEqual(forOthers.map(([name, { method, path }]) => `${name}: ${method.toLowerCase()} ${path}`).sort());
  });

  it.each(forOthers)('says of %s what it is for and who may call it', (name, { caller, scopes }) => {
    const { summary, security, tags } = operationOf(name);
    expect(summary.length).toBeGreaterThan(10);
    expect(tags).toHaveLength(1);
    const withoutProof = caller === 'anyone' || caller === 'signed-link';
    if (withoutProof) expect(security).toEqual([]);
    else if (caller === 'retailer-signature' || caller === 'source-signature') expect(security).toEqual([{ webhookSignature: [] }]);
    else if (caller === 'write-key') expect(security).toEqual([{ writeKey: [] }, { accessToken: ['nachschub/collect'] }]);
    else expect(security).toEqual(scopes.map((scope) => ({ accessToken: [scope] })));
    if (!withoutProof) expect(security.length).toBeGreaterThan(0);
  });

  it('names each part of a path once, with what may stand there', () => {
    for (const { path, operation } of operations) {
      const said = operation.parameters.map((one) => ('$ref' in one ? parameterSchema.parse(lookUp(one.$ref)) : one));
      const inPath = said.filter((one) => one.in === 'path');
      expect([path, inPath.map(({ name }) => name).sort()]).toEqual([path, Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name).sort()]);
      for (const { name, required, schema } of inPath) {
        expect(required, name).toBe(true);
        const allowed = resolve(schema);
        expect(allowed['enum'] ?? allowed['pattern'], name).toEqual(allowed['enum'] ?? expect.stringMatching(/^\^/));
      }
    }
  });

  const SAY_ALL_IN_THEIR_PATH = new Set([
    'learnStep',
    'shareReferral',
    'pauseMandate',
    'resumeMandate',
    'trustSupply',
    'replayDelivery',
    'createWriteKey',
    'testSubscription',
    'resumeSubscription',
    'stopMail',
  ]);
  it('demands a body with every PUT and POST that has more to say than its path, and says what every refusal looks like', () => {
    for (const { method, operation } of operations) {
      expect([operation.operationId, operation.requestBody?.required]).toEqual([
        operation.operationId,
        (method === 'put' || method === 'post') && !SAY_ALL_IN_THEIR_PATH.has(operation.operationId) ? true : undefined,
      ]);
      expect(operation.responses['default']).toEqual({ $ref: '#/components/responses/Refused' });
      if (operation.security.some((one) => 'accessToken' in one)) expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403']));
    }
  });

  it('leads nowhere that is not in it', () => {
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = '']) => target);
    expect(references.length).toBeGreaterThan(50);
    expect(references.filter((target) => lookUp(target) === undefined)).toEqual([]);
    const used = new Set(references);
    expect(Object.keys(document.components.schemas).filter((name) => !used.has(`#/components/schemas/${name}`))).toEqual([]);
    const schemes = [...operations, ...webhooks].flatMap(({ operation }) => operation.security.flatMap((one) => Object.keys(one)));
    expect(new Set(schemes)).toEqual(new Set(Object.keys(document.components.securitySchemes)));
  });

  // Each door takes about 1.5 kB though its parts have names; beginning a household is one more.
  it('is small enough to be read by a browser at once', () => expect(JSON.stringify(body).length).toBeLessThan(302_000));
});

const webhooks = Object.entries(document.webhooks).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

function lookUp(reference: string): unknown {
  return reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((place, step) => (place === undefined ? undefined : anything.safeParse(place).data?.[step]), body);
}
const resolve = (schema: Record<string, unknown>): Record<string, unknown> =>
  typeof schema['$ref'] === 'string' ? anything.parse(lookUp(schema['$ref'])) : schema;

/** Knows nothing but the document. */
function asPublished(schema: Record<string, unknown>): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll('#/components/schemas/', '#/$defs/');
  return z.fromJSONSchema(anything.parse(JSON.parse(text)));
}
const requestOf = ({ requestBody }: Operation) => asPublished(requestBody?.content['application/json']?.schema ?? {});
function responseOf({ responses }: Operation, status: number): z.ZodType {
  const response = responses[String(status)];
  if (response === undefined || '$ref' in response) throw new Error(`no answer ${status} is described`);
  return asPublished(response.content?.['application/json']?.schema ?? {});
}

describe('what really goes over the wire', () => {
  let world: Awaited<ReturnType<typeof openWorld>>;
  beforeAll(async () => {
    world = await openWorld();
    await openShop();
    await furnish();
  });
  afterAll(() => world.close());

  const home = `/households/${householdId}`;
  type Handler = Parameters<typeof send>[0];
  /** Sends it, and holds both the request and the answer against the document. */
  async function exchange(
    name: keyof typeof routes,
    path: string,
    claims: Call['claims'],
    sent?: unknown,
    to: Handler = householdApi,
    headers: Record<string, string> = {},
  ) {
    const operation = operationOf(name);
    if (sent !== undefined) expect(requestOf(operation).safeParse(sent).error, `the request of ${name}`).toBeUndefined();
    const answer = await send(to, { method: routes[name].method, path, headers, ...(claims && { claims }), ...(sent !== undefined && { body: sent }) });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(responseOf(operation, 200).safeParse(answer.body).error, `the answer of ${name}`).toBeUndefined();
    return answer.body;
  }

  it('is as described, from a household to an order that is declined', async () => {
    const { name, timeZone, language, address } = household;
    await exchange('createHousehold', home, operator, { name, timeZone, language, address });
    await exchange('addMember', `${home}/members/${anna}`, operator, { name: 'Anna', role: 'owner' });
    await exchange('addDevice', `${home}/devices/fridge-anna`, operator, { deviceType: 'fridge', name: 'Fridge' });
    await exchange('addSupply', `${home}/supplies/sup_milk`, operator, milkConfig);
    const shop = { name: 'Frischhof', webhookUrl: 'https://shop.example/orders', apiUrl: 'https://shop.example' };
    await exchange('putRetailer', '/retailers/rt_other', operator, shop, retailerApi);
    await exchange('readDeliveries', '/retailers/rt_other/deliveries', operator, undefined, retailerApi);
    const touchpoint = { messageId: 'm-1', userId: householdId, event: 'Newsletter Opened', context: { channel: 'e-mail' } };
    const { writeKey } = await openSource();
    await exchange('track', '/v1/track', undefined, touchpoint, collectTouchpoints, basicAuth(writeKey));
    await exchange('listSources', '/sources', operator, undefined, collectTouchpoints);
    await exchange('listRefused', '/sources/src_web-shop/refused', operator, undefined, collectTouchpoints);

    await propose(world);
    await decide(world);
    const { order } = await theOrder();
    const byAnna = memberClaims(anna);
    await exchange('readHousehold', home, byAnna);
    await exchange('listOrders', `${home}/orders`, byAnna);
    await exchange('readOrder', `${home}/orders/${order.orderId}`, byAnna);
    await exchange('declineOrder', `${home}/orders/${order.orderId}/decline`, byAnna, { reason: 'we have some' });
    await exchange('readJourney', `${home}/journey`, byAnna);

    const toShop = orderPlacedMessage({
      ...{ orderId: order.orderId, account: 'acc-anna', quote: order.quote, deliverTo: address },
      ...{ acceptBefore: order.quote.validUntil, at: world.now },
    });
    expect(requestOf(operationOf('orderPlaced', webhooks)).safeParse(JSON.parse(toShop)).error).toBeUndefined();
  });

  it('is refused by the description where the function refuses it', async () => {
    const { name, timeZone, language, address } = household;
    for (const wrong of [
      { name, timeZone, language },
      { name, timeZone, language, address, admin: true },
      { name, timeZone, language: 'fr', address },
      { name: '', timeZone, language, address },
      { name, timeZone, language, address: { ...address, country: 'Germany' } },
    ]) {
      expect(requestOf(operationOf('createHousehold')).safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
      const answer = await send(householdApi, { method: 'PUT', path: home, claims: operator, body: wrong });
      expect(answer).toMatchObject({ status: 400, contentType: 'application/problem+json' });
      expect(asPublished({ $ref: '#/components/schemas/Problem' }).safeParse(answer.body).error).toBeUndefined();
    }
  });
});

describe('a reader', () => {
  const open = async (mountPath: string): Promise<string> => {
    const server = await openHttpApi({
      api: { apiId: 'api', routes: [{ routeKey: 'GET /openapi.json', functionName: 'describe-api', timeoutSeconds: 10, authorizer: undefined, scopes: [] }] },
      invoke: async (_, event) => ({ ok: true, payload: await handler(event as never, context) }),
      verifyToken: () => Promise.reject(new Error('nobody is asked for a token')),
      activity: new Activity(),
      mountPath,
      port: 0,
    });
    onTestFinished(() => server.close());
    return `http://127.0.0.1:${server.port}${mountPath}`;
  };

  it.each(['', '/api'])('gets it without a token, with the address it was asked at ("%s")', async (mountPath) => {
    const url = await open(mountPath);
    const response = await fetch(`${url}/openapi.json`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(documentSchema.parse(await response.json()).servers).toEqual([{ url }]);
  });

  it('who has it already is sent nothing again', async () => {
    const url = `${await open('')}/openapi.json`;
    const { headers } = await fetch(url);
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    const again = await fetch(url, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('behind AWS’s gateway is sent there, whatever the headers claim', async () => {
    const event = apiEvent({ method: 'GET', path: '/openapi.json', headers: { host: 'evil.example', 'x-forwarded-prefix': '//evil.example' } });
    const answer = z.object({ body: z.string() }).parse(await handler(event as never, context));
    expect(documentSchema.parse(JSON.parse(answer.body)).servers).toEqual([{ url: 'https://api.example' }]);
  });
});

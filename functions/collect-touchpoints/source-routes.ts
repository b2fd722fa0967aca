/** Operators say who may send touchpoints, hand out write keys and take them back, and look at what was refused. */
import { randomBytes } from 'node:crypto';
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { canonicalJson } from '../../shared/digest.ts';
import { refusedMessageSchema } from '../../shared/journey/collect/refused-message.ts';
import {
  addKey,
  keyIdSchema,
  newSource,
  revokeKey,
  sourceIdSchema,
  sourceTermsSchema,
  sourceView,
  sourceViewSchema,
  writeKeyOf,
  type Source,
  type SourceId,
} from '../../shared/journey/collect/source.ts';
import { ignored, type Outcome } from '../../shared/values.ts';
import { keys, kinds, refusedPk, SOURCES_PK } from '../runtime/aggregates.ts';
import { demandScope } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { sourceWebhookSecrets } from '../runtime/secrets.ts';
import { change, list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

const SECRET_BYTES = 32;
const params = z.object({ sourceId: sourceIdSchema });
const keyParams = params.extend({ keyId: keyIdSchema });
/** The clients of bearer tokens are sources as well, under the names that the user pool gave them. */
const anySource = z.object({ sourceId: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/) });
const writeKeySchema = z.strictObject({ sourceId: sourceIdSchema, keyId: keyIdSchema, writeKey: z.string() });

const put = createRoute({
  ...{ method: 'put', path: routes.putSource.path, request: { params, ...takes(sourceTermsSchema) } },
  responses: gives(sourceViewSchema, 'The source'),
});
const listAll = createRoute({
  method: 'get',
  path: routes.listSources.path,
  responses: gives(z.object({ sources: z.array(sourceViewSchema) }), 'All sources'),
});
const create = createRoute({
  ...{ method: 'put', path: routes.createWriteKey.path, request: { params: keyParams } },
  responses: gives(writeKeySchema, 'The key, this once: only its hash is kept'),
});
const revoke = createRoute({
  ...{ method: 'delete', path: routes.revokeWriteKey.path, request: { params: keyParams } },
  responses: gives(sourceViewSchema, 'The source; the key is refused from the next call on'),
});
const readSecrets = createRoute({
  ...{ method: 'get', path: routes.readSourceSecrets.path, request: { params } },
  responses: gives(z.strictObject({ secrets: z.array(z.string()).max(2) }), 'What its webhooks may be signed with, the newest first'),
});
const refused = createRoute({
  ...{ method: 'get', path: routes.listRefused.path, request: { params: anySource } },
  responses: gives(z.object({ refused: z.array(refusedMessageSchema) }), 'What was refused in the last thirty days, the latest first'),
});

const REFUSED: Readonly<Record<string, string>> = {
  'key-exists': 'this key was shown when it was made; make one of another name',
  'too-many-keys': 'at most five keys are good at a time; revoke one first',
};

async function changeSource(sourceId: SourceId, decide: (source: Source) => Outcome<Source, never>): Promise<Source> {
  const result = await change(kinds.source, keys.source(sourceId), (source) => {
    if (source === undefined) throw notFound('source');
    return decide(source);
  });
  if (result.kind === 'rejected' && result.reason === 'no-such-key') throw notFound('key');
  if (result.kind === 'rejected') throw new VisibleError(409, result.reason, REFUSED[result.reason] ?? result.reason);
  return kinds.source.schema.parse(asItStands(result));
}

export function addSourceRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(put, async (context) => {
    demandScope(context, routes.putSource);
    const [{ sourceId }, terms, now] = [context.req.valid('param'), context.req.valid('json'), productNow()];
    const result = await change(kinds.source, keys.source(sourceId), (before) => {
      const after = before === undefined ? newSource(sourceId, terms, now) : { ...terms, sourceId, createdAt: before.createdAt, keys: before.keys };
      return canonicalJson(before ?? {}) === canonicalJson(after) ? ignored('nothing-changed') : { kind: 'changed', state: after, events: [] };
    });
    return context.json(sourceViewSchema.parse(sourceView(kinds.source.schema.parse(asItStands(result)))), 200);
  });

  api.openapi(listAll, async (context) => {
    demandScope(context, routes.listSources);
    const sources = (await list(kinds.source, SOURCES_PK, 'SOURCE#')).map(({ state }) => sourceViewSchema.parse(sourceView(state)));
    return context.json({ sources }, 200);
  });

  api.openapi(create, async (context) => {
    demandScope(context, routes.createWriteKey);
    const { sourceId, keyId } = context.req.valid('param');
    const [secret, salt] = [randomBytes(SECRET_BYTES).toString('base64url'), randomBytes(16).toString('hex')];
    await changeSource(sourceId, (source) => addKey(source, { keyId, salt, secret }, productNow()));
    return context.json(writeKeySchema.parse({ sourceId, keyId, writeKey: writeKeyOf(sourceId, keyId, secret) }), 200);
  });

  api.openapi(revoke, async (context) => {
    demandScope(context, routes.revokeWriteKey);
    const { sourceId, keyId } = context.req.valid('param');
    return context.json(sourceViewSchema.parse(sourceView(await changeSource(sourceId, (source) => revokeKey(source, keyId, productNow())))), 200);
  });

  api.openapi(readSecrets, async (context) => {
    demandScope(context, routes.readSourceSecrets);
    const source = (await load(kinds.source, keys.source(context.req.valid('param').sourceId)))?.state;
    if (source === undefined) throw notFound('source');
    return context.json({ secrets: await sourceWebhookSecrets(source) }, 200);
  });

  api.openapi(refused, async (context) => {
    demandScope(context, routes.listRefused);
    const found = await list(kinds.refusedMessage, refusedPk(context.req.valid('param').sourceId), 'REFUSED#');
    return context.json({ refused: found.map(({ state }) => state).sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1)) }, 200);
  });
}

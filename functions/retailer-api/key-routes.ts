/** The keys between a shop and us: shown to whoever may hold them, changed with a day in which both generations are good, stored nowhere. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { publicKeysSchema, retailerSchema, type Retailer } from '../../shared/retailer/retailer.ts';
import { generationsOf, rotateKeys } from '../../shared/retailer/rotation.ts';
import { ignored, retailerIdSchema, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandRetailer, isOperator } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { ourPublicKeys, privateKeys, webhookSecrets } from '../runtime/secrets.ts';
import { change, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

const params = z.object({ retailerId: retailerIdSchema });
const pair = z.array(z.string()).min(1).max(2);
/** Of each list the newest first; a second one only while keys are changed. */
export const keysSchema = z.object({
  generation: retailerSchema.shape.keyGeneration,
  previousKeyUntil: retailerSchema.shape.previousKeyUntil,
  toRetailer: pair,
  fromRetailer: pair,
  /** Ours: what `v1a` signatures of our messages are checked with. */
  ourPublicKeys: pair,
  /** Ours too, and for an operator only: who tries a shop out signs as the product does. */
  ourPrivateKeys: pair.optional(),
  /** The shop's own. */
  publicKeys: publicKeysSchema,
  /** Whether an answer about a test order came that was signed with one of `fromRetailer`, and whether one came that was not. */
  testAnswers: retailerSchema.shape.testAnswers,
});

export async function keysOf(retailer: Retailer, now: Instant): Promise<z.input<typeof keysSchema>> {
  const isChanging = generationsOf(retailer, now).length > 1;
  return {
    generation: retailer.keyGeneration,
    ...(isChanging && { previousKeyUntil: retailer.previousKeyUntil }),
    toRetailer: await webhookSecrets(retailer, 'to-retailer', now),
    fromRetailer: await webhookSecrets(retailer, 'from-retailer', now),
    ourPublicKeys: await ourPublicKeys(retailer, now),
    publicKeys: retailer.publicKeys ?? [],
    ...(retailer.testAnswers && { testAnswers: retailer.testAnswers }),
  };
}

const readKeys = createRoute({
  method: 'get',
  path: routes.readRetailerKeys.path,
  request: { params },
  responses: gives(keysSchema, 'The keys of both directions that are good now'),
});
const rotate = createRoute({
  method: 'post',
  path: routes.rotateRetailerKeys.path,
  request: { params, ...takes(z.strictObject({ generation: retailerSchema.shape.keyGeneration })) },
  responses: gives(keysSchema, 'The keys after the change; those of before stay good for a day'),
});
const putPublicKeys = createRoute({
  method: 'put',
  path: routes.putPublicKeys.path,
  request: { params, ...takes(z.strictObject({ publicKeys: publicKeysSchema })) },
  responses: gives(keysSchema, 'The keys with the shop’s own as told'),
});

const REFUSED: Readonly<Record<string, string>> = {
  'rotation-under-way': 'the keys of before the last change are still good; change them again when their day is over',
  'another-generation': 'expected the generation that is current, as the keys show it',
};

export function addKeyRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(readKeys, async (context) => {
    const { retailerId } = context.req.valid('param');
    demandRetailer(context, routes.readRetailerKeys, retailerId);
    const retailer = (await load(kinds.retailer, keys.retailer(retailerId)))?.state;
    if (retailer === undefined) throw notFound('retailer');
    const now = productNow();
    const ourPrivateKeys = isOperator(context) ? await privateKeys(retailer, now) : undefined;
    return context.json(keysSchema.parse({ ...(await keysOf(retailer, now)), ...(ourPrivateKeys && { ourPrivateKeys }) }), 200);
  });

  api.openapi(rotate, async (context) => {
    const { retailerId } = context.req.valid('param');
    demandRetailer(context, routes.rotateRetailerKeys, retailerId);
    const [{ generation }, now] = [context.req.valid('json'), productNow()];
    const result = await change(kinds.retailer, keys.retailer(retailerId), (retailer) => {
      if (retailer === undefined) throw notFound('retailer');
      return rotateKeys(retailer, generation, now);
    });
    if (result.kind === 'rejected') throw new VisibleError(409, result.reason, REFUSED[result.reason] ?? result.reason);
    return context.json(keysSchema.parse(await keysOf(retailerSchema.parse(asItStands(result)), now)), 200);
  });

  api.openapi(putPublicKeys, async (context) => {
    const { retailerId } = context.req.valid('param');
    demandRetailer(context, routes.putPublicKeys, retailerId);
    const { publicKeys } = context.req.valid('json');
    const result = await change(kinds.retailer, keys.retailer(retailerId), (retailer) => {
      if (retailer === undefined) throw notFound('retailer');
      return JSON.stringify(retailer.publicKeys ?? []) === JSON.stringify(publicKeys)
        ? ignored('nothing-changed')
        : { kind: 'changed', state: { ...retailer, publicKeys }, events: [] };
    });
    return context.json(keysSchema.parse(await keysOf(retailerSchema.parse(asItStands(result)), productNow())), 200);
  });
}

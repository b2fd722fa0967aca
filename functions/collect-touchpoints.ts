/** Stage 8, from outside: touchpoints from web, e-mail and CRM, each kept once whatever is sent again. */
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes, type Route } from '../shared/api/routes.ts';
import { collectedMessageSchema, touchpointOfCollected, type CollectedMessage } from '../shared/journey/touchpoint.ts';
import { keys, kinds } from './runtime/aggregates.ts';
import { callingClient } from './runtime/caller.ts';
import { productNow } from './runtime/clock.ts';
import { gives, lambdaHandler, newApi, takes, type ApiContext } from './runtime/http.ts';
import { createOnce, load } from './runtime/store.ts';
import { notFound } from './runtime/visible-error.ts';

const answerSchema = z.object({ success: z.literal(true) });
const trackBody = collectedMessageSchema.omit({ type: true });
const batchBody = z.strictObject({ batch: z.array(collectedMessageSchema).min(1).max(100) });
const track = createRoute({ method: 'post', path: routes.track.path, request: takes(trackBody), responses: gives(answerSchema, 'Stored') });
const batch = createRoute({ method: 'post', path: routes.batch.path, request: takes(batchBody), responses: gives(answerSchema, 'All stored') });

export const api = newApi();
api.openapi(track, async (context) => {
  await collect(context, routes.track, [{ type: 'track', ...context.req.valid('json') }]);
  return context.json({ success: true } as const, 200);
});
api.openapi(batch, async (context) => {
  await collect(context, routes.batch, context.req.valid('json').batch);
  return context.json({ success: true } as const, 200);
});

/** Claims each message's key for ever, then puts the touchpoint where the claim says; a repeat finishes what the first began. */
async function collect(context: ApiContext, route: Route, messages: readonly CollectedMessage[]): Promise<void> {
  const source = callingClient(context, route);
  for (const message of messages) {
    const householdId = message.userId;
    if ((await load(kinds.household, keys.household(householdId))) === undefined) throw notFound('household');
    const touchpoint = touchpointOfCollected(message, { source, receivedAt: productNow(), householdId });
    const key = keys.claim(source, message.messageId);
    const first = (await createOnce(kinds.claim, key, { householdId, at: touchpoint.at, receivedAt: touchpoint.receivedAt })) === 'created';
    const claim = first ? touchpoint : { ...touchpoint, ...(await load(kinds.claim, key))?.state };
    await createOnce(kinds.touchpoint, keys.touchpoint(claim), claim);
  }
}

export const handler = lambdaHandler(api);

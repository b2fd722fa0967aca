/** Operators say who receives what happens, look at what went out and what came of it, and send a period or a message again. */
import { randomUUID } from 'node:crypto';
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes, type Route } from '../../shared/api/routes.ts';
import { canonicalJson } from '../../shared/digest.ts';
import { handedOnId, handedOnView, newHandedOn, replayHandingOn, type HandedOn } from '../../shared/journey/subscription/hand-on.ts';
import {
  newSubscription,
  replayPeriod,
  resume,
  subscriptionIdSchema,
  subscriptionSchema,
  subscriptionTermsSchema,
  type Subscription,
  type SubscriptionId,
} from '../../shared/journey/subscription/subscription.ts';
import { addDuration, duration, ignored, instantSchema, messageIdSchema, type Outcome } from '../../shared/values.ts';
import { judgeUrl } from '../runtime/address-rules.ts';
import { keys, kinds, SUBSCRIPTIONS_PK } from '../runtime/aggregates.ts';
import { demandScope } from '../runtime/caller.ts';
import { loopbackAllowed, productNow } from '../runtime/clock.ts';
import { messagesOf } from '../runtime/handed-on.ts';
import { gives, takes, type ApiContext, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { subscriptionKeys } from '../runtime/secrets.ts';
import { change, createOnce, list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

const PAGE = 100;
const DAY = duration(1, 'days');
const params = z.object({ subscriptionId: subscriptionIdSchema });
const periodSchema = z.strictObject({ from: instantSchema, to: instantSchema });
const oneSchema = z.strictObject({ messageId: messageIdSchema, createdAt: instantSchema });
const logQuery = z.object({
  /** A day before now where nothing is said. */
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  status: z.enum(['pending', 'attempting', 'delivered', 'abandoned', 'held']).optional(),
  /** As the page before ended. */
  after: z.string().max(200).optional(),
});

const REFUSED: Readonly<Record<string, readonly [status: 409 | 422 | 429, text: string]>> = {
  'is-running': [409, 'it is not stopped'],
  'replay-under-way': [409, 'messages are being sent again already; wait until they have gone out'],
  'is-a-test': [409, 'a test is not sent again, but anew'],
  'too-late': [422, 'a log is kept for thirty days, and so long a message can be sent again'],
  'replayed-just-now': [429, 'it was sent again less than a minute ago; look at what came of it first'],
  'too-many-replays': [429, 'it was sent again ten times already'],
};
function demandDone(result: { readonly kind: string; readonly reason?: string }): void {
  if (result.kind !== 'rejected') return;
  const [status, text] = REFUSED[result.reason ?? ''] ?? [409, result.reason ?? ''];
  throw new VisibleError(status, result.reason ?? 'refused', text);
}

async function changeSubscription(subscriptionId: SubscriptionId, decide: (now: Subscription) => Outcome<Subscription, never>): Promise<Subscription> {
  const result = await change(kinds.subscription, keys.subscription(subscriptionId), (subscription) => {
    if (subscription === undefined) throw notFound('subscription');
    return decide(subscription);
  });
  demandDone(result);
  return subscriptionSchema.parse(asItStands(result));
}

async function theSubscription(context: ApiContext, route: Route, subscriptionId: SubscriptionId): Promise<Subscription> {
  demandScope(context, route);
  const subscription = (await load(kinds.subscription, keys.subscription(subscriptionId)))?.state;
  if (subscription === undefined) throw notFound('subscription');
  return subscription;
}

export function addSubscriptionRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  addTerms(api);
  addLog(api);
  addReplay(api);
}

function addTerms(api: OpenAPIHono<ApiEnvironment>): void {
  const put = createRoute({
    method: 'put',
    path: routes.putSubscription.path,
    request: { params, ...takes(subscriptionTermsSchema) },
    responses: gives(subscriptionSchema, 'The subscription'),
  });
  api.openapi(put, async (context) => {
    demandScope(context, routes.putSubscription);
    const [{ subscriptionId }, terms, now] = [context.req.valid('param'), context.req.valid('json'), productNow()];
    const target = judgeUrl(terms.url, { loopbackAllowed: loopbackAllowed() });
    if (!target.ok) throw new VisibleError(422, 'url-refused', `url: ${target.reason}`);
    const result = await change(kinds.subscription, keys.subscription(subscriptionId), (before) => {
      const { createdAt, outage, slow, disabled, catchUp } = before ?? newSubscription(subscriptionId, terms, now);
      const lately = { ...(outage && { outage }), ...(slow && { slow }), ...(disabled && { disabled }), ...(catchUp && { catchUp }) };
      const after: Subscription = { ...terms, subscriptionId, createdAt, ...lately };
      return canonicalJson(before ?? {}) === canonicalJson(after) ? ignored('nothing-changed') : { kind: 'changed', state: after, events: [] };
    });
    return context.json(subscriptionSchema.parse(asItStands(result)), 200);
  });

  const all = createRoute({
    method: 'get',
    path: routes.listSubscriptions.path,
    responses: gives(z.object({ subscriptions: z.array(subscriptionSchema) }), 'All subscriptions'),
  });
  api.openapi(all, async (context) => {
    demandScope(context, routes.listSubscriptions);
    const subscriptions = (await list(kinds.subscription, SUBSCRIPTIONS_PK, 'SUBSCRIPTION#')).map(({ state }) => state);
    return context.json({ subscriptions }, 200);
  });

  const secrets = createRoute({
    method: 'get',
    path: routes.readSubscriptionSecrets.path,
    request: { params },
    responses: gives(z.strictObject({ secrets: z.array(z.string()).max(2) }), 'What our messages to it are signed with, the newest first'),
  });
  api.openapi(secrets, async (context) => {
    const subscription = await theSubscription(context, routes.readSubscriptionSecrets, context.req.valid('param').subscriptionId);
    return context.json({ secrets: await subscriptionKeys(subscription) }, 200);
  });

  const resuming = createRoute({
    method: 'post',
    path: routes.resumeSubscription.path,
    request: { params },
    responses: gives(subscriptionSchema, 'The subscription; what was held goes out'),
  });
  api.openapi(resuming, async (context) => {
    demandScope(context, routes.resumeSubscription);
    return context.json(await changeSubscription(context.req.valid('param').subscriptionId, (subscription) => resume(subscription, productNow())), 200);
  });
}

function addLog(api: OpenAPIHono<ApiEnvironment>): void {
  const page = z.object({ deliveries: z.array(handedOnView), /** For the next page; absent on the last. */ after: z.string().optional() });
  const read = createRoute({
    method: 'get',
    path: routes.listHandedOn.path,
    request: { params, query: logQuery },
    responses: gives(page, 'Messages in the order in which things came'),
  });
  api.openapi(read, async (context) => {
    const { subscriptionId } = await theSubscription(context, routes.listHandedOn, context.req.valid('param').subscriptionId);
    const { to = productNow(), from = addDuration(to, duration(-1, 'days')), status, after } = context.req.valid('query');
    const found = await messagesOf(subscriptionId, { from, to, after }, PAGE);
    const last = found.length === PAGE ? found.at(-1) : undefined;
    const deliveries = found.filter((message) => status === undefined || message.status === status);
    return context.json({ deliveries: deliveries.map((message) => handedOnView.parse(message)), ...(last && { after: keys.handedOn(last).sk }) }, 200);
  });

  const testing = createRoute({
    method: 'post',
    path: routes.testSubscription.path,
    request: { params },
    responses: gives(handedOnView, 'The test message, due at once'),
  });
  api.openapi(testing, async (context) => {
    const { subscriptionId } = await theSubscription(context, routes.testSubscription, context.req.valid('param').subscriptionId);
    const now = productNow();
    const content = { subscriptionId, type: 'subscription.tested' as const, purposes: [], createdAt: now };
    const message = newHandedOn({ ...content, messageId: handedOnId(subscriptionId, randomUUID()), about: { kind: 'words', at: now, words: {} } }, undefined);
    await createOnce(kinds.handedOn, keys.handedOn(message), message);
    return context.json(handedOnView.parse(message), 200);
  });
}

function addReplay(api: OpenAPIHono<ApiEnvironment>): void {
  const period = createRoute({
    method: 'post',
    path: routes.replaySubscription.path,
    request: { params, ...takes(periodSchema) },
    responses: gives(subscriptionSchema, 'The subscription with the replay'),
  });
  api.openapi(period, async (context) => {
    demandScope(context, routes.replaySubscription);
    const { from, to } = context.req.valid('json');
    if (to < from || to > addDuration(productNow(), DAY))
      throw new VisibleError(422, 'bad-period', 'to: expected an instant after `from`, and not in the future');
    const { subscriptionId } = context.req.valid('param');
    return context.json(await changeSubscription(subscriptionId, (subscription) => replayPeriod(subscription, { from, to }, productNow())), 200);
  });

  const one = createRoute({
    method: 'post',
    path: routes.replayHandedOn.path,
    request: { params, ...takes(oneSchema) },
    responses: gives(handedOnView, 'The message, due at once'),
  });
  api.openapi(one, async (context) => {
    const { subscriptionId } = await theSubscription(context, routes.replayHandedOn, context.req.valid('param').subscriptionId);
    const key = keys.handedOn({ subscriptionId, ...context.req.valid('json') });
    const result = await change(kinds.handedOn, key, (message): Outcome<HandedOn, never> => {
      if (message === undefined) throw notFound('message');
      return replayHandingOn(message, productNow());
    });
    demandDone(result);
    return context.json(handedOnView.parse(asItStands(result)), 200);
  });
}

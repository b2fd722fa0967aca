/** A message to a shop once more, by hand: the same id and bytes, noted with who asked, and not more often than somebody can look at what came of it. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes, scopes } from '../../shared/api/routes.ts';
import { deliverySchema, replayDelivery, type Delivery } from '../../shared/retailer/delivery.ts';
import { messageIdSchema, rejected, retailerIdSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandRetailer, demandScope } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { logger } from '../runtime/log.ts';
import { PLACING_MESSAGE } from '../runtime/placing-message.ts';
import { asItStands } from '../runtime/put.ts';
import { change, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

const replay = createRoute({
  method: 'post',
  path: routes.replayDelivery.path,
  request: { params: z.object({ retailerId: retailerIdSchema, messageId: messageIdSchema }) },
  responses: gives(deliverySchema, 'The message, due at once'),
});

const REFUSED: Readonly<Record<string, readonly [status: 409 | 422 | 429, text: string]>> = {
  'is-a-sample': [409, 'a sample is not sent again, but anew: its order is nobody’s'],
  'too-late': [422, 'its time is over: an order that a shop did not take until acceptBefore is ordered elsewhere, or a person is asked'],
  'order-moved-on': [409, 'the order has ended, or the shop has answered it: sent again it could be an order twice'],
  'replayed-just-now': [429, 'it was sent again less than a minute ago; look at what came of it first'],
  'too-many-replays': [429, 'it was sent again ten times already'],
};

export function addReplayRoute(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(replay, async (context) => {
    const { retailerId, messageId } = context.req.valid('param');
    demandRetailer(context, routes.replayDelivery, retailerId);
    const { scope } = demandScope(context, routes.replayDelivery);
    const by = scope.split(' ').includes(scopes.operate) ? 'operator' : 'retailer';
    const now = productNow();
    const before = (await load(kinds.delivery, keys.delivery(retailerId, messageId)))?.state;
    if (before === undefined) throw notFound('delivery');
    const isWanted = before.sample === true || (await mayStillBePlaced(before));
    const result = await change(kinds.delivery, keys.delivery(retailerId, messageId), (delivery) =>
      delivery === undefined || !isWanted ? rejected('order-moved-on') : replayDelivery(delivery, by, now),
    );
    if (result.kind === 'rejected') {
      const [status, text] = REFUSED[result.reason] ?? [409, result.reason];
      throw new VisibleError(status, result.reason, text);
    }
    logger.info('a message is sent again by hand', { retailerId, messageId, by });
    return context.json(deliverySchema.parse(asItStands(result)), 200);
  });
}

/** What places an order may be repeated only while the order waits for this shop; everything else has its effect once by its id. */
async function mayStillBePlaced({ type, householdId, orderId }: Delivery): Promise<boolean> {
  if (type !== PLACING_MESSAGE[0]) return true;
  const order = (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
  return order?.status === 'placing' || order?.status === 'placed';
}

/** Why a shop's offers won or lost on a day that is over, and what of its promises it kept, in figures behind which nobody can be recognised. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { daySchema, figuresOf, offerFiguresSchema, promiseFiguresOf, promiseFiguresSchema } from '../../shared/retailer/lost-offers.ts';
import { addDuration, duration, retailerIdSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandRetailer } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { list } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';

/** Where there are more they stand in the order of a digest, so that the first of them are drawn by chance. */
const HOUSEHOLDS_READ = 5_000;

const lostOffers = createRoute({
  method: 'get',
  path: routes.readLostOffers.path,
  request: { params: z.object({ retailerId: retailerIdSchema }), query: z.object({ day: daySchema.optional() }) },
  responses: gives(
    z.object({ day: daySchema, figures: z.array(offerFiguresSchema), promises: promiseFiguresSchema, isSample: z.boolean() }),
    'Households by product and by what became of the offer, and by what of its promises came true; `isSample` when there were more than 5,000 of them',
  ),
});

export function addLostOffersRoute(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(lostOffers, async (context) => {
    const { retailerId } = context.req.valid('param');
    demandRetailer(context, routes.readLostOffers, retailerId);
    const now = productNow();
    const { day = addDuration(now, duration(-1, 'days')).slice(0, 10) } = context.req.valid('query');
    // A figure that still grows tells whoever asks twice what the household in between has wanted.
    if (day >= now.slice(0, 10)) throw new VisibleError(422, 'day-not-over', `${day} is not over: its figures can be read from midnight UTC on`);
    const { pk, sk } = keys.offerFates(retailerId, day, '');
    const found = await list(kinds.offerFates, pk, sk, HOUSEHOLDS_READ);
    const days = found.map(({ state }) => state);
    return context.json({ day, figures: figuresOf(days), promises: promiseFiguresOf(days), isSample: days.length === HOUSEHOLDS_READ }, 200);
  });
}

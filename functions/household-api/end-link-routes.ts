/**
 * Ending a mandate without signing in (BGB §312k). Whoever holds the link may end what it names and nothing else. The answer is the same for a
 * link that ends a mandate, one whose mandate has ended, and one that nobody has signed; the token stands in the body and goes into no log.
 */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { digest } from '../../shared/digest.ts';
import { END_TOKEN_LENGTH_MAX, type Ended } from '../../shared/order/mandate/end-link.ts';
import { decideSpend } from '../../shared/order/mandate/spend.ts';
import { ignored, instantSchema, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { endedByToken } from '../runtime/secrets.ts';
import { change } from '../runtime/store.ts';

const endBody = z.strictObject({ token: z.string().min(1).max(END_TOKEN_LENGTH_MAX) });
const receiptSchema = z.strictObject({
  /** When the declaration arrived; of a repeat, when the first did. */
  receivedAt: instantSchema,
  receiptId: z.string().regex(/^rcp_[0-9a-f]{16}$/),
});

export const endLinkRoutes = {
  endMandateByLink: createRoute({
    method: 'post',
    path: routes.endMandateByLink.path,
    request: takes(endBody),
    responses: gives(receiptSchema, 'The receipt for the declaration'),
  }),
};

export function addEndLinkRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(endLinkRoutes.endMandateByLink, async (context) => {
    const { token } = context.req.valid('json');
    const now = productNow();
    const named = await endedByToken(token);
    const receivedAt = named === undefined ? now : await end(named, now);
    return context.json({ receivedAt, receiptId: `rcp_${digest(['end-mandate', token, receivedAt], 16)}` }, 200);
  });
}

/** When it was ended: now, or by whoever was first. The link was given to the person who granted the mandate. */
async function end({ householdId, mandateId }: Ended, now: Instant): Promise<Instant> {
  const result = await change(kinds.spend, keys.spend(householdId), (spend) => {
    const mandate = spend?.mandates[mandateId];
    if (spend === undefined || mandate === undefined) return ignored('forgotten');
    return decideSpend(spend, { type: 'end', mandateId, ending: { at: now, memberId: mandate.grantedBy, because: 'signed-link' } });
  });
  return asItStands(result)?.mandates[mandateId]?.ending?.at ?? now;
}

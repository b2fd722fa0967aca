/** A shop's signed message: verified on the raw bytes with the key of the shop that the path names, before anything is read from it. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { answerSchema } from '../../shared/order/response.ts';
import { describedOffersPublishedSchema, offersPublishedSchema } from '../../shared/retailer/offer.ts';
import { parseSignedJson } from '../../shared/retailer/signed-json.ts';
import { noteTestAnswer, testOrderNamedIn, type TestAnswers } from '../../shared/retailer/test-answers.ts';
import { isTestOrder } from '../../shared/retailer/test-orders.ts';
import { verify } from '../../shared/retailer/webhook.ts';
import { ignored, messageIdSchema, orderIdSchema, retailerIdSchema, type MessageId, type OrderId, type RetailerId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow, wallSeconds } from '../runtime/clock.ts';
import { takes, type ApiContext, type ApiEnvironment } from '../runtime/http.ts';
import { verifyingKeys } from '../runtime/secrets.ts';
import { change, load } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import { takeAnswer } from './take-answer.ts';
import { takePublishedOffers } from './take-offers.ts';

const messageSchema = z.discriminatedUnion('type', [offersPublishedSchema, ...answerSchema.options]);

const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const repeated = z.object({ repeat: z.literal(true) });
const tested = z.object({ test: z.literal(true) });
const refusedLine = z.object({
  ...{ index: z.int().min(0), list: z.enum(['withdrawn', 'perks']).optional(), gtin: z.string().optional(), perkId: z.string().optional() },
  reason: z.string(),
});
const count = z.int().min(0);
const superseded = count.describe('Of `taken` and `withdrawn` so many changed nothing: what was published later stands');
const takenOffers = z.object({ taken: count, withdrawn: count, superseded, perks: count.optional(), refused: z.array(refusedLine) });
const description = {
  method: 'post',
  path: routes.takeMessage.path,
  request: {
    params: z.object({ retailerId: retailerIdSchema }),
    ...takes(z.discriminatedUnion('type', [describedOffersPublishedSchema, ...answerSchema.options])),
  },
  responses: {
    200: { description: 'We had it already, or it is about a test order and would be taken', ...json(z.union([repeated, tested])) },
    202: { description: 'Stored; of offers, how many were taken and which were not', ...json(z.union([z.object({ stored: z.literal(true) }), takenOffers])) },
  },
} as const;

export function addMessageRoute(api: OpenAPIHono<ApiEnvironment>): void {
  // Described, but not parsed by zod-openapi: that would come before the signature.
  api.openAPIRegistry.registerPath(description);
  api.post('/retailers/:retailerId/messages', async (context) => {
    const { retailer, messageId, value } = await verified(context);
    const message = messageSchema.safeParse(value);
    if (!message.success) throw new VisibleError(422, 'unknown-message', z.prettifyError(message.error).slice(0, 500));
    if (message.data.type === 'offers.published') return context.json(await takePublishedOffers(retailer, message.data), 202);
    // Read and understood, and about nothing that we could keep it with.
    const { orderId } = message.data.data;
    if (isTestOrder(orderId)) {
      await noteAnswer(retailer.retailerId, orderId, 'verified');
      return context.json({ test: true }, 200);
    }
    const taken = await takeAnswer(retailer, messageId, message.data);
    return taken === 'stored' ? context.json({ stored: true }, 202) : context.json({ repeat: true }, 200);
  });
}

async function verified(context: ApiContext): Promise<{ retailer: Retailer; messageId: MessageId; value: unknown }> {
  const retailerId = retailerIdSchema.safeParse(context.req.param('retailerId'));
  const retailer = retailerId.success ? (await load(kinds.retailer, keys.retailer(retailerId.data)))?.state : undefined;
  // A shop that does not exist answers like a wrong signature: nobody learns which shops there are.
  if (retailer === undefined) throw new VisibleError(401, 'signature-refused', 'the signature was refused');
  const body = new Uint8Array(await context.req.arrayBuffer());
  const secrets = await verifyingKeys(retailer, productNow());
  const result = verify({ secrets, headers: Object.fromEntries(context.req.raw.headers), body, now: wallSeconds() });
  if (!result.ok) {
    const named = orderIdSchema.safeParse(testOrderNamedIn(body));
    if (named.success) await noteAnswer(retailer.retailerId, named.data, 'refused');
    throw new VisibleError(401, 'signature-refused', 'the signature was refused');
  }
  const parsed = parseSignedJson(body);
  if (!parsed.ok) throw new VisibleError(400, 'bad-json', `the body was refused: ${parsed.refusal}`);
  return { retailer, messageId: messageIdSchema.parse(result.id), value: parsed.value };
}

/** For the conformance run of an operator, who could not see otherwise whether we take what the shop signs. */
async function noteAnswer(retailerId: RetailerId, orderId: OrderId, signature: keyof TestAnswers): Promise<void> {
  await change(kinds.retailer, keys.retailer(retailerId), (retailer) =>
    retailer === undefined ? ignored('no-such-retailer') : noteTestAnswer(retailer, orderId, signature, productNow()),
  );
}

/** What we ask of a shop: the messages that it receives, and the question when it has been silent. Standard Webhooks 1.0 in both directions. */
import type { z } from 'zod';
import { cancelRequestedSchema, contractWithdrawnSchema, substitutionAnsweredSchema } from '../../shared/retailer/order-messages.ts';
import { orderAnswersSchema, orderPlacedSchema } from '../../shared/retailer/messages.ts';
import { SIGNATURE_HEADERS } from './operations.ts';
import { schemaOf } from './schemas.ts';

const signed = { security: [{ webhookSignature: [] }], tags: ['What shops are asked'] };

const wish = (operationId: string, summary: string, schema: z.ZodType) => ({
  post: {
    operationId,
    summary,
    ...signed,
    parameters: SIGNATURE_HEADERS,
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(schema, 'output') } } },
    responses: {
      '2XX': { description: 'Taken, also for an order that the shop does not know (yet). The body is not read' },
      410: { description: 'This shop takes no messages any more: it is disabled until an operator puts it again' },
      default: { description: 'Tried again, ten times within 75 hours' },
    },
  },
});

export const webhooks = () => ({
  'order.placed': {
    post: {
      operationId: 'orderPlaced',
      summary: 'An order, sent to the shop’s `webhookUrl` until it is taken',
      ...signed,
      parameters: SIGNATURE_HEADERS,
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(orderPlacedSchema, 'output') } } },
      responses: {
        '2XX': { description: 'Taken; the order is answered by a message of its own. The body is not read' },
        410: { description: 'This shop takes no orders any more: it is disabled until an operator puts it again' },
        default: { description: 'Tried again, ten times within 75 hours, as long as the order may still be taken' },
      },
    },
  },
  'order.cancel-requested': wish('cancelRequested', 'A wish to cancel; answered by `order.cancelled` or `order.cancel-refused`', cancelRequestedSchema),
  'order.substitution-answered': wish('substitutionAnswered', 'The answer to `order.substitution-offered`', substitutionAnsweredSchema),
  'contract.withdrawn': wish('contractWithdrawn', 'A withdrawal from the contract, whole or in part: the money goes back', contractWithdrawnSchema),
  'order.asked': {
    get: {
      operationId: 'orderAsked',
      summary: 'What a silent shop is asked, at `<apiUrl>/orders/{orderId}`, signed with an empty body',
      ...signed,
      parameters: SIGNATURE_HEADERS,
      responses: {
        200: {
          description: 'All that the shop has said about this order so far',
          content: { 'application/json': { schema: schemaOf(orderAnswersSchema, 'input') } },
        },
        404: { description: 'Never taken, and never will be: the shop keeps a tombstone for this id' },
      },
    },
  },
});

const text = { type: 'string' };
export const signatureParameters = {
  'webhook-id': {
    name: 'webhook-id',
    in: 'header',
    required: true,
    description: 'The same on every attempt of one message',
    schema: { ...text, pattern: '^[A-Za-z0-9_-]{1,64}$' },
  },
  'webhook-timestamp': {
    name: 'webhook-timestamp',
    in: 'header',
    required: true,
    description: 'Unix seconds of this attempt, at most 300 seconds from now',
    schema: { ...text, pattern: '^[1-9][0-9]{0,11}$' },
  },
};

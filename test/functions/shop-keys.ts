/** The keys of both directions, as a shop holds them. */
import { Webhook } from 'standardwebhooks';
import { deriveWebhookSecret } from '../../shared/retailer/key.ts';
import type { RetailerId } from '../../shared/values.ts';
import { frischhof } from '../shared/order/order-examples.ts';

export const ROOT = 'a root for tests, longer than thirty-two characters';
export { frischhof };

/** Signs a shop's message as the field's own library does. */
export function signedHeaders(retailerId: RetailerId, id: string, body: string): Record<string, string> {
  const secret = deriveWebhookSecret({ root: new TextEncoder().encode(ROOT), retailerId, direction: 'from-retailer', generation: 1 });
  const at = new Date();
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

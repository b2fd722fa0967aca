/** Messages about orders that nobody means, in the form of those that somebody does. */
import { canonicalJson } from '../../../shared/digest.ts';
import { addressSchema } from '../../../shared/household/household.ts';
import { orderPlacedSchema } from '../../../shared/retailer/messages.ts';
import { cancelRequestedSchema, contractWithdrawnSchema, substitutionAnsweredSchema } from '../../../shared/retailer/order-messages.ts';
import { TEST_ACCOUNT, TEST_ORDER_PREFIX } from '../../../shared/retailer/test-orders.ts';
import { addDuration, duration, orderIdSchema, type Instant, type OrderId } from '../../../shared/values.ts';

export interface SampleArticle {
  readonly gtin: string;
  readonly sku: string;
  readonly title: string;
  readonly priceMinor: number;
}
export interface SampleOrder {
  readonly orderId: OrderId;
  /** The text that is signed. */
  readonly body: string;
  readonly totalMinor: number;
}

const TO_ACCEPT = duration(12, 'hours');
const FEE_MINOR = 290;
/** Of the numbers that a shop may use as it likes (GS1 General Specifications, prefixes 200 to 299). */
export const sampleArticle: SampleArticle = { gtin: '2000000099996', sku: 'TEST-1', title: 'Testartikel, bitte nicht packen', priceMinor: 129 };
/** Says in every field that nobody lives there. */
const nowhere = addressSchema.parse({ recipient: 'Nicht liefern', street: 'Teststraße 0', postalCode: '00000', city: 'Testort', country: 'DE' });

/** @param name lower-case letters, digits and hyphens, the rest of the order's id */
export const sampleOrderId = (name: string): OrderId => orderIdSchema.parse(`${TEST_ORDER_PREFIX}${name}`);

interface Wish {
  readonly lines?: number;
  readonly article?: SampleArticle;
  /** Half a day from now, unless it is told. */
  readonly acceptBefore?: Instant;
}

/** @param now product time */
export function sampleOrder(name: string, now: Instant, { lines: count = 2, article = sampleArticle, acceptBefore }: Wish = {}): SampleOrder {
  const orderId = sampleOrderId(name);
  const { gtin, sku, title, priceMinor } = article;
  const lines = Array.from({ length: count }, (_, index) => ({ line: index + 1, gtin, sku, title, quantity: index + 1, unitPriceMinor: priceMinor }));
  const subtotalMinor = lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0);
  const message = {
    type: 'order.placed',
    timestamp: now,
    data: {
      ...{ orderId, account: TEST_ACCOUNT, currency: 'EUR', lines, subtotalMinor, deliveryFeeMinor: FEE_MINOR, totalMinor: subtotalMinor + FEE_MINOR },
      ...{ acceptBefore: acceptBefore ?? addDuration(now, TO_ACCEPT), deliverTo: nowhere, substitutions: 'none' },
    },
  };
  return { orderId, body: canonicalJson(orderPlacedSchema.parse(message)), totalMinor: subtotalMinor + FEE_MINOR };
}

export const sampleCancel = (orderId: OrderId, now: Instant): string =>
  canonicalJson(cancelRequestedSchema.parse({ type: 'order.cancel-requested', timestamp: now, data: { orderId, reason: 'not-needed' } }));

export function sampleSubstitutionAnswer(orderId: OrderId, now: Instant): string {
  const { gtin, priceMinor } = sampleArticle;
  const data = { orderId, questionId: 'q-test', accepted: false, gtin, offeredGtin: gtin, quantity: 1, unitPriceMinor: priceMinor };
  return canonicalJson(substitutionAnsweredSchema.parse({ type: 'order.substitution-answered', timestamp: now, data }));
}

export const sampleWithdrawal = (orderId: OrderId, now: Instant): string =>
  canonicalJson(
    contractWithdrawnSchema.parse({
      ...{ type: 'contract.withdrawn', timestamp: now },
      data: { orderId, part: 1, declaredAt: now, lines: [{ gtin: sampleArticle.gtin, quantity: 1 }] },
    }),
  );

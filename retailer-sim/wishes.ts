/** What a customer may still want of an order that the shop has: a cancel, something else instead, the money back. Each message has its effect once. */
import { z } from 'zod';
import { isDelivered, isOver, type OrderCard } from './books.ts';
import { parcelOf } from './parcel.ts';
import type { Shop } from './shop.ts';

const orderId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const at = z.iso.datetime();
const message = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) => z.object({ type: z.literal(type), timestamp: at, data });
export const wishSchema = z.discriminatedUnion('type', [
  message('order.cancel-requested', z.object({ orderId, reason: z.string() })),
  message('order.substitution-answered', z.object({ orderId, questionId: z.string(), accepted: z.boolean() })),
  message(
    'contract.withdrawn',
    z.object({ orderId, part: z.int().min(1), declaredAt: at, lines: z.array(z.object({ gtin: z.string(), quantity: z.int().min(1) })).min(1) }),
  ),
]);
export type Wish = z.infer<typeof wishSchema>;
type WishOf<Type extends Wish['type']> = Extract<Wish, { type: Type }>['data'];

/** @returns whether it was new */
export function takeWish(shop: Shop, wish: Wish, webhookId: string, now: number): boolean {
  if (shop.books.wishes.has(webhookId)) return false;
  switch (wish.type) {
    case 'order.cancel-requested':
      takeCancel(shop, wish.data, webhookId, now);
      return true;
    case 'order.substitution-answered':
      takeAnswer(shop, wish.data, webhookId, now);
      return true;
    case 'contract.withdrawn':
      takeWithdrawal(shop, wish.data, webhookId, now);
      return true;
  }
}

const hasSaid = ({ said }: OrderCard, ...types: string[]): boolean => said.some(({ type }) => types.includes(type));

/** Until the van has left. An order that has not come yet is cancelled when it does. */
function takeCancel(shop: Shop, { orderId: id }: WishOf<'order.cancel-requested'>, webhookId: string, now: number): void {
  const card = shop.books.orders.get(id);
  const isEnded = card !== undefined && isOver(card);
  const isTooLate = card !== undefined && (card.handedOver || hasSaid(card, 'order.shipped'));
  const outcome = card === undefined ? 'unknown' : isTooLate ? 'refused' : 'granted';
  // What it leads to first: after a crash in between it is done again, and an order is cancelled once.
  if (card !== undefined && !isEnded) {
    if (isTooLate && !hasSaid(card, 'order.cancel-refused')) shop.say(card, 'order.cancel-refused', { reason: 'it is on its way already' }, now);
    if (!isTooLate) shop.say(card, 'order.cancelled', { reason: 'cancelled as you asked' }, now);
  }
  shop.note({ at: new Date(now).toISOString(), kind: 'cancel-requested', webhookId, orderId: id, outcome });
}

function takeAnswer(shop: Shop, { orderId: id, questionId, accepted }: WishOf<'order.substitution-answered'>, webhookId: string, now: number): void {
  const card = shop.books.orders.get(id);
  const isAsked = card?.plan.question?.questionId === questionId;
  // The yes counts by when it came in; what was packed meanwhile is packed.
  const inTime = isAsked && now < Date.parse(card.plan.shipAt) && !hasSaid(card, 'order.shipped', 'order.changed');
  shop.note({ at: new Date(now).toISOString(), kind: 'question-answered', webhookId, orderId: id, questionId, accepted, inTime });
}

/** What was sent and comes back is paid back, with the delivery when all of it does (Directive 2011/83/EU Art. 13 (1)). What was not sent is not sent. */
function takeWithdrawal(shop: Shop, { orderId: id, part, lines }: WishOf<'contract.withdrawn'>, webhookId: string, now: number): void {
  const card = shop.books.orders.get(id);
  if (card !== undefined && !card.handedOver && !isOver(card) && !hasSaid(card, 'order.shipped')) {
    shop.say(card, 'order.cancelled', { reason: 'you have withdrawn from the contract' }, now);
  }
  const refundMinor = card === undefined || card.withdrawnParts.has(part) ? 0 : refundFor(card, lines);
  shop.note({ at: new Date(now).toISOString(), kind: 'contract-withdrawn', webhookId, orderId: id, part, lines, refundMinor });
}

function refundFor(card: OrderCard, lines: WishOf<'contract.withdrawn'>['lines']): number {
  if (!isDelivered(card)) return 0;
  const parcel = parcelOf(card);
  const { question } = card.plan;
  const priceOf = (gtin: string) =>
    card.order.lines.find((line) => line.gtin === gtin)?.unitPriceMinor ?? (question?.offered.gtin === gtin ? question.offered.unitPriceMinor : 0);
  const sent = (gtin: string) => parcel.lines.filter((line) => line.gtin === gtin).reduce((sum, { quantity }) => sum + quantity, 0);
  const goods = lines.reduce((sum, { gtin, quantity }) => sum + priceOf(gtin) * Math.min(quantity, sent(gtin)), 0);
  const isAll = parcel.lines.every(({ gtin }) => lines.some((line) => line.gtin === gtin && line.quantity >= sent(gtin)));
  return isAll ? parcel.totalMinor : goods;
}

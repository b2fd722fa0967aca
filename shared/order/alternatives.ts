/** What a person may choose instead while an order waits: the products that the household allows, where the same shop offers them now. */
import { z } from 'zod';
import { baseQuantitySchema, lineItemSchema, quoteSchema, withdrawalSchema } from '../event-parts.ts';
import { gtinSchema, moneySchema, needIdSchema, orderIdSchema, supplyIdSchema, type Instant, type SupplyId } from '../values.ts';
import { needsOf, type Order } from './order-state.ts';
import { preferredOffer } from './quote.ts';
import { requote, type Allowed, type Shop } from './requote.ts';

const choiceSchema = z.object({
  gtin: gtinSchema,
  title: z.string(),
  pack: baseQuantitySchema,
  /** Per pack. */
  unitPrice: moneySchema,
  withdrawal: withdrawalSchema.optional(),
});

export const alternativesSchema = z.object({
  orderId: orderIdSchema,
  /** Of the quote that these are alternatives to. */
  quoteHash: quoteSchema.shape.hash,
  needs: z.array(
    z.object({
      needId: needIdSchema,
      supplyId: supplyIdSchema,
      /** As the household calls it. */
      name: z.string().optional(),
      /** As many packs of it as there is room or shelf life for: advice, not a limit. */
      packsMax: z.int().optional(),
      /** Absent while it has been taken out. */
      line: lineItemSchema.pick({ gtin: true, quantity: true }).optional(),
      choices: z.array(choiceSchema),
    }),
  ),
  /** The same goods at the shop's prices of this moment; absent when it no longer offers all of them. */
  now: quoteSchema.optional(),
});
export type Alternatives = z.infer<typeof alternativesSchema>;

/** @param request.shop undefined while it takes no orders: then there is nothing to choose */
export function alternativesOf(request: {
  readonly order: Order;
  readonly allowed: ReadonlyMap<SupplyId, Allowed>;
  readonly shop: Shop | undefined;
  readonly now: Instant;
}): Alternatives {
  const { order, allowed, shop, now } = request;
  const again = shop && requote({ order, lines: [], allowed, shop, now });
  const needs = needsOf(order).map(({ needId, supplyId }) => {
    const rule = allowed.get(supplyId);
    const line = order.quote.lineItems.find((one) => one.needId === needId);
    const unit = rule?.unit ?? line?.pack.unit ?? 'piece';
    const gtins = [...new Set([...(line ? [line.gtin] : []), ...(rule?.gtins ?? [])])];
    const choices = gtins.flatMap((gtin) => {
      const offer = preferredOffer({ products: [{ gtin }], ...rule?.rules, amount: { amount: 0, unit } }, shop?.offers ?? [], now);
      if (offer === undefined) return [];
      const { title, pack, price, withdrawal } = offer;
      return [{ gtin, title, pack, unitPrice: price, ...(withdrawal !== undefined && { withdrawal }) }];
    });
    return {
      ...{ needId, supplyId, choices },
      ...(rule !== undefined && { name: rule.name, packsMax: rule.packsMax }),
      ...(line !== undefined && { line: { gtin: line.gtin, quantity: line.quantity } }),
    };
  });
  return { orderId: order.orderId, quoteHash: order.quote.hash, needs, ...(again?.kind === 'quote' && { now: again.quote }) };
}

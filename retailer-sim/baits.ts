/**
 * Messages that the platform has to refuse, or that must change nothing: sent just before an honest one. They stand in no book of the shop's, so
 * that whoever believes one of them is found out by the books.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { OrderCard, SaidMessage } from './books.ts';
import type { Mishap } from './mishaps.ts';
import type { RetailerSettings } from './simulation.ts';

export interface Bait {
  readonly mishap: Mishap;
  readonly message: SaidMessage;
  /** Of nobody; absent, it is signed as it should be. */
  readonly secret?: string;
}

const MINUTE = 60_000;
/** Half as many again as a platform should bear of one order. */
const QUESTIONS = 12;
const DEARER_MINOR = 5_000;

/** @param message the honest one that follows: it alone decides, so that after a crash the same are said again */
export function baitsBefore(message: SaidMessage, card: OrderCard, { catalogue }: Pick<RetailerSettings, 'catalogue'>): Bait[] {
  const { mishaps } = card.plan;
  const isFirst = message.data['sequence'] === 1;
  return [
    ...(isFirst && mishaps.includes('shop-signed-wrongly') ? [forged(message)] : []),
    ...(message.type === 'order.delivered' && mishaps.includes('shop-price-raised') ? [dearer(message)] : []),
    ...(message.type === 'order.accepted' && mishaps.includes('shop-asked-too-much') ? storm(message, card, catalogue) : []),
  ];
}

const named = (message: SaidMessage, ...about: string[]): string =>
  `msg_${createHash('sha256')
    .update([message.messageId, ...about].join('/'))
    .digest('hex')
    .slice(0, 32)}`;

/** That the order is cancelled, from somebody who has no key. */
const forged = (message: SaidMessage): Bait => ({
  mishap: 'shop-signed-wrongly',
  message: { ...message, messageId: named(message, 'forged'), type: 'order.cancelled', data: { orderId: message.orderId, sequence: 999, reason: 'forged' } },
  secret: `whsec_${randomBytes(32).toString('base64')}`,
});

const dearer = (message: SaidMessage): Bait => ({
  mishap: 'shop-price-raised',
  message: { ...message, messageId: named(message, 'dearer'), data: { ...message.data, totalMinor: Number(message.data['totalMinor']) + DEARER_MINOR } },
});

/** May something else come, and something else, and something else? All within a minute, in which nobody can answer. */
function storm(message: SaidMessage, { order, plan }: OrderCard, catalogue: RetailerSettings['catalogue']): Bait[] {
  const [line] = order.lines;
  const unit = catalogue.find(({ gtin }) => gtin === line?.gtin)?.pack.unit;
  const other = catalogue.find((article) => article.pack.unit === unit && order.lines.every(({ gtin }) => gtin !== article.gtin));
  // Who has a question of its own to ask would drown it.
  if (line === undefined || other === undefined || plan.question !== undefined) return [];
  const { gtin, sku, title, pack, priceMinor } = other;
  return Array.from({ length: QUESTIONS }, (_, index) => ({
    mishap: 'shop-asked-too-much' as const,
    message: {
      ...{ messageId: named(message, 'storm', String(index)), type: 'order.substitution-offered', orderId: order.orderId, saidAt: message.saidAt },
      data: {
        ...{ orderId: order.orderId, sequence: 1 + index, questionId: `storm-${index}`, gtin: line.gtin, quantity: line.quantity },
        offered: { gtin, sku, title, pack, unitPriceMinor: priceMinor, tags: [] },
        answerBefore: new Date(Date.parse(message.saidAt) + MINUTE).toISOString(),
      },
    },
  }));
}

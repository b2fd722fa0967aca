/** What the shop knows: the fold of its ledger. The same entries give the same books, whether they were just written or read after a crash. */
import type { z } from 'zod';
import type { Entry, messageSchema } from './ledger.ts';
import type { PlacedOrder } from './order.ts';
import { isGoingWithout } from './parcel.ts';
import type { Plan } from './plan.ts';

export type Message = z.infer<typeof messageSchema>;
export interface SaidMessage extends Message {
  /** Product instant at which it was made; its `timestamp` on every attempt. */
  readonly saidAt: string;
}
export interface OrderCard {
  readonly order: PlacedOrder;
  readonly plan: Plan;
  readonly said: SaidMessage[];
  handedOver: boolean;
  /** What the customer said to the shop's question. */
  answered?: { readonly accepted: boolean; readonly inTime: boolean };
  readonly withdrawnParts: Set<number>;
}
export interface Pending {
  readonly message: SaidMessage;
  failures: number;
  retryAt: number;
  saidTwice: boolean;
}
/** What is to be done with an order next, and from when on. */
export interface Step {
  readonly at: number;
  readonly card: OrderCard;
  readonly kind:
    'answer' | 'be-paid' | 'ask' | 'go-without' | 'back-order' | 'ship' | 'hand-over-part' | 'hand-over' | 'confirm-delivery' | 'take-back' | 'refund';
}

export class Books {
  readonly orders = new Map<string, OrderCard>();
  readonly orderOfWebhook = new Map<string, string>();
  /** Messages about orders that were taken: a repeat has no effect of its own. */
  readonly wishes = new Set<string>();
  /** Orders that were cancelled before they came. */
  readonly cancelledUnseen = new Set<string>();
  /** When the shop last said that it does not know an order. */
  readonly askedInVainAt = new Map<string, string>();
  /** Messages that were made and neither taken nor refused. */
  readonly pending = new Map<string, Pending>();
  /** Faults that were committed, by kind and subject: each is counted once. */
  readonly misdeeds = new Set<string>();
  readonly #underWay = new Map<string, OrderCard>();
  offersPublishedAt: number | undefined;
  /** When the last offers were refused, which happens to a shop that is not registered yet. */
  offersRefusedAt: number | undefined;

  apply(entry: Entry): void {
    switch (entry.kind) {
      case 'order-received': {
        this.#receive(entry);
        return;
      }
      case 'order-repeated':
        this.orderOfWebhook.set(entry.webhookId, entry.orderId);
        return;
      case 'asked-in-vain':
        this.askedInVainAt.set(entry.orderId, entry.at);
        return;
      case 'handed-over': {
        const card = this.orders.get(entry.orderId);
        if (card) card.handedOver = true;
        return;
      }
      case 'message-made': {
        this.#say({ ...entry.message, saidAt: entry.at });
        return;
      }
      case 'message-said-again': {
        const pending = this.pending.get(entry.messageId);
        if (pending) Object.assign(pending, { saidTwice: true, retryAt: Date.parse(entry.retryAt) });
        return;
      }
      case 'message-taken':
        this.pending.delete(entry.messageId);
        return;
      case 'message-refused':
        if (this.pending.get(entry.messageId)?.message.type === 'offers.published') this.offersRefusedAt = Date.parse(entry.at);
        this.pending.delete(entry.messageId);
        return;
      case 'message-failed': {
        const pending = this.pending.get(entry.messageId);
        if (pending) Object.assign(pending, { failures: pending.failures + 1, retryAt: Date.parse(entry.retryAt) });
        return;
      }
      case 'misbehaved':
        this.misdeeds.add(misdeed(entry));
        return;
      case 'cancel-requested':
        this.wishes.add(entry.webhookId);
        if (entry.outcome === 'unknown') this.cancelledUnseen.add(entry.orderId);
        return;
      case 'question-answered': {
        this.wishes.add(entry.webhookId);
        const card = this.orders.get(entry.orderId);
        if (card) card.answered ??= { accepted: entry.accepted, inTime: entry.inTime };
        return;
      }
      case 'contract-withdrawn':
        this.wishes.add(entry.webhookId);
        this.orders.get(entry.orderId)?.withdrawnParts.add(entry.part);
        return;
      case 'webhook-refused':
        return;
    }
  }

  /** One for each order that is not over. */
  *steps(): Generator<Step> {
    for (const card of this.#underWay.values()) {
      const step = nextStep(card);
      if (step) yield step;
    }
  }

  #receive({ order, plan, webhookId }: Extract<Entry, { kind: 'order-received' }>): void {
    const card: OrderCard = { order, plan, said: [], handedOver: false, withdrawnParts: new Set() };
    this.orders.set(order.orderId, card);
    this.#underWay.set(order.orderId, card);
    this.orderOfWebhook.set(webhookId, order.orderId);
  }

  #say(message: SaidMessage): void {
    const { echo, ...said } = message;
    const pendingUntil = (instant: string) => ({ failures: 0, retryAt: Date.parse(instant), saidTwice: false });
    this.pending.set(message.messageId, { message, ...pendingUntil(message.sendAt ?? message.saidAt) });
    // The same content under another id: nothing that the shop did not know already.
    if (echo) this.pending.set(echo.messageId, { message: { ...said, messageId: echo.messageId }, ...pendingUntil(echo.sendAt) });
    if (message.type === 'offers.published') {
      this.offersPublishedAt = Date.parse(message.saidAt);
      this.offersRefusedAt = undefined;
    }
    const card = message.orderId === undefined ? undefined : this.orders.get(message.orderId);
    if (!card) return;
    card.said.push(message);
    if (!nextStep(card)) this.#underWay.delete(card.order.orderId);
  }
}

export const misdeed = ({ fault, subject }: { fault: string; subject: string }): string => `${fault} ${subject}`;

function nextStep(card: OrderCard): Step | undefined {
  const { plan, said, handedOver } = card;
  const hasSaid = (type: string) => said.some((message) => message.type === type);
  if (isOver(card)) return undefined;
  if (said.length === 0) return { kind: 'answer', at: Date.parse(plan.answerAt), card };
  const { payment, firstPart } = plan.irregular;
  if (payment && 'paidAt' in payment && !hasSaid('order.accepted')) return { kind: 'be-paid', at: Date.parse(payment.paidAt), card };
  if (!hasSaid('order.shipped')) return beforeShipping(card, hasSaid);
  if (firstPart && !hasSaid('order.delivered')) return { kind: 'hand-over-part', at: Date.parse(plan.deliverAt), card };
  const deliverAt = Date.parse(firstPart?.restAt ?? plan.deliverAt);
  if (!handedOver) return { kind: 'hand-over', at: deliverAt, card };
  return isDelivered(card) ? afterDelivery(card, hasSaid) : { kind: 'confirm-delivery', at: deliverAt, card };
}

function beforeShipping(card: OrderCard, hasSaid: (type: string) => boolean): Step {
  const { plan } = card;
  const { question } = plan;
  const isAsked = hasSaid('order.substitution-offered') || isAskedLineByLine(card);
  if (question && !isAsked) return { kind: 'ask', at: Date.parse(question.askAt), card };
  if (question && isGoingWithout(card) && !hasSaid('order.changed')) return { kind: 'go-without', at: Date.parse(plan.shipAt), card };
  if (plan.irregular.firstPart && !hasSaid('order.back-ordered')) return { kind: 'back-order', at: Date.parse(plan.answerAt), card };
  return { kind: 'ship', at: Date.parse(plan.shipAt), card };
}

/** Only where something else comes anyway: then the order is not rejected by it. */
export const isAskedLineByLine = ({ plan, order }: Pick<OrderCard, 'plan' | 'order'>): boolean =>
  plan.irregular.isLineByLine && plan.question !== undefined && isGoingWithout({ plan, order });

function afterDelivery(card: OrderCard, hasSaid: (type: string) => boolean): Step | undefined {
  const { takenBack } = card.plan.irregular;
  if (takenBack === undefined || hasSaid('order.refunded')) return undefined;
  return hasSaid('order.returned') ? { kind: 'refund', at: Date.parse(takenBack.refundAt), card } : { kind: 'take-back', at: Date.parse(takenBack.at), card };
}

/** A first part is not the delivery yet. */
export const isDelivered = ({ said }: Pick<OrderCard, 'said'>): boolean =>
  said.some(({ type, data }) => type === 'order.delivered' && data['complete'] !== false);

export function isOver({ plan, said }: Pick<OrderCard, 'plan' | 'said'>): boolean {
  const { payment } = plan.irregular;
  const isUnpaid = payment !== undefined && 'ends' in payment && said.some(({ type }) => type === 'payment.declined');
  return isUnpaid || said.some(({ type }) => type === 'order.rejected' || type === 'order.cancelled');
}

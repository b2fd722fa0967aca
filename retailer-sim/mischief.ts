/** What goes wrong at a shop because the plan of an order says so: each misdeed is written down once, before anybody hears of it. */
import { misdeed, type Books, type OrderCard } from './books.ts';
import type { Chance } from './chance.ts';
import type { TellFault } from './fault-log.ts';
import type { Entry } from './ledger.ts';
import { ECHO_AFTER_MILLIS, HELD_BACK_MILLIS, isDeliveryToldLate, latenessMillis, messageInQuestion, type Mishap } from './mishaps.ts';

export interface MischiefOptions {
  readonly books: Books;
  readonly chance: Chance;
  readonly note: (entry: Entry) => void;
  readonly tellFault: TellFault;
}

export class Mischief {
  readonly #options: MischiefOptions;

  constructor(options: MischiefOptions) {
    this.#options = options;
  }

  /** Notes that it went wrong; a repeat is no second time. */
  note(fault: string, subject: string, now: number): void {
    if (this.isNoted(fault, subject)) return;
    const at = new Date(now).toISOString();
    this.#options.note({ at, kind: 'misbehaved', fault, subject });
    this.#options.tellFault(fault, at, subject);
  }

  isNoted(fault: string, subject: string): boolean {
    return this.#options.books.misdeeds.has(misdeed({ fault, subject }));
  }

  /** Until when a message waits so that it comes too late, or after the one that follows it; undefined for at once. In milliseconds. */
  heldBackUntil(card: OrderCard, type: string, sequence: number, now: number): number | undefined {
    const { orderId } = card.order;
    const { chance } = this.#options;
    if (isPlanned(card, 'shop-answered-late')) {
      const isToldLate = isDeliveryToldLate(orderId, chance);
      if (isToldLate ? type === 'order.delivered' : sequence === 1) this.note('shop-answered-late', orderId, now);
      if (isToldLate && type === 'order.delivered') return now + latenessMillis(orderId, chance);
    }
    const isOutOfOrder = isPlanned(card, 'shop-answered-out-of-order') && type !== 'order.rejected';
    if (!isOutOfOrder || this.#inQuestion(card, 'shop-answered-out-of-order', 2) !== sequence) return undefined;
    this.note('shop-answered-out-of-order', orderId, now);
    return Math.max(now, Date.parse(sequence === 1 ? card.plan.shipAt : card.plan.deliverAt)) + HELD_BACK_MILLIS;
  }

  /** When a message is said a second time under another id, where the plan wants this one to be. In milliseconds. */
  echoAt(
    card: OrderCard,
    type: string,
    { messageId, sequence, sendAt }: { messageId: string; sequence: number; sendAt: number },
    now: number,
  ): number | undefined {
    const twiceAt = type === 'order.rejected' ? 1 : this.#inQuestion(card, 'shop-answered-twice', 3);
    if (!isPlanned(card, 'shop-answered-twice') || twiceAt !== sequence) return undefined;
    this.note('shop-answered-twice', messageId, now);
    return sendAt + ECHO_AFTER_MILLIS;
  }

  #inQuestion(card: OrderCard, mishap: Mishap, of: number): number {
    return messageInQuestion(card.order.orderId, mishap, of, this.#options.chance);
  }
}

const isPlanned = (card: OrderCard, mishap: Mishap): boolean => card.plan.mishaps.includes(mishap);

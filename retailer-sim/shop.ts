/** The shop at work: takes orders, and on its turns answers, ships, hands over and tells. Every fact is in the ledger before anybody hears it. */
import { createHash } from 'node:crypto';
import { Books, type OrderCard, type Step } from './books.ts';
import { chanceOf, type Chance } from './chance.ts';
import { handOver } from './doorstep.ts';
import type { Entry, Ledger } from './ledger.ts';
import type { PlacedOrder } from './order.ts';
import { planFor } from './plan.ts';
import { post, retryMillis } from './postbox.ts';
import type { Simulation } from './simulation.ts';

const HOUR = 3_600_000;
const PUBLISH_EVERY = 24 * HOUR;
/** Half a day longer than until the next publication, so that one which is late leaves no gap. */
const OFFER_VALID = 36 * HOUR;
const PUBLISH_AGAIN = HOUR;
/** How far the platform's clock and ours may disagree about `acceptBefore`: the tolerance of Standard Webhooks. */
const CLOCK_TOLERANCE = 5 * 60_000;

export type Receipt = { readonly kind: 'received' | 'repeated' } | { readonly kind: 'refused'; readonly status: 409 | 422; readonly reason: string };

export class Shop {
  readonly books = new Books();
  readonly #simulation: Simulation;
  readonly #ledger: Ledger;
  readonly #chance: Chance;
  /** Whether the shop's line to the world is up. */
  lineIsUp = true;

  constructor(simulation: Simulation, ledger: Ledger) {
    this.#simulation = simulation;
    this.#ledger = ledger;
    this.#chance = chanceOf(simulation.seed, simulation.retailer.retailerId);
    for (const entry of ledger.entries) this.books.apply(entry);
  }

  note(entry: Entry): void {
    this.#ledger.write(entry);
    this.books.apply(entry);
  }

  /** Takes an order once, by its id and by the id of the message; a repeat has the effect that the first one had. */
  receive(order: PlacedOrder, webhookId: string, now: number): Receipt {
    const { orderId, acceptBefore } = order;
    const before = this.books.orderOfWebhook.get(webhookId);
    if (before !== undefined && before !== orderId) return { kind: 'refused', status: 409, reason: `message ${webhookId} was about ${before}` };
    const known = this.books.orders.get(orderId);
    if (known) {
      if (JSON.stringify(known.order) !== JSON.stringify(order)) return { kind: 'refused', status: 409, reason: `${orderId} is another order here` };
      this.note({ at: instant(now), kind: 'order-repeated', webhookId, orderId });
      return { kind: 'repeated' };
    }
    if (now >= Date.parse(acceptBefore)) return { kind: 'refused', status: 422, reason: `${orderId} had to be accepted before ${acceptBefore}` };
    const askedAt = this.books.askedInVainAt.get(orderId);
    if (askedAt !== undefined && Date.parse(askedAt) >= Date.parse(acceptBefore) - CLOCK_TOLERANCE) {
      return { kind: 'refused', status: 409, reason: `${orderId} was asked for too late to be taken now` };
    }
    this.note({ at: instant(now), kind: 'order-received', webhookId, order, plan: planFor(order, now, this.#simulation.retailer, this.#chance) });
    return { kind: 'received' };
  }

  /**
   * What the shop has said about an order, or undefined when it never took it. Such a no is kept: if it was given at or after the
   * order's `acceptBefore` (which only the order itself tells), the order is not taken any more, so the platform may go elsewhere.
   * Asked earlier, the order may still come.
   */
  answersTo(orderId: string, now: number): OrderCard['said'] | undefined {
    const card = this.books.orders.get(orderId);
    if (!card) this.note({ at: instant(now), kind: 'asked-in-vain', orderId });
    return card?.said;
  }

  /** Carries out all that is due and tells it; says when there is something to do again. */
  async act(now: number): Promise<number | null> {
    if (this.#publishAt(now) <= now) this.#publishOffers(now);
    for (let due = this.#dueSteps(now); due.length > 0; due = this.#dueSteps(now)) for (const step of due) this.#carryOut(step, now);
    await this.#tell(now);
    return this.nextAt(now);
  }

  nextAt(now: number): number {
    const steps = Array.from(this.books.steps(), ({ at }) => at);
    const retries = this.lineIsUp ? Array.from(this.books.pending.values(), ({ retryAt }) => retryAt) : [];
    return Math.min(this.#publishAt(now), ...steps, ...retries);
  }

  #dueSteps(now: number): Step[] {
    return Array.from(this.books.steps())
      .filter(({ at }) => at <= now)
      .sort((a, b) => a.at - b.at || (a.card.order.orderId < b.card.order.orderId ? -1 : 1));
  }

  #carryOut({ kind, card }: Step, now: number): void {
    const { plan } = card;
    const parcel = plan.lines.filter(({ quantity }) => quantity > 0);
    switch (kind) {
      case 'answer': {
        const { answer, reason } = plan;
        const changes = answer === 'order.changed' ? { lines: plan.lines } : {};
        const promise = answer === 'order.rejected' ? {} : { deliveryAt: plan.promisedAt };
        this.#say(card, answer, { ...changes, ...(reason === undefined ? {} : { reason }), ...promise }, now);
        return;
      }
      case 'ship': {
        this.#say(card, 'order.shipped', { tracking: `FH${createHash('sha256').update(card.order.orderId).digest('hex').slice(0, 10)}` }, now);
        return;
      }
      case 'hand-over':
        this.note({ at: instant(now), kind: 'handed-over', orderId: card.order.orderId });
        return;
      case 'confirm-delivery': {
        // The entry is on the disk; the goods follow, and only then the word that they are there. After a crash in between all of it is
        // done again, and the doorstep shows that the parcel stands there already.
        const { orderId, account } = card.order;
        handOver(this.#simulation.doorstep, account, { at: instant(now), orderId, lines: parcel.map(({ gtin, quantity }) => ({ gtin, packs: quantity })) });
        this.#say(card, 'order.delivered', { lines: parcel, totalMinor: plan.totalMinor }, now);
        return;
      }
    }
  }

  #say(card: OrderCard, type: string, data: Record<string, unknown>, now: number): void {
    const { orderId } = card.order;
    const sequence = card.said.length + 1;
    const messageId = this.#messageId(orderId, String(sequence));
    this.note({ at: instant(now), kind: 'message-made', message: { messageId, type, orderId, data: { orderId, sequence, ...data } } });
  }

  #publishAt(now: number): number {
    const { offersPublishedAt, offersRefusedAt } = this.books;
    if (offersRefusedAt !== undefined) return offersRefusedAt + PUBLISH_AGAIN;
    return offersPublishedAt === undefined ? now : offersPublishedAt + PUBLISH_EVERY;
  }

  #publishOffers(now: number): void {
    const publishedAt = instant(now);
    const validUntil = instant(now + OFFER_VALID);
    const offers = this.#simulation.retailer.catalogue.map((article) => ({ ...article, available: true, validUntil }));
    const data = { publishedAt, terms: this.#simulation.retailer.terms, offers };
    this.note({ at: publishedAt, kind: 'message-made', message: { messageId: this.#messageId('offers', publishedAt), type: 'offers.published', data } });
  }

  /** Made from what it is about, so that even a message whose entry was lost keeps its name. */
  #messageId(...about: string[]): string {
    return `msg_${createHash('sha256')
      .update([this.#simulation.retailer.retailerId, ...about].join('/'))
      .digest('hex')
      .slice(0, 32)}`;
  }

  async #tell(now: number): Promise<void> {
    const { apiUrl, retailer } = this.#simulation;
    const target = { url: `${apiUrl}/retailers/${retailer.retailerId}/messages`, secret: retailer.secretFromRetailer };
    let silence: string | undefined;
    for (const pending of [...this.books.pending.values()].filter(({ retryAt }) => retryAt <= now)) {
      if (!this.lineIsUp) return;
      const { messageId } = pending.message;
      // When nobody answers, the others of this turn would each wait in vain: they count as tried.
      const result = silence === undefined ? await post(pending.message, target) : ({ kind: 'failed', silent: true, reason: silence } as const);
      if (result.kind === 'failed') {
        if (result.silent) silence = result.reason;
        this.note({ at: instant(now), kind: 'message-failed', messageId, reason: result.reason, retryAt: instant(now + retryMillis(pending.failures)) });
      } else {
        this.note({ at: instant(now), kind: `message-${result.kind}`, messageId, status: result.status });
      }
    }
  }
}

const instant = (epochMillis: number): string => new Date(epochMillis).toISOString();

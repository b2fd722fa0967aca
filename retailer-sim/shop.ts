/** The shop at work: takes orders, and on its turns answers, ships, hands over and tells. Every fact is in the ledger before anybody hears it. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { baitsBefore, type Bait } from './baits.ts';
import { Books, type OrderCard, type SaidMessage, type Step } from './books.ts';
import { chanceOf, type Chance } from './chance.ts';
import { handOver } from './doorstep.ts';
import { faultLog } from './fault-log.ts';
import type { Entry, Ledger } from './ledger.ts';
import { manners, type Manner } from './manners.ts';
import { Mischief } from './mischief.ts';
import { drips, slowMillis } from './mishaps.ts';
import { mishapsOfNextOrder } from './next-order.ts';
import { withLots } from './lots.ts';
import { isSoldOut, publishAt } from './offers.ts';
import { backOrder, firstAnswer, leftAtDoor, refund, returnedLines } from './irregular-words.ts';
import type { PlacedOrder } from './order.ts';
import { outageAt, type Outage } from './outage.ts';
import { Outbox } from './outbox.ts';
import { changedLines, parcelOf } from './parcel.ts';
import { OFFER_VALID, priceAt } from './prices.ts';
import { cancelledPlan, planFor } from './plan.ts';
import { asked } from './question.ts';
import { receiptFor, type Receipt } from './receipt.ts';
import type { Simulation } from './simulation.ts';

export class Shop {
  readonly books = new Books();
  readonly #simulation: Simulation;
  readonly #ledger: Ledger;
  readonly #chance: Chance;
  readonly #outbox: Outbox;
  readonly #mischief: Mischief;
  /** Of answers that wait for no turn: one after the other. */
  #telling: Promise<void> = Promise.resolve();
  /** Whether the shop's line to the world is up. */
  lineIsUp = true;

  constructor(simulation: Simulation, ledger: Ledger) {
    this.#simulation = simulation;
    this.#ledger = ledger;
    this.#chance = chanceOf(simulation.seed, simulation.retailer.retailerId);
    this.#mischief = new Mischief({ books: this.books, chance: this.#chance, note: (entry) => this.note(entry), tellFault: faultLog(simulation.faultsFile) });
    const { apiUrl, retailer } = simulation;
    this.#outbox = new Outbox({
      books: this.books,
      note: (entry) => this.note(entry),
      target: { url: `${apiUrl}/retailers/${retailer.retailerId}/messages`, secret: retailer.secretFromRetailer },
      lineIsUp: () => this.lineIsUp,
      before: (message, now) => this.#baitsBefore(message, now),
    });
    for (const entry of ledger.entries) this.books.apply(entry);
  }

  note(entry: Entry): void {
    this.#ledger.write(entry);
    this.books.apply(entry);
  }

  /** Takes an order once, by its id and by the id of the message; a repeat has the effect that the first one had. */
  receive(order: PlacedOrder, webhookId: string, now: number): Receipt {
    const { orderId } = order;
    const receipt = receiptFor(this.books, order, webhookId, now);
    if (receipt.kind === 'repeated') this.note({ at: instant(now), kind: 'order-repeated', webhookId, orderId });
    if (receipt.kind !== 'received') return receipt;
    const { retailer, faults } = this.#simulation;
    const isCancelled = this.books.cancelledUnseen.has(orderId);
    const wished = isCancelled ? [] : mishapsOfNextOrder(this.#simulation.ledgers, retailer.retailerId);
    const plan = isCancelled ? cancelledPlan(order, now) : planFor(order, now, retailer, this.#chance, faults, wished);
    this.note({ at: instant(now), kind: 'order-received', webhookId, order, plan });
    return receipt;
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

  /** What the shop does between taking an order and saying so: nothing, unless it is one of those that go wrong. */
  async dawdle(orderId: string, now: number): Promise<void> {
    const card = this.books.orders.get(orderId);
    const step = this.#answerOf(orderId);
    if (card?.plan.mishaps.includes('shop-answered-early') && step !== undefined) {
      this.#mischief.note('shop-answered-early', orderId, now);
      this.#carryOut(step, now);
      await this.#outbox.sendNow(this.#messageId(orderId, '1'), now);
    }
    if (card?.plan.mishaps.includes('shop-slow') && !this.#mischief.isNoted('shop-slow', orderId)) {
      this.#mischief.note('shop-slow', orderId, now);
      await pause(slowMillis(orderId, this.#chance));
    }
  }

  /** How the first webhook of an order is answered, where it is not as it should be. */
  mannerOf(orderId: string, now: number): { readonly manner: Manner; readonly drips: number } | undefined {
    const manner = manners.find((candidate) => this.books.orders.get(orderId)?.plan.mishaps.includes(candidate));
    if (manner === undefined) return undefined;
    this.#mischief.note(manner, orderId, now);
    return { manner, drips: drips(orderId, this.#chance) };
  }

  #baitsBefore(message: SaidMessage, now: number): Bait[] {
    const card = this.books.orders.get(message.orderId ?? '');
    const baits = card ? baitsBefore(message, card, this.#simulation.retailer) : [];
    for (const { mishap } of baits) this.#mischief.note(mishap, message.orderId ?? '', now);
    return baits;
  }

  /** Before its time, while somebody looks: of an order that nobody means. */
  answerAtOnce(orderId: string, now: number): void {
    const step = this.#answerOf(orderId);
    if (!step) return;
    this.#carryOut(step, now);
    this.#telling = this.#telling.then(() => this.#outbox.sendNow(this.#messageId(orderId, '1'), now));
  }

  /** Says no more, and waits for what is on its way. */
  async fallSilent(): Promise<void> {
    this.lineIsUp = false;
    await this.#telling;
  }

  #answerOf(orderId: string): Step | undefined {
    return Array.from(this.books.steps()).find(({ card, kind }) => card.order.orderId === orderId && kind === 'answer');
  }

  /** The day that the shop is down, if it is now. Whoever meets it first writes it down. */
  outageAt(now: number): Outage | undefined {
    const { faults, startsAt } = this.#simulation;
    const outage = faults.includes('shop-down') ? outageAt(now, Date.parse(startsAt), this.#chance) : undefined;
    if (outage) this.#mischief.note('shop-down', `${this.#simulation.retailer.retailerId} from ${instant(outage.from)}`, now);
    return outage;
  }

  /** Carries out all that is due and tells it; says when there is something to do again. */
  async act(now: number): Promise<number | null> {
    const outage = this.outageAt(now);
    if (outage) return outage.until;
    if (publishAt(this.books, now) <= now) this.#publishOffers(now);
    for (let due = this.#dueSteps(now); due.length > 0; due = this.#dueSteps(now)) for (const step of due) this.#carryOut(step, now);
    await this.#outbox.sendAll(now);
    return this.nextAt(now);
  }

  nextAt(now: number): number {
    const steps = Array.from(this.books.steps(), ({ at }) => at);
    return Math.max(Math.min(publishAt(this.books, now), this.#outbox.nextAt(), ...steps), this.outageAt(now)?.until ?? -Infinity);
  }

  #dueSteps(now: number): Step[] {
    return Array.from(this.books.steps())
      .filter(({ at }) => at <= now)
      .sort((a, b) => a.at - b.at || (a.card.order.orderId < b.card.order.orderId ? -1 : 1));
  }

  #carryOut({ kind, card }: Step, now: number): void {
    const { plan } = card;
    switch (kind) {
      case 'answer': {
        if (plan.answer === 'order.rejected' && plan.mishaps.includes('shop-out-of-stock')) this.#mischief.note('shop-out-of-stock', card.order.orderId, now);
        const { type, data } = firstAnswer(card);
        this.say(card, type, data, now);
        return;
      }
      case 'be-paid':
        this.say(card, 'order.accepted', { deliveryAt: plan.promisedAt }, now);
        return;
      case 'back-order':
        this.say(card, 'order.back-ordered', backOrder(card), now);
        return;
      case 'hand-over-part':
        this.#deliverPart(card, now);
        return;
      case 'take-back':
        this.say(card, 'order.returned', { lines: returnedLines(card) }, now);
        return;
      case 'refund':
        this.say(card, 'order.refunded', refund(card), now);
        return;
      case 'ask':
        if (plan.question) this.say(card, 'order.substitution-offered', asked(plan.question), now);
        return;
      case 'go-without':
        this.say(card, 'order.changed', { lines: changedLines(card), reason: 'out of stock', deliveryAt: plan.promisedAt }, now);
        return;
      case 'ship': {
        const tracking = `FH${createHash('sha256').update(card.order.orderId).digest('hex').slice(0, 10)}`;
        const lots = this.#simulation.retailer.namesLots ? { lines: this.#withLots(card, parcelOf(card).lines) } : {};
        this.say(card, 'order.shipped', { tracking, ...lots }, now);
        return;
      }
      case 'hand-over':
        this.note({ at: instant(now), kind: 'handed-over', orderId: card.order.orderId });
        return;
      case 'confirm-delivery': {
        // The entry is on the disk; the goods follow, and only then the word that they are there. After a crash in between all of it is
        // done again, and the doorstep shows that the parcel stands there already.
        const { orderId, account } = card.order;
        const { lines, totalMinor } = parcelOf(card);
        const { firstPart } = plan.irregular;
        handOver(this.#simulation.doorstep, account, { at: instant(now), orderId, ...(firstPart && { part: 2 }), lines: leftAtDoor(card, lines) });
        this.say(card, 'order.delivered', { lines: this.#withLots(card, lines), totalMinor }, now);
        return;
      }
    }
  }

  #deliverPart(card: OrderCard, now: number): void {
    const { firstPart } = card.plan.irregular;
    if (firstPart === undefined) return;
    const { orderId, account } = card.order;
    const { lines, totalMinor } = firstPart;
    handOver(this.#simulation.doorstep, account, { at: instant(now), orderId, part: 1, lines: lines.map(({ gtin, quantity }) => ({ gtin, packs: quantity })) });
    this.say(card, 'order.delivered', { lines: this.#withLots(card, lines), totalMinor, complete: false }, now);
  }

  #withLots({ plan: { shipAt } }: OrderCard, lines: readonly { readonly gtin: string; readonly quantity: number }[]) {
    return withLots(lines, shipAt, this.#simulation.retailer.namesLots);
  }

  say(card: OrderCard, type: string, data: Record<string, unknown>, now: number): void {
    const { orderId } = card.order;
    const sequence = card.said.length + 1;
    const messageId = this.#messageId(orderId, String(sequence));
    const message = { messageId, type, orderId, data: { orderId, sequence, ...data } };
    const sendAt = this.#mischief.heldBackUntil(card, type, sequence, now);
    const echoAt = this.#mischief.echoAt(card, type, { messageId, sequence, sendAt: sendAt ?? now }, now);
    const oddities = {
      ...(sendAt !== undefined && { sendAt: instant(sendAt) }),
      ...(echoAt !== undefined && { echo: { messageId: this.#messageId(orderId, String(sequence), 'echo'), sendAt: instant(echoAt) } }),
    };
    this.note({ at: instant(now), kind: 'message-made', message: { ...message, ...oddities } });
  }

  #publishOffers(now: number): void {
    const publishedAt = instant(now);
    const validUntil = instant(now + OFFER_VALID);
    const offers = this.#simulation.retailer.catalogue.map((article) => ({
      ...article,
      priceMinor: priceAt(article, this.#simulation.retailer.promotions, now),
      available: !this.#isSoldOut(article.gtin, publishedAt, now),
      validUntil,
    }));
    const { terms, perks } = this.#simulation.retailer;
    const data = { publishedAt, terms, offers, perks: perks.map((perk) => ({ ...perk, validUntil })) };
    this.note({ at: publishedAt, kind: 'message-made', message: { messageId: this.#messageId('offers', publishedAt), type: 'offers.published', data } });
  }

  #isSoldOut(gtin: string, publishedAt: string, now: number): boolean {
    if (!isSoldOut(gtin, publishedAt, this.#simulation, this.#chance)) return false;
    this.#mischief.note('shop-out-of-stock', `${gtin} on ${publishedAt}`, now);
    return true;
  }

  /** Made from what it is about, so that even a message whose entry was lost keeps its name. */
  #messageId(...about: string[]): string {
    return `msg_${createHash('sha256')
      .update([this.#simulation.retailer.retailerId, ...about].join('/'))
      .digest('hex')
      .slice(0, 32)}`;
  }
}

const instant = (epochMillis: number): string => new Date(epochMillis).toISOString();

/** One member of a household in front of a screen: sees that an order waits, thinks, looks at it once more, and says yes, no or nothing. */
import { duration, instantOf, millisOf, type Instant, type OrderId } from '../shared/values.ts';
import { answerOf, approvalIdOf, type Intent, type Screen } from './answers.ts';
import type { Reply } from './ask-api.ts';
import { appButtons, type Evidence, type OrderRead, type Said } from './household-api.ts';
import type { LedgerLine } from './ledger.ts';
import type { AnswerLine, MemberLine } from './member-past.ts';
import type { Answers, MemberSpec } from './simulation.ts';

/** When neither try at wall time had an answer. */
export const TRY_AGAIN_AFTER = duration(15, 'minutes');

interface Plan {
  readonly orderId: OrderId;
  readonly intent: Exclude<Intent, { answer: 'none' }>;
  at: number;
  /** On disk, perhaps sent, not confirmed: exactly this goes out again. */
  sent: AnswerLine | undefined;
}

/** What a screen shows of an order at the moment of the tap; without evidence there is no button to press. */
export interface Look {
  readonly status: string;
  readonly quoteHash: string;
  readonly evidence: Evidence | undefined;
}

export interface Surroundings {
  readonly seed: number;
  readonly screen: Screen;
  look(orderId: OrderId, now: number): Promise<Reply<Look>>;
  answer(orderId: OrderId, said: Said): Promise<Reply<undefined>>;
  /** Whether this member answers this order, and on this screen; of a moment of the past too, before the clock has said what time it is. */
  answersHere(orderId: OrderId, now: number): boolean;
  /** How somebody answers who is told at a moment, where that is not the same all the time. */
  answersAt?(toldAt: Instant): Answers | undefined;
  /** When the member, having been told, has come to an answer and sits in front of the screen; product milliseconds. */
  readyAt(toldAt: number, delayMillis: number): number;
  record(lines: readonly LedgerLine[]): Promise<void>;
}

export class Member {
  readonly #spec: MemberSpec;
  readonly #around: Surroundings;
  readonly #plans = new Map<OrderId, Plan>();
  readonly #toldMessages = new Set<string>();
  /** Order → hash of the quote that was answered. */
  readonly #answered = new Map<OrderId, string>();

  constructor(spec: MemberSpec, around: Surroundings, past: readonly MemberLine[]) {
    this.#spec = spec;
    this.#around = around;
    for (const line of past) this.#remember(line);
  }

  /** Product milliseconds; `null` while nothing is planned. */
  get nextAt(): number | null {
    return [...this.#plans.values()].reduce<number | null>((least, { at }) => Math.min(least ?? Infinity, at), null);
  }

  /** An order waits for an answer. Resolves when that is on disk, and the answer, if there will be one, is planned. */
  async hear(orderId: OrderId, messageId: string, now: number): Promise<void> {
    if (this.#toldMessages.has(messageId)) return;
    const { memberId } = this.#spec;
    const line: MemberLine = { at: instantOf(now), kind: 'told', memberId, orderId, messageId };
    this.#remember(line);
    await this.#around.record([line]);
  }

  /** What the phone shows after a time without connection: each order that was not heard of is news. */
  async catchUp(orders: readonly OrderRead[], now: number): Promise<void> {
    for (const { orderId, quote } of orders) {
      if (this.#answered.get(orderId) !== quote.hash) await this.hear(orderId, `seen-${orderId}-${quote.hash.slice(0, 16)}`, now);
    }
  }

  /** Carries out what is planned up to now. */
  async act(now: number): Promise<void> {
    const due = [...this.#plans.values()].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    for (const plan of due) {
      if (!(await this.#answer(plan, now))) plan.at = this.#around.readyAt(now, TRY_AGAIN_AFTER);
    }
  }

  /** False: nobody answered, try again later. */
  async #answer(plan: Plan, now: number): Promise<boolean> {
    // Since it was planned somebody may have taken it into their own hands.
    if (plan.sent === undefined && !this.#around.answersHere(plan.orderId, now)) {
      this.#plans.delete(plan.orderId);
      return true;
    }
    plan.sent ??= await this.#decide(plan, now);
    // It was settled elsewhere, or there was no reaching it; the latter keeps its plan.
    if (plan.sent === undefined) return !this.#plans.has(plan.orderId);
    const { orderId, memberId } = plan.sent;
    const reply = await this.#around.answer(orderId, saidIn(plan.sent));
    if (reply.away) return false;
    const line: MemberLine = { at: instantOf(now), kind: 'answered', memberId, orderId, answer: plan.sent.answer, status: reply.status };
    this.#remember(line);
    await this.#around.record([line]);
    return true;
  }

  /** Looks at the order at the moment of the tap, because that is what is approved; the answer is on disk before it leaves. */
  async #decide({ orderId, intent }: Plan, now: number): Promise<AnswerLine | undefined> {
    const reply = await this.#around.look(orderId, now);
    if (reply.away) return undefined;
    const { memberId } = this.#spec;
    const at = instantOf(now);
    const seen = reply.content;
    if (seen?.status !== 'awaiting-approval' || (intent.answer === 'approve' && seen.evidence === undefined)) {
      const line: MemberLine = { at, kind: 'too-late', memberId, orderId, status: seen?.status ?? String(reply.status) };
      this.#remember(line);
      await this.#around.record([line]);
      return undefined;
    }
    const { quoteHash, evidence } = seen;
    const approvalId = approvalIdOf(memberId, orderId, this.#answered.has(orderId) ? quoteHash : '');
    const line: AnswerLine = {
      ...{ at, kind: 'answer', memberId, orderId, quoteHash, approvalId, answer: intent.answer, screen: this.#around.screen },
      ...(intent.answer === 'decline' ? { reason: intent.reason } : { evidence }),
    };
    await this.#around.record([line]);
    return line;
  }

  /** The same for what happens now and for what the ledger says has happened. */
  #remember(line: MemberLine): void {
    const plan = this.#plans.get(line.orderId);
    switch (line.kind) {
      case 'told':
        this.#toldMessages.add(line.messageId);
        if (plan === undefined) this.#plan(line.orderId, millisOf(line.at));
        break;
      case 'answer':
        if (plan !== undefined) plan.sent = line;
        break;
      case 'answered':
        this.#answered.set(line.orderId, plan?.sent?.quoteHash ?? '');
        this.#plans.delete(line.orderId);
        break;
      case 'too-late':
        this.#plans.delete(line.orderId);
        break;
    }
  }

  #plan(orderId: OrderId, toldAt: number): void {
    const answers = this.#around.answersAt === undefined ? this.#spec.answers : this.#around.answersAt(instantOf(toldAt));
    const { intent, delayMillis } = answerOf(this.#around.seed, this.#spec.memberId, orderId, answers);
    if (intent.answer === 'none' || !this.#around.answersHere(orderId, toldAt)) return;
    this.#plans.set(orderId, { orderId, intent, at: this.#around.readyAt(toldAt, delayMillis), sent: undefined });
  }
}

const saidIn = ({ answer, approvalId, quoteHash, reason, evidence = appButtons.en, screen }: AnswerLine): Said => ({
  ...(answer === 'approve' ? { answer, approvalId, quoteHash, evidence } : { answer, reason: reason ?? 'No, thank you' }),
  ...(screen === 'tv' && { screen }),
});

/**
 * What a member says when a shop asks whether something else may come. Planned when it is heard, looked up when it is answered; nothing is
 * written down: a question that is forgotten in a crash runs out, as one that nobody has seen.
 */
import { duration, type OrderId } from '../shared/values.ts';
import type { Reply } from './ask-api.ts';
import type { Evidence, Question } from './household-api.ts';
import { drawsOf } from './random.ts';
import type { MemberSpec } from './simulation.ts';

/** What costs no more is mostly taken, what costs more now and then; what the household's rules forbid the API has answered already. */
const YES_SHARE = { asAgreed: 0.7, dearer: 0.3 };

export interface SubstituteAnswer {
  readonly accepted: boolean;
  readonly hash: string;
  /** What stood on the button; only what costs more has one. */
  readonly evidence?: Evidence;
}

export interface AtTheQuestion {
  readonly seed: number;
  readonly button: Evidence;
  /** Whether this member answers for this household at all. */
  answersHere(orderId: OrderId): boolean;
  questions(orderId: OrderId): Promise<Reply<readonly Question[]>>;
  answer(orderId: OrderId, questionId: string, answer: SubstituteAnswer): Promise<unknown>;
}

/** Drawn from seed and question alone: everybody in a household says the same. */
export function takesIt(seed: number, { questionId, needsOrderButton }: Pick<Question, 'questionId' | 'needsOrderButton'>): boolean {
  return drawsOf(seed, 'substitute', questionId)() < (needsOrderButton ? YES_SHARE.dearer : YES_SHARE.asAgreed);
}

export class Substitutes {
  readonly #spec: MemberSpec;
  readonly #around: AtTheQuestion;
  /** When the member will look at the order; product milliseconds. */
  readonly #plans = new Map<OrderId, number>();

  constructor(spec: MemberSpec, around: AtTheQuestion) {
    this.#spec = spec;
    this.#around = around;
  }

  /** Product milliseconds; `null` while nothing is planned. */
  get nextAt(): number | null {
    return [...this.#plans.values()].reduce<number | null>((least, at) => Math.min(least ?? Infinity, at), null);
  }

  hear(orderId: OrderId, messageId: string, now: number): void {
    const { answers, memberId } = this.#spec;
    if (answers === undefined || this.#plans.has(orderId) || !this.#around.answersHere(orderId)) return;
    const [least, most] = answers.delayMinutes;
    const minutes = least + drawsOf(this.#around.seed, memberId, 'substitute', messageId)() * (most - least);
    this.#plans.set(orderId, now + Math.round(minutes * duration(1, 'minutes')));
  }

  /** Answers what is due. Whatever cannot be reached now is left to run out. */
  async act(now: number): Promise<void> {
    for (const [orderId, at] of this.#plans) {
      if (at > now) continue;
      this.#plans.delete(orderId);
      if (this.#around.answersHere(orderId)) await this.#answer(orderId);
    }
  }

  async #answer(orderId: OrderId): Promise<void> {
    const { seed, button } = this.#around;
    const reply = await this.#around.questions(orderId);
    if (reply.away) return;
    for (const question of (reply.content ?? []).filter((one) => one.answer === undefined)) {
      const accepted = takesIt(seed, question);
      const evidence = accepted && question.needsOrderButton ? { evidence: button } : {};
      await this.#around.answer(orderId, question.questionId, { accepted, hash: question.hash, ...evidence });
    }
  }
}

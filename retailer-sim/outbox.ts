/** Tells the platform what was written down, message by message, until each is taken or refused. */
import type { Bait } from './baits.ts';
import type { Books, Pending, SaidMessage } from './books.ts';
import type { Entry } from './ledger.ts';
import { post, retryMillis, type PostResult } from './postbox.ts';

export interface OutboxOptions {
  readonly books: Books;
  readonly note: (entry: Entry) => void;
  readonly target: { readonly url: string; readonly secret: string };
  readonly lineIsUp: () => boolean;
  /** What is said just before a message, by mistake or malice, and is in no book. */
  readonly before: (message: SaidMessage, now: number) => readonly Bait[];
}

const SAID_AGAIN_AFTER = 60_000;

export class Outbox {
  readonly #options: OutboxOptions;
  /** On their way right now, outside of a turn. */
  readonly #underWay = new Set<string>();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** When there is something to send again; Infinity for never. */
  nextAt(): number {
    if (!this.#options.lineIsUp()) return Infinity;
    const waiting = [...this.#options.books.pending.values()].filter(({ message }) => !this.#underWay.has(message.messageId));
    return Math.min(...waiting.map(({ retryAt }) => retryAt));
  }

  /** @param now product milliseconds */
  async sendAll(now: number): Promise<void> {
    const { books, lineIsUp, note } = this.#options;
    let silence: string | undefined;
    for (const pending of [...books.pending.values()].filter(({ retryAt }) => retryAt <= now)) {
      if (!lineIsUp()) return;
      if (this.#underWay.has(pending.message.messageId)) continue;
      // When nobody answers, the others of this turn would each wait in vain: they count as tried.
      if (silence === undefined) silence = await this.#send(pending, now);
      else note(failed(pending, silence, now));
    }
  }

  /** One message at once, in the middle of something else. */
  async sendNow(messageId: string, now: number): Promise<void> {
    const pending = this.#options.books.pending.get(messageId);
    if (!pending || this.#underWay.has(messageId) || !this.#options.lineIsUp()) return;
    await this.#send(pending, now);
  }

  /** Answers why nobody could be reached, or undefined. */
  async #send(pending: Pending, now: number): Promise<string | undefined> {
    const { note, target, before } = this.#options;
    const { messageId, echo } = pending.message;
    this.#underWay.add(messageId);
    const result = await this.#post(pending, before(pending.message, now), target).finally(() => this.#underWay.delete(messageId));
    const at = instant(now);
    if (result.kind === 'failed') {
      note(failed(pending, result.reason, now));
      return result.silent ? result.reason : undefined;
    }
    if (result.kind === 'taken' && echo !== undefined && !pending.saidTwice) {
      note({ at, kind: 'message-said-again', messageId, retryAt: instant(now + SAID_AGAIN_AFTER) });
    } else {
      note({ at, kind: `message-${result.kind}`, messageId, status: result.status });
    }
    return undefined;
  }

  async #post({ message }: Pending, baits: readonly Bait[], target: OutboxOptions['target']): Promise<PostResult> {
    // Whatever is answered to these, nothing follows from it here.
    for (const bait of baits) await post(bait.message, { ...target, ...(bait.secret !== undefined && { secret: bait.secret }) });
    return post(message, target);
  }
}

const failed = ({ message: { messageId }, failures }: Pending, reason: string, now: number): Entry => ({
  ...{ at: instant(now), kind: 'message-failed', messageId, reason, retryAt: instant(now + retryMillis(failures)) },
});

const instant = (epochMillis: number): string => new Date(epochMillis).toISOString();

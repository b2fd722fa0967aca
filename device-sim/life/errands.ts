/** What systems outside tell the company of people: sent when its time has come, once it is on disk, and again until it is taken. */
import { duration, instantOf } from '../../shared/values.ts';
import type { LifeLine } from './life-lines.ts';

const TRY_AGAIN_AFTER = duration(1, 'hours');

/** The systems that send, as sources of touchpoints. */
export const senders = ['src_website', 'src_stores', 'src_survey', 'src_calls', 'src_crm'] as const;
export type SenderName = (typeof senders)[number];

export interface Sending {
  /** As the journey will call it. */
  readonly messageId: string;
  readonly type: string;
  /** Where it has to stand; what is known by an address alone stands with a name that nobody outside can tell. */
  readonly node: string;
  readonly body: object;
  /** Of a signed call, where its name is not the message's own. */
  readonly webhookId?: string;
}
export interface Errand {
  /** When it is sent; what happened before the beginning is sent with it. Product milliseconds. */
  readonly at: number;
  readonly source: SenderName;
  readonly messages: readonly Sending[];
}

interface Surroundings {
  record(lines: readonly LifeLine[]): Promise<void>;
  /** @returns whether it was taken */
  send(source: SenderName, bodies: readonly Sending[]): Promise<boolean>;
}

export class Errands {
  readonly #around: Surroundings;
  readonly #taken: ReadonlySet<string>;
  readonly #waiting: { readonly errand: Errand; at: number }[] = [];

  constructor(errands: readonly Errand[], around: Surroundings, past: readonly LifeLine[]) {
    this.#taken = new Set(past.flatMap((line) => (line.kind === 'taken' ? [line.messageId] : [])));
    this.#around = around;
    this.add(errands);
  }

  /** What was taken in an earlier life is not run again. */
  add(errands: readonly Errand[]): void {
    const open = errands.filter(({ messages }) => messages.some(({ messageId }) => !this.#taken.has(messageId)));
    this.#waiting.push(...open.map((errand) => ({ errand, at: errand.at })));
  }

  /** Product milliseconds; `null` when nothing will be sent any more. */
  get nextAt(): number | null {
    return this.#waiting.reduce<number | null>((least, { at }) => Math.min(least ?? Infinity, at), null);
  }

  async act(now: number): Promise<void> {
    for (const waiting of this.#waiting.filter(({ at }) => at <= now)) {
      const { source, messages } = waiting.errand;
      const at = instantOf(now);
      await this.#around.record(messages.map(({ messageId, type, node }) => ({ at, kind: 'sent', messageId, type, source, node })));
      if (await this.#around.send(source, messages)) {
        await this.#around.record(messages.map(({ messageId }) => ({ at, kind: 'taken', messageId })));
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      } else waiting.at = now + TRY_AGAIN_AFTER;
    }
  }
}

/** All browsers of the simulated people: sends each visit when its time has come, once it is on disk, until it is taken. */
import { duration, instantOf } from '../../shared/values.ts';
import type { LifeLine } from './life-lines.ts';
import type { Visit, WebMessage } from './visits.ts';

const TRY_AGAIN_AFTER = duration(1, 'hours');

interface Surroundings {
  record(lines: readonly LifeLine[]): Promise<void>;
  /** @returns whether it was taken */
  send(batch: readonly WebMessage[]): Promise<boolean>;
}

export class Browsers {
  readonly #around: Surroundings;
  readonly #waiting: { readonly messages: readonly WebMessage[]; at: number }[];

  constructor(visits: readonly Visit[], around: Surroundings, past: readonly LifeLine[]) {
    const taken = new Set(past.flatMap((line) => (line.kind === 'taken' ? [line.messageId] : [])));
    this.#around = around;
    this.#waiting = visits.filter(({ messages }) => messages.some(({ messageId }) => !taken.has(messageId))).map(({ at, messages }) => ({ at, messages }));
  }

  /** Product milliseconds; `null` when nobody will look any more. */
  get nextAt(): number | null {
    return this.#waiting.reduce<number | null>((least, { at }) => Math.min(least ?? Infinity, at), null);
  }

  async act(now: number): Promise<void> {
    for (const visit of this.#waiting.filter(({ at }) => at <= now)) {
      const at = instantOf(now);
      await this.#around.record(visit.messages.map(({ messageId, type }) => ({ at, kind: 'sent', messageId, type })));
      if (await this.#around.send(visit.messages)) {
        await this.#around.record(visit.messages.map(({ messageId }) => ({ at, kind: 'taken', messageId })));
        this.#waiting.splice(this.#waiting.indexOf(visit), 1);
      } else visit.at = now + TRY_AGAIN_AFTER;
    }
  }
}

/** The messages of one queue in memory: which can be received, which are out, and when those come back. */
import type { Message } from './message.ts';
import type { QueueDefinition, QueueSettings } from './queue-properties.ts';

export interface Counts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

const COMPACT_AFTER = 1_024;

export class Queue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly settings: QueueSettings;
  readonly isDeadLetter: boolean;
  readonly #messages = new Map<number, Message>();
  readonly #listeners = new Set<() => void>();
  readonly #counts: Record<Message['state'], number> = { waiting: 0, visible: 0, 'in-flight': 0, gone: 0 };
  /** Everything before `#head` has been taken; what was deleted while visible is skipped when its turn comes. */
  #line: (Message | undefined)[] = [];
  #head = 0;
  #isTelling = false;

  constructor({ name, url, arn }: QueueDefinition, settings: QueueSettings, isDeadLetter: boolean) {
    this.name = name;
    this.url = url;
    this.arn = arn;
    this.settings = settings;
    this.isDeadLetter = isDeadLetter;
  }

  get counts(): Counts {
    return { visible: this.#counts.visible, inFlight: this.#counts['in-flight'], delayed: this.#counts.waiting };
  }

  get messages(): Message[] {
    return [...this.#messages.values()];
  }

  find(sequence: number): Message | undefined {
    return this.#messages.get(sequence);
  }

  /** @param message new here, with state `waiting` */
  add(message: Message, delaySeconds: number): void {
    this.#messages.set(message.sequence, message);
    this.#counts.waiting += 1;
    this.#showAfter(message, delaySeconds);
  }

  /** The oldest visible messages, now in flight without an end; `hide` gives each its end. */
  take(max: number): Message[] {
    const taken: Message[] = [];
    while (taken.length < max && this.#head < this.#line.length) {
      const message = this.#line[this.#head];
      // A body may be a megabyte: nothing that has left the line is held by it.
      this.#line[this.#head] = undefined;
      this.#head += 1;
      if (message?.state !== 'visible') continue;
      this.#move(message, 'in-flight');
      taken.push(message);
    }
    if (this.#head > COMPACT_AFTER && this.#head * 2 > this.#line.length) {
      this.#line = this.#line.slice(this.#head);
      this.#head = 0;
    }
    return taken;
  }

  /** A message in flight comes back after this long, by the wall clock, or at once. */
  hide(message: Message, visibilitySeconds: number): void {
    if (message.state === 'in-flight') this.#showAfter(message, visibilitySeconds);
  }

  /** Out of the queue for good; its activity is for the caller to end, once that is durable. */
  forget(message: Message): void {
    clearTimeout(message.timer);
    this.#move(message, 'gone');
    this.#messages.delete(message.sequence);
  }

  /** Calls back whenever messages become visible, and soon if some are. Answers how to stop that. */
  onMessage(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#counts.visible > 0) this.#tell();
    return () => this.#listeners.delete(listener);
  }

  /** Wakes whoever waits and lets no timer fire any more. */
  close(): void {
    for (const message of this.#messages.values()) clearTimeout(message.timer);
    this.#tell();
  }

  #showAfter(message: Message, seconds: number): void {
    clearTimeout(message.timer);
    if (seconds <= 0) {
      this.#move(message, 'visible');
      this.#line.push(message);
      this.#tell();
      return;
    }
    // A message that waits must not keep a process alive that is otherwise done: it is on disk.
    message.timer = setTimeout(() => this.#showAfter(message, 0), seconds * 1_000).unref();
  }

  #move(message: Message, state: Message['state']): void {
    this.#counts[message.state] -= 1;
    message.state = state;
    this.#counts[state] += 1;
  }

  /** Once for all that became visible in this turn. */
  #tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      for (const listener of [...this.#listeners]) listener();
    });
  }
}

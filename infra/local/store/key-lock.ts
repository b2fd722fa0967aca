type Work = (release: () => void) => void;

/** One holder per key at a time, in order of arrival. */
export class KeyLock {
  readonly #waiting = new Map<string, Work[]>();

  /** Calls `work` once the key is free: at once if it is. The key stays taken until `release` is called; a second call changes nothing. */
  acquire(key: string, work: Work): void {
    const queue = this.#waiting.get(key);
    if (queue) {
      queue.push(work);
      return;
    }
    this.#waiting.set(key, []);
    work(this.#releaser(key));
  }

  #releaser(key: string): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = this.#waiting.get(key)?.shift();
      if (!next) this.#waiting.delete(key);
      // A turn of its own: a thousand holders that let go at once must not nest their stacks.
      else queueMicrotask(() => next(this.#releaser(key)));
    };
  }
}

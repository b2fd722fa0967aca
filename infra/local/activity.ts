/** Counts what is under way on this machine, so that the conductor knows when nothing is left to do before time may go on. */
export class Activity {
  #count = 0;
  readonly #names = new Map<string, number>();
  readonly #listeners = new Set<() => void>();

  get count(): number {
    return this.#count;
  }

  /** What is under way, with how often it is: for whoever wonders what time waits for. */
  get underWay(): readonly string[] {
    return [...this.#names].map(([what, count]) => (count === 1 ? what : `${what} (${count} times)`));
  }

  /** Something has begun; call what comes back once it has ended (a second call changes nothing). @param what names it for a person */
  begin(what = 'something'): () => void {
    this.#count += 1;
    this.#names.set(what, (this.#names.get(what) ?? 0) + 1);
    let ended = false;
    this.#tell();
    return () => {
      if (ended) return;
      ended = true;
      this.#count -= 1;
      this.#forget(what);
      this.#tell();
    };
  }

  /** Calls back on every change of the count; answers how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async whenIdle(): Promise<void> {
    while (this.#count > 0) {
      await new Promise<void>((resolve) => {
        const stop = this.onChange(() => {
          if (this.#count > 0) return;
          stop();
          resolve();
        });
      });
    }
  }

  #forget(what: string): void {
    const left = (this.#names.get(what) ?? 1) - 1;
    if (left === 0) this.#names.delete(what);
    else this.#names.set(what, left);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

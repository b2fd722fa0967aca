/** Counts what is under way on this machine, so that the conductor knows when nothing is left to do before time may go on. */
export class Activity {
  #count = 0;
  readonly #listeners = new Set<() => void>();

  get count(): number {
    return this.#count;
  }

  /** Something has begun; call what comes back once it has ended (a second call changes nothing). */
  begin(): () => void {
    this.#count += 1;
    let ended = false;
    this.#tell();
    return () => {
      if (ended) return;
      ended = true;
      this.#count -= 1;
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

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

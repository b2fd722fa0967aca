/** A file that others append lines to: each look yields the lines that have come since the last one. */
import { open } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 20;
const LINE_END = 10;

export class GrowingFile {
  readonly #path: string;
  readonly #tailBytes: number;
  #position: number | undefined;
  #rest = Buffer.alloc(0);

  /** @param tailBytes how much of what is there already is read at first */
  constructor(path: string, tailBytes = Infinity) {
    this.#path = path;
    this.#tailBytes = tailBytes;
  }

  /** Whole lines only: one that is still being written comes with the next look. A file that is not there has none. */
  async newLines(): Promise<string[]> {
    const file = await open(this.#path, 'r').catch(() => undefined);
    if (file === undefined) return [];
    try {
      const { size } = await file.stat();
      // Begun anew by a repair that cut it: what is known of it counts no more.
      if (this.#position !== undefined && size < this.#position) this.#forget();
      const isTail = this.#position === undefined && size > this.#tailBytes;
      this.#position ??= isTail ? size - this.#tailBytes : 0;
      const lines: string[] = [];
      while (this.#position < size) {
        const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, size - this.#position));
        const { bytesRead } = await file.read(chunk, 0, chunk.length, this.#position);
        if (bytesRead === 0) break;
        this.#position += bytesRead;
        lines.push(...this.#cut(chunk.subarray(0, bytesRead)));
      }
      // A tail begins in the middle of a line.
      return isTail ? lines.slice(1) : lines;
    } finally {
      await file.close();
    }
  }

  #cut(chunk: Buffer): string[] {
    const bytes = Buffer.concat([this.#rest, chunk]);
    const end = bytes.lastIndexOf(LINE_END) + 1;
    this.#rest = Buffer.from(bytes.subarray(end));
    return bytes
      .toString('utf8', 0, end)
      .split('\n')
      .filter((line) => line !== '');
  }

  #forget(): void {
    this.#position = 0;
    this.#rest = Buffer.alloc(0);
  }
}

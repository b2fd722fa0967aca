/** The receipts of all shops, each told with the shop's name. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { retailerIdSchema, type RetailerId } from '../../../shared/values.ts';
import { Receipts } from './receipts.ts';
import type { Dated } from './snapshot.ts';

const SHOWN_MAX = 12;

export class ShopBooks {
  readonly #directory: string;
  readonly #books = new Map<RetailerId, Receipts>();

  /** @param directory of the simulators' ledgers; a shop's is called after its id */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The newest first. */
  async read(nameOf: (retailerId: RetailerId) => Promise<string>): Promise<readonly Dated[]> {
    await this.#lookForBooks();
    const told = await Promise.all([...this.#books].map(async ([retailerId, book]) => named(await nameOf(retailerId), await book.read())));
    return told
      .flat()
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, SHOWN_MAX);
  }

  /** Shops open one after the other, some perhaps after the window. */
  async #lookForBooks(): Promise<void> {
    const files = await readdir(this.#directory).catch(() => []);
    for (const file of files) {
      const retailerId = retailerIdSchema.safeParse(path.basename(file, '.ndjson'));
      if (retailerId.success && !this.#books.has(retailerId.data)) this.#books.set(retailerId.data, new Receipts(path.join(this.#directory, file)));
    }
  }
}

const named = (name: string, receipts: readonly Dated[]): Dated[] =>
  receipts.map(({ at, sentence }) => ({ at, sentence: { en: `${name}: ${sentence.en}`, de: `${name}: ${sentence.de}` } }));

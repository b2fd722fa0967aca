/** Which certificates were issued to a thing, and which of all are void. Both outlive a restart. */
import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, writePrivately } from './files.ts';

const idsSchema = z.array(z.string().regex(/^[0-9a-f]{64}$/));

export class CertificateList {
  readonly #file: string;
  readonly #ids: Set<string>;
  /** Writes follow each other, so that none undoes another. */
  #written: Promise<void> = Promise.resolve();

  private constructor(file: string, ids: readonly string[]) {
    this.#file = file;
    this.#ids = new Set(ids);
  }

  /** Throws when the file holds something else: with a list that cannot be read nobody is void. */
  static async open(file: string): Promise<CertificateList> {
    return new CertificateList(file, idsSchema.parse(JSON.parse((await readIfThere(file)) ?? '[]')));
  }

  get ids(): readonly string[] {
    return [...this.#ids];
  }

  has(certificateId: string): boolean {
    return this.#ids.has(certificateId);
  }

  /** They are on the list at once, and durably when this resolves. */
  async add(certificateIds: readonly string[]): Promise<void> {
    for (const id of certificateIds) this.#ids.add(id);
    const write = () => writePrivately(this.#file, JSON.stringify(this.ids));
    this.#written = this.#written.then(write, write);
    await this.#written;
  }
}

export const revokedIn = (directory: string): Promise<CertificateList> => CertificateList.open(join(directory, 'revoked.json'));
export const issuedIn = (folder: string): Promise<CertificateList> => CertificateList.open(join(folder, 'issued.json'));

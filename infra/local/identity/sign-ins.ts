/** What the provider has to remember: sessions, codes, refresh tokens. One file, so that whoever was signed in stays so over a restart. */
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { z } from 'zod';
import { readIfThere, writePrivately } from '../broker/files.ts';

/** The provider's own; it reads what it wrote. */
const payloadSchema = z.custom<AdapterPayload>((value) => typeof value === 'object' && value !== null);
const keptSchema = z.record(z.string(), z.strictObject({ payload: payloadSchema, endsAtMillis: z.number().optional() }));
type Kept = z.infer<typeof keptSchema>[string];

export class SignIns {
  readonly #file: string;
  readonly #kept: Map<string, Kept>;
  #writing: Promise<void> | undefined;
  #isStale = false;

  private constructor(file: string, kept: Readonly<Record<string, Kept>>) {
    this.#file = file;
    this.#kept = new Map(Object.entries(kept));
  }

  static async open(file: string): Promise<SignIns> {
    const text = await readIfThere(file);
    return new SignIns(file, text === undefined ? {} : keptSchema.parse(JSON.parse(text)));
  }

  /** @param model of the provider, such as `Session` or `RefreshToken` */
  readonly adapter = (model: string): Adapter => {
    const keyOf = (id: string) => `${model}/${id}`;
    const findBy = (matches: (payload: AdapterPayload) => boolean) =>
      [...this.#kept].find(([key, { payload }]) => key.startsWith(`${model}/`) && matches(payload) && this.#find(key) !== undefined)?.[1].payload;
    return {
      upsert: (id, payload, expiresIn) => {
        this.#kept.set(keyOf(id), { payload, ...(expiresIn !== undefined && { endsAtMillis: Date.now() + expiresIn * 1_000 }) });
        return this.#write();
      },
      find: (id) => Promise.resolve(this.#find(keyOf(id))?.payload),
      findByUid: (uid) => Promise.resolve(findBy((payload) => payload.uid === uid)),
      findByUserCode: (userCode) => Promise.resolve(findBy((payload) => payload.userCode === userCode)),
      consume: (id) => {
        const found = this.#find(keyOf(id));
        if (found !== undefined) found.payload.consumed = Math.floor(Date.now() / 1_000);
        return this.#write();
      },
      destroy: (id) => {
        this.#kept.delete(keyOf(id));
        return this.#write();
      },
      revokeByGrantId: (grantId) => {
        for (const [key, { payload }] of this.#kept) if (payload.grantId === grantId) this.#kept.delete(key);
        return this.#write();
      },
    };
  };

  #find(key: string): Kept | undefined {
    const kept = this.#kept.get(key);
    if (kept?.endsAtMillis === undefined || kept.endsAtMillis > Date.now()) return kept;
    this.#kept.delete(key);
    return undefined;
  }

  /** One write at a time; what changes meanwhile goes with the next. */
  #write(): Promise<void> {
    this.#isStale = true;
    this.#writing ??= this.#writeWhileStale().finally(() => (this.#writing = undefined));
    return this.#writing;
  }

  async #writeWhileStale(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      for (const key of this.#kept.keys()) this.#find(key);
      await writePrivately(this.#file, JSON.stringify(Object.fromEntries(this.#kept)));
    }
  }
}

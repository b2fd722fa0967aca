/** Keeps what is typed, soon after it was typed and one write at a time; the last state wins. Being offline costs nothing but the wait. */
import { send } from '../api/client.ts';
import { reloadWhere } from '../api/resources.ts';
import { thisDevice } from './this-device.ts';

/** A pause in typing; so long that a word is one write, so short that the phone can be put down. */
const PAUSE_MILLIS = 400;

export class DraftKeeper {
  readonly #params: { readonly householdId: string; readonly draftId: string };
  #form: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #working: Promise<void> = Promise.resolve();

  constructor(householdId: string, draftId: string) {
    this.#params = { householdId, draftId };
  }

  keep(form: object): void {
    this.#form = JSON.stringify(form);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE_MILLIS);
  }

  /** Resolves when all that was typed is kept, or could not be. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#working = this.#working.then(() => this.#write());
    return this.#working;
  }

  /** Whatever was still to be written is not. */
  drop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#form = undefined;
    this.#working = this.#working.then(() => send('dropDraft', { params: this.#params })).then(listAnew, ignore);
    return this.#working;
  }

  async #write(): Promise<void> {
    const form = this.#form;
    if (form === undefined) return;
    this.#form = undefined;
    try {
      await send('keepDraft', { params: this.#params, body: { device: thisDevice(), form } });
      listAnew();
    } catch {
      // Offline, or refused: what is on the screen is still there, and the next change tries again.
      this.#form ??= form;
    }
  }
}

const ignore = (): void => undefined;
/** A page that says what was begun does not say it from before. */
const listAnew = (): void => void reloadWhere(({ name }) => name === 'listDrafts');

/** What was read from the API, once for all who show it: kept while the page lives, copied for when the network is away. */
import { signal, type Signal } from '@preact/signals';
import type { RouteName } from '../../shared/api/routes.ts';
import type { Instant } from '../../shared/values.ts';
import { keepCopy, readCopy } from '../offline/copies.ts';
import { now, recallNow } from './clock.ts';
import type { AnyInput } from './contract-types.ts';
import { asProblem, type ApiProblem } from './problem.ts';
import { addressOf, request } from './request.ts';

export interface ResourceState {
  readonly data?: unknown;
  readonly problem?: ApiProblem;
  readonly isLoading: boolean;
  /** What is shown is a copy from before: newer data could not be had, or is on its way. */
  readonly isStale: boolean;
  /** Of a copy: the household's time when it was made. */
  readonly asOf?: Instant;
}

/** A page that is opened again soon shows what it showed; live notes say when that is wrong. */
const FRESH_MILLIS = 5_000;

export class Resource {
  readonly name: RouteName;
  readonly state: Signal<ResourceState>;
  readonly #input: AnyInput;
  readonly #address: string;
  #watchers = 0;
  #loadedAt = 0;
  #loading: Promise<void> | undefined;
  #asked = 0;

  constructor(name: RouteName, input: AnyInput) {
    this.name = name;
    this.#input = input;
    this.#address = addressOf(name, input);
    this.state = signal<ResourceState>({ isLoading: true, isStale: false });
  }

  get params(): Readonly<Record<string, unknown>> {
    return this.#input.params ?? {};
  }

  get isShown(): boolean {
    return this.#watchers > 0;
  }

  watch(): () => void {
    this.#watchers += 1;
    if (Date.now() - this.#loadedAt > FRESH_MILLIS) void this.load();
    return () => (this.#watchers -= 1);
  }

  /** The next one who looks reads anew. */
  forget(): void {
    this.#loadedAt = 0;
  }

  /** Whoever asks while it loads gets a second load: the first may have read from before the change. */
  async reload(): Promise<void> {
    if (this.#loading !== undefined) this.#asked += 1;
    await this.load();
  }

  async load(): Promise<void> {
    this.#loading ??= this.#loadUntilQuiet().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #loadUntilQuiet(): Promise<void> {
    let asked: number;
    do {
      asked = this.#asked;
      await this.#loadOnce();
    } while (asked !== this.#asked);
  }

  async #loadOnce(): Promise<void> {
    const { data, asOf } = this.state.peek();
    const known = data !== undefined ? { data, isStale: this.state.peek().isStale, ...(asOf !== undefined && { asOf }) } : { isStale: false };
    this.state.value = { ...known, isLoading: true };
    if (data === undefined) void this.#showCopy();
    try {
      const read = await request(this.name, this.#input);
      this.#loadedAt = Date.now();
      this.state.value = { data: read, isLoading: false, isStale: false };
      void keepCopy(this.#address, read, now());
    } catch (error) {
      const problem = asProblem(error);
      if (problem.isOffline) await this.#showCopy();
      const before = this.state.peek();
      // What somebody may no longer see is not shown on from a copy.
      const kept = problem.isOffline || problem.status === 401 || problem.status >= 429 ? before : undefined;
      this.state.value = { ...kept, isLoading: false, isStale: kept?.data !== undefined, problem };
    }
  }

  async #showCopy(): Promise<void> {
    const copy = await readCopy(this.#address);
    const { data, isLoading } = this.state.peek();
    if (copy === undefined || data !== undefined) return;
    recallNow(copy.now, copy.at);
    this.state.value = { data: copy.data, asOf: copy.now, isLoading, isStale: true };
  }
}

const known = new Map<string, Resource>();
/** Enough for every page that a person opens in an evening. */
const KNOWN_MAX = 200;

export function resourceOf(name: RouteName, input: AnyInput): Resource {
  const address = `${name} ${addressOf(name, input)}`;
  const found = known.get(address);
  if (found !== undefined) return found;
  if (known.size >= KNOWN_MAX) for (const [key, resource] of known) if (!resource.isShown) known.delete(key);
  const made = new Resource(name, input);
  known.set(address, made);
  return made;
}

/** Reads anew what is shown and concerned; what is not shown is read anew when somebody looks. */
export async function reloadWhere(concerns: (resource: Resource) => boolean): Promise<void> {
  const concerned = [...known.values()].filter(concerns);
  for (const resource of concerned) resource.forget();
  await Promise.all(concerned.filter(({ isShown }) => isShown).map((resource) => resource.reload()));
}

export const shownResources = (): readonly Resource[] => [...known.values()].filter(({ isShown }) => isShown);

/** Another person looks now, or nobody. */
export const forgetResources = (): void => known.clear();

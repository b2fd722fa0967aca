/** What was read last, for when the network is away: one database per member, gone when the member signs out. */
import type { Instant } from '../../shared/values.ts';
import { clear, createStore, get, set, type UseStore } from 'idb-keyval';

export interface Copy {
  readonly data: unknown;
  /** Milliseconds since 1970, wall time. */
  readonly at: number;
  /** The household's time then. */
  readonly now: Instant;
}

let store: UseStore | undefined;

/** @param memberId whose copies; undefined when nobody is signed in */
export function openCopies(memberId: string | undefined): void {
  // A browser in private mode may have no database: then there are no copies.
  store = memberId === undefined || typeof indexedDB === 'undefined' ? undefined : createStore(`nachschub-${memberId}`, 'copies');
}

export async function readCopy(address: string): Promise<Copy | undefined> {
  if (store === undefined) return undefined;
  return get<Copy>(address, store).catch(() => undefined);
}

export async function keepCopy(address: string, data: unknown, now: Instant): Promise<void> {
  if (store === undefined) return;
  await set(address, { data, at: Date.now(), now } satisfies Copy, store).catch(() => undefined);
}

export async function forgetCopies(): Promise<void> {
  if (store !== undefined) await clear(store).catch(() => undefined);
}

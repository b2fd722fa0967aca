/** Decisions on their way, kept in the browser until an answer came: they survive a reload, and all tabs of a member see them. */
import { clear, createStore, del, get, set, update, values, type UseStore } from 'idb-keyval';
import type { RouteName } from '../../shared/api/routes.ts';
import type { AnyInput } from '../api/contract-types.ts';

/** `sending`: no answer yet; `waiting`: the way to the API was cut, and it goes again when it is back. */
export type EntryState =
  | { readonly kind: 'sending' | 'waiting' }
  | { readonly kind: 'done' }
  /** What the API said against it. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

export interface Entry {
  /** Door and path: of one decision about one thing there is never a second on its way. */
  readonly id: string;
  readonly name: RouteName;
  readonly input: AnyInput;
  /** For the person: "Milk from Frischhof". */
  readonly about: string;
  readonly href?: string | undefined;
  /** Milliseconds since 1970, wall time: they are sent in the order in which they were decided. */
  readonly keptAt: number;
  readonly state: EntryState;
}

export interface Entries {
  all(): Promise<readonly Entry[]>;
  read(id: string): Promise<Entry | undefined>;
  /** Keeps it unless one of its name is there already, and tells which one counts. */
  keep(entry: Entry): Promise<Entry>;
  settle(id: string, state: EntryState): Promise<void>;
  drop(id: string): Promise<void>;
  forget(): Promise<void>;
}

const inOrder = (entries: readonly Entry[]): readonly Entry[] => [...entries].sort((a, b) => a.keptAt - b.keptAt);
export const isOnItsWay = ({ state: { kind } }: Entry): boolean => kind === 'sending' || kind === 'waiting';
/** A settled one makes room: the same may be decided anew. */
const counting = (before: Entry | undefined, entry: Entry): Entry => (before !== undefined && isOnItsWay(before) ? before : entry);

/** @param name one database per member */
export function entriesIn(name: string): Entries {
  return typeof indexedDB === 'undefined' ? entriesInMemory() : entriesInDatabase(createStore(name, 'decisions'));
}

const entriesInDatabase = (store: UseStore): Entries => ({
  all: async () => inOrder(await values<Entry>(store)),
  read: (id) => get<Entry>(id, store),
  keep: async (entry) => {
    let counts = entry;
    await update<Entry>(entry.id, (before) => (counts = counting(before, entry)), store);
    return counts;
  },
  settle: async (id, state) => {
    const entry = await get<Entry>(id, store);
    if (entry !== undefined) await set(id, { ...entry, state }, store);
  },
  drop: (id) => del(id, store),
  forget: () => clear(store),
});

/** For a browser that keeps nothing: then a reload forgets them. */
export function entriesInMemory(): Entries {
  const kept = new Map<string, Entry>();
  return {
    all: () => Promise.resolve(inOrder([...kept.values()])),
    read: (id) => Promise.resolve(kept.get(id)),
    keep: (entry) => {
      const counts = counting(kept.get(entry.id), entry);
      kept.set(entry.id, counts);
      return Promise.resolve(counts);
    },
    settle: (id, state) => {
      const entry = kept.get(id);
      if (entry !== undefined) kept.set(id, { ...entry, state });
      return Promise.resolve();
    },
    drop: (id) => {
      kept.delete(id);
      return Promise.resolve();
    },
    forget: () => {
      kept.clear();
      return Promise.resolve();
    },
  };
}

/**
 * Who is who: ids that belong to one person are one cluster. A projection of what stands, the same for every order in which it came, so that
 * an unlink gives back exactly what was before.
 */
import { idTypeNames, idTypes, priorityOf, typeOfKey, type IdType } from './id-type.ts';
import { compare, nameOf, type Link } from './identity-record.ts';
import type { Refused, Standing } from './standing-links.ts';

export interface Person {
  /** Its first id by priority, then by its letters: `userId:alice`. */
  readonly name: string;
  readonly ids: readonly string[];
}
export interface Shared {
  /** Ids of a browser or an app that several persons use, or nobody who is known. */
  readonly ids: readonly string[];
  /** The device that they run on, where that is known. */
  readonly device?: string;
  readonly usedBy: readonly string[];
}
export interface Clusters {
  readonly persons: readonly Person[];
  readonly shared: readonly Shared[];
  readonly refused: readonly Refused[];
  /** The person that an id belongs to. */
  readonly personOf: ReadonlyMap<string, string>;
  /** The device of a shared id. */
  readonly deviceOf: ReadonlyMap<string, string>;
}

/** Sets that grow together; each is named by its first member. */
class Sets {
  readonly #setOf = new Map<string, Set<string>>();

  of(key: string): Set<string> {
    const known = this.#setOf.get(key) ?? new Set([key]);
    this.#setOf.set(key, known);
    return known;
  }

  join(a: string, b: string): void {
    const [into, from] = [this.of(a), this.of(b)];
    if (into === from) return;
    for (const key of from) {
      into.add(key);
      this.#setOf.set(key, into);
    }
  }

  all(): Set<string>[] {
    return [...new Set(this.#setOf.values())];
  }
}

const isSharedKey = (key: string): boolean => idTypes[typeOfKey(key)].isShared;
const byPriority = (a: string, b: string): number => priorityOf(typeOfKey(a)) - priorityOf(typeOfKey(b)) || compare(a, b);
const weightOf = ({ from, to }: Link): number => {
  const [one = 0, other = 0] = [from, to].map(nameOf).map((key) => priorityOf(typeOfKey(key)));
  return Math.min(one, other) * idTypeNames.length + Math.max(one, other);
};

/** The type of which the two would have too many, or undefined when they may be one. What somebody decided before is not held against them. */
function tooMany(a: ReadonlySet<string>, b: ReadonlySet<string>): IdType | undefined {
  const count = (keys: ReadonlySet<string>, type: IdType): number => [...keys].filter((key) => typeOfKey(key) === type).length;
  return idTypeNames.find((type) => {
    const [one, other] = [count(a, type), count(b, type)];
    return one + other > Math.max(idTypes[type].limit, one, other);
  });
}

export function clustersOf({ ids, devices }: Pick<Standing, 'ids' | 'devices'>): Clusters {
  const sets = new Sets();
  const refused: Refused[] = [];
  const pairOf = ({ from, to }: Link): [string, string] => [nameOf(from), nameOf(to)];
  for (const link of ids) for (const key of pairOf(link)) sets.of(key);
  for (const key of devices.keys()) sets.of(key);
  // What speaks first joins first; within that the earlier word.
  const ordered = [...ids].sort((a, b) => weightOf(a) - weightOf(b));
  const join = (links: readonly Link[]): void => {
    for (const { from, to, evidence, recordId } of links) {
      const [a, b] = [nameOf(from), nameOf(to)];
      const [one, other] = [sets.of(a), sets.of(b)];
      const type = one === other || evidence.kind === 'decided' ? undefined : tooMany(one, other);
      if (type === undefined) sets.join(a, b);
      else refused.push({ recordId, reason: `they would have more than ${idTypes[type].limit} ${type} together: two persons` });
    }
  };
  const sharing = (link: Link): number => pairOf(link).filter(isSharedKey).length;
  join(ordered.filter((link) => sharing(link) === 0));
  join(ordered.filter((link) => sharing(link) === 2));
  const between = ordered.filter((link) => sharing(link) === 1);
  const usersOf = usersBySet(sets, between);
  const users = (link: Link): ReadonlySet<string> => usersOf.get(sets.of(pairOf(link).find(isSharedKey) ?? '')) ?? new Set();
  const own = between.filter((link) => users(link).size === 1);
  const shared = sharedSets(sets, usersOf, devices);
  for (const link of between.filter((one) => users(one).size > 1))
    refused.push({ recordId: link.recordId, reason: `${users(link).size} persons use it: it is nobody’s own` });
  join(own);
  const persons = sets
    .all()
    .filter((keys) => [...keys].some((key) => !isSharedKey(key)))
    .map((keys) => [...keys].sort(byPriority))
    .map((keys): Person => ({ name: keys[0] ?? '', ids: keys }))
    .sort((a, b) => compare(a.name, b.name));
  const personOf = new Map(persons.flatMap(({ name, ids: keys }) => keys.map((key): [string, string] => [key, name])));
  const left = shared.filter((one) => one.ids.every((key) => !personOf.has(key)));
  const deviceOf = new Map(left.flatMap(({ ids: keys, device }) => (device === undefined ? [] : keys.map((key): [string, string] => [key, device]))));
  return { persons, shared: left, refused: refused.sort((a, b) => compare(a.recordId, b.recordId)), personOf, deviceOf };
}

/** Which persons, each by its set's first id, a set of browsers' ids was seen with. */
function usersBySet(sets: Sets, between: readonly Link[]): Map<Set<string>, Set<string>> {
  const users = new Map<Set<string>, Set<string>>();
  for (const { from, to } of between) {
    const [a, b] = [nameOf(from), nameOf(to)];
    const [browser, person] = isSharedKey(a) ? [a, b] : [b, a];
    const [name = person] = [...sets.of(person)].sort(byPriority);
    const set = sets.of(browser);
    users.set(set, (users.get(set) ?? new Set()).add(name));
  }
  return users;
}

function sharedSets(sets: Sets, usersOf: ReadonlyMap<Set<string>, Set<string>>, devices: Standing['devices']): Shared[] {
  return sets
    .all()
    .filter((keys) => [...keys].every(isSharedKey))
    .map((keys): Shared => {
      const ids = [...keys].sort(compare);
      const [device, ...more] = [...new Set(ids.flatMap((key) => devices.get(key) ?? []))];
      return { ids, ...(device !== undefined && more.length === 0 && { device }), usedBy: [...(usersOf.get(keys) ?? [])].sort(compare) };
    })
    .sort((a, b) => compare(a.ids[0] ?? '', b.ids[0] ?? ''));
}

/** What was noted of each two that some record ties together, as it stands now: for whoever puts right who is who. */
import { inOrder, linksIn, nameOf, type Evidence, type IdentityRecord, type Node } from './identity-record.ts';
import type { Refused } from './standing-links.ts';
import type { Instant } from '../../values.ts';

export interface Pair {
  readonly from: Node;
  /** Absent: something that says nothing any more, of whomever. */
  readonly to?: Node;
  /** `refused`: it was noted, and never taken. */
  readonly state: 'linked' | 'unlinked' | 'blocked' | 'refused';
  readonly at: Instant;
  /** How that is known; of the last link, also where it was taken back. */
  readonly evidence?: Evidence;
  readonly reason?: string;
}

/** One line for each two, the last that changed first. A block holds whatever is said later. @param refused as `identityOf` found it */
export function pairsOf(records: readonly IdentityRecord[], refused: readonly Refused[]): Pair[] {
  const reasons = new Map(refused.map(({ recordId, reason }) => [recordId, reason]));
  const pairs = new Map<string, Pair>();
  for (const record of inOrder(records)) {
    if (record.record === 'block') {
      const { from, to, at } = record;
      pairs.set(nameOfPair(from, to), { ...pairs.get(nameOfPair(from, to)), from, ...(to && { to }), state: 'blocked', at });
    } else if (record.record === 'unlink') {
      const { from, to, at } = record;
      const known = pairs.get(nameOfPair(from, to));
      if (known?.state !== 'blocked') pairs.set(nameOfPair(from, to), { ...known, from, to, state: 'unlinked', at });
    }
    for (const { recordId, from, to, at, evidence } of record.record === 'unlink' || record.record === 'block' ? [] : linksIn(record)) {
      const known = pairs.get(nameOfPair(from, to));
      const reason = reasons.get(recordId);
      // What stood and is said once more stands since it was first said.
      if (known?.state === 'blocked' || (known?.state === 'linked' && reason === undefined)) continue;
      pairs.set(nameOfPair(from, to), { from, to, at, evidence, ...(reason === undefined ? { state: 'linked' } : { state: 'refused', reason }) });
    }
  }
  return [...pairs.values()].sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
}

const nameOfPair = (from: Node, to: Node | undefined): string => (to === undefined ? [nameOf(from)] : [nameOf(from), nameOf(to)].sort()).join(' ');

/** What is lost without a channel: whoever would come to it does not convert. */
import type { Chain } from './chain.ts';
import { visitsOf } from './visits.ts';

export interface Outcome {
  /** Of somebody who sets out: the probability of converting, and what that earns on the average. */
  readonly conversion: number;
  readonly value: number;
}

/** @param removed channels: every state that has one of them is closed */
export function outcomeWithout(chain: Chain, removed: readonly string[] = []): Outcome {
  const isClosed = Uint8Array.from(chain.channels, (channels) => Number(removed.some((channel) => channels.has(channel))));
  const visits = visitsOf(chain, isClosed);
  let [conversion, value] = [0, 0];
  for (const [state, many] of visits.entries()) {
    conversion += many * (chain.converts[state] ?? 0);
    value += many * (chain.earns[state] ?? 0);
  }
  return { conversion, value };
}

/** The part that is lost, 0–1; 0 where there was nothing to lose. */
export const lostOf = (all: number, left: number): number => (all > 0 ? Math.min(1, Math.max(0, 1 - left / all)) : 0);

export interface Removal {
  readonly channel: string;
  readonly conversion: number;
  readonly value: number;
}
/** Channels by their letters. */
export function removalsOf(chain: Chain): Removal[] {
  const all = outcomeWithout(chain);
  const channels = [...new Set(chain.channels.flatMap((of) => [...of]))].sort();
  return channels.map((channel) => {
    const left = outcomeWithout(chain, [channel]);
    return { channel, conversion: lostOf(all.conversion, left.conversion), value: lostOf(all.value, left.value) };
  });
}

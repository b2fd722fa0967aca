/**
 * The cheapest way to make what happened and what should have happened agree: an optimal alignment (Adriansyah, van Dongen & van der Aalst 2011,
 * “Conformance checking using cost-based fitness analysis”). Exact: the shortest path through (how much has happened, what is left of the flow);
 * what is left of a flow after a step is its derivative, as in regular expressions (Brzozowski 1964).
 */
import type { Block } from './model.ts';

/** `both`: it happened and should; `log`: it happened and should not; `model`: it should have and did not. */
export type Move =
  | { readonly move: 'both'; readonly index: number; readonly step: string }
  | { readonly move: 'log'; readonly index: number }
  | { readonly move: 'model'; readonly step: string };

export interface Alignment {
  readonly moves: readonly Move[];
  /** How many are `log` or `model`. */
  readonly cost: number;
  /** What is left of the flow. */
  readonly rest: Block;
}

const DONE: Block = { sequence: [] };
const isDone = (block: Block): boolean => 'sequence' in block && block.sequence.length === 0;

/** Whether it may end here. */
export function mayEnd(block: Block): boolean {
  if ('step' in block) return false;
  if ('optional' in block || 'repeat' in block) return true;
  if ('oneOf' in block) return block.oneOf.some(mayEnd);
  return ('sequence' in block ? block.sequence : block.anyOrder).every(mayEnd);
}

function chain(...parts: readonly Block[]): Block {
  const flat = parts.flatMap((part) => ('sequence' in part ? part.sequence : [part]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { sequence: flat };
}
function interleaved(parts: readonly Block[]): Block {
  const left = parts.filter((part) => !isDone(part));
  const [only] = left;
  return left.length === 0 ? DONE : left.length === 1 && only !== undefined ? only : { anyOrder: left };
}

interface Next {
  readonly step: string;
  readonly rest: Block;
}
/** Which steps may come now, and what is left after each. */
export function nextOf(block: Block): Next[] {
  if ('step' in block) return [{ step: block.step, rest: DONE }];
  if ('optional' in block) return nextOf(block.optional);
  if ('repeat' in block) return nextOf(block.repeat).map(({ step, rest }) => ({ step, rest: chain(rest, block) }));
  if ('oneOf' in block) return block.oneOf.flatMap(nextOf);
  if ('anyOrder' in block)
    return block.anyOrder.flatMap((part, index) =>
      nextOf(part).map(({ step, rest }) => ({ step, rest: interleaved(block.anyOrder.map((other, at) => (at === index ? rest : other))) })),
    );
  const [first, ...others] = block.sequence;
  if (first === undefined) return [];
  const begun = nextOf(first).map(({ step, rest }) => ({ step, rest: chain(rest, ...others) }));
  return mayEnd(first) ? [...begun, ...nextOf(chain(...others))] : begun;
}

interface Place {
  readonly index: number;
  readonly rest: Block;
  readonly cost: number;
  readonly from: Place | undefined;
  readonly move: Move | undefined;
}

/**
 * @param log of each thing that happened, the steps that it may be
 * @param isOver false: what is left of the flow may still come, so the cheapest beginning of a run is taken
 */
export function align(flow: Block, log: readonly (readonly string[])[], isOver: boolean): Alignment {
  const known = new Set<string>();
  const following = new Map<string, { readonly next: Next[]; readonly mayEnd: boolean }>();
  // By cost: all moves cost 0 or 1, so a list for each cost is a queue.
  const queues: Place[][] = [[{ index: 0, rest: flow, cost: 0, from: undefined, move: undefined }]];
  for (let cost = 0; cost < queues.length; cost += 1) {
    const queue = queues[cost] ?? [];
    for (const place of queue) {
      const key = JSON.stringify(place.rest);
      const name = `${place.index} ${key}`;
      if (known.has(name)) continue;
      known.add(name);
      const { next, mayEnd: isEnd } = following.get(key) ?? { next: nextOf(place.rest), mayEnd: mayEnd(place.rest) };
      following.set(key, { next, mayEnd: isEnd });
      if (place.index === log.length && (!isOver || isEnd)) return { moves: movesTo(place), cost, rest: place.rest };
      const happened = log[place.index];
      if (happened !== undefined) {
        for (const { step, rest } of next)
          if (happened.includes(step)) queue.push({ index: place.index + 1, rest, cost, from: place, move: { move: 'both', index: place.index, step } });
        push(queues, { index: place.index + 1, rest: place.rest, cost: cost + 1, from: place, move: { move: 'log', index: place.index } });
      }
      for (const { step, rest } of next) push(queues, { index: place.index, rest, cost: cost + 1, from: place, move: { move: 'model', step } });
    }
  }
  throw new Error('a flow that has no end: blocks cannot make one');
}

const push = (queues: Place[][], place: Place): void => {
  (queues[place.cost] ??= []).push(place);
};
function movesTo(end: Place): Move[] {
  const moves: Move[] = [];
  for (let place: Place | undefined = end; place !== undefined; place = place.from) if (place.move !== undefined) moves.unshift(place.move);
  return moves;
}

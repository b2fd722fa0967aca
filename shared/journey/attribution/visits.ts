/**
 * How often each state is visited by somebody who sets out at the start: the solution v of v = e + Pᵀv (Kemeny & Snell, Finite Markov Chains, 1960,
 * Theorem 3.2.1), where whoever comes to a closed state is lost there. Nothing is simulated.
 */
import type { Chain } from './chain.ts';

/** Up to so many states the system is solved by elimination: 300³/3 = 9 million multiplications. */
const ELIMINATED_MAX = 300;
/** Of those who set out, those still under way: no more than this can still convert, so it bounds the error of every probability of conversion. */
const UNDER_WAY = 1e-16;
const SWEEPS_MAX = 100_000;

/** @param isClosed for each state, 1 where whoever comes is lost */
export function visitsOf(chain: Chain, isClosed: Uint8Array): Float64Array {
  const open = reachable(chain, isClosed);
  return open.length <= ELIMINATED_MAX ? eliminated(chain, open) : walked(chain, open, isClosed);
}

/** Open states that somebody can come to, in the order in which they are found from the start. */
function reachable({ entered, first, to }: Chain, isClosed: Uint8Array): number[] {
  const found: number[] = [];
  const seen = Uint8Array.from(isClosed);
  const find = (state: number): void => {
    if (seen[state] === 1) return;
    seen[state] = 1;
    found.push(state);
  };
  for (const [state, part] of entered.entries()) if (part > 0) find(state);
  for (let index = 0; index < found.length; index += 1) {
    const state = found[index] ?? 0;
    for (let edge = first[state] ?? 0; edge < (first[state + 1] ?? 0); edge += 1) find(to[edge] ?? 0);
  }
  return found;
}

/** Gauss without pivoting: the matrix I − Pᵀ is column diagonally dominant, where no pivot grows (Higham, Accuracy and Stability, 2002, Theorem 9.9). */
function eliminated({ entered, first, to, probability }: Chain, open: readonly number[]): Float64Array {
  const size = open.length;
  const place = new Map(open.map((state, index) => [state, index]));
  const rows = open.map((state, index) => {
    const row = new Float64Array(size + 1);
    row[index] = 1;
    row[size] = entered[state] ?? 0;
    return row;
  });
  for (const [column, state] of open.entries())
    for (let edge = first[state] ?? 0; edge < (first[state + 1] ?? 0); edge += 1) {
      const row = rows[place.get(to[edge] ?? 0) ?? -1];
      if (row !== undefined) row[column] = (row[column] ?? 0) - (probability[edge] ?? 0);
    }
  solve(rows);
  const visits = new Float64Array(entered.length);
  for (const [index, state] of open.entries()) visits[state] = rows[index]?.[size] ?? 0;
  return visits;
}

/** In place: the last column becomes the solution. */
function solve(rows: readonly Float64Array[]): void {
  for (const [pivot, above] of rows.entries()) {
    const by = above[pivot] ?? 1;
    for (let column = pivot; column < above.length; column += 1) above[column] = (above[column] ?? 0) / by;
    for (const [index, row] of rows.entries()) {
      const times = row[pivot] ?? 0;
      if (index === pivot || times === 0) continue;
      for (let column = pivot; column < row.length; column += 1) row[column] = (row[column] ?? 0) - times * (above[column] ?? 0);
    }
  }
}

/** Gauss–Seidel, as walking: whoever stands in a state goes on at once, until nearly nobody is under way. */
function walked({ entered, first, to, probability }: Chain, open: readonly number[], isClosed: Uint8Array): Float64Array {
  const visits = new Float64Array(entered.length);
  const waiting = Float64Array.from(entered);
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep += 1) {
    let underWay = 0;
    for (const state of open) {
      const many = waiting[state] ?? 0;
      if (many === 0) continue;
      underWay += many;
      waiting[state] = 0;
      visits[state] = (visits[state] ?? 0) + many;
      const end = first[state + 1] ?? 0;
      for (let edge = first[state] ?? 0; edge < end; edge += 1) {
        const next = to[edge] ?? 0;
        if (isClosed[next] !== 1) waiting[next] = (waiting[next] ?? 0) + many * (probability[edge] ?? 0);
      }
    }
    if (underWay < UNDER_WAY) return visits;
  }
  throw new Error(`expected journeys that come to an end; after ${SWEEPS_MAX} steps some are still under way`);
}

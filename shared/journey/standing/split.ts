/**
 * Sub-segments that suggest themselves: conditions that part those with an outcome (cancelled, left) from those without. Ranked as in subgroup
 * discovery by weighted relative accuracy, share × (rate inside − rate of all) (Lavrač, Flach & Zupan 1999), so that neither a big dull group nor
 * a small striking one wins; the lift is told beside it.
 */
import { judge, leavesOf, type Condition, type Known, type Leaf } from './condition.ts';
import { dayOf } from '../fold/trace.ts';
import { windowEnding } from '../fold/window.ts';

export interface Split {
  readonly condition: Leaf;
  /** Households that it holds for. */
  readonly group: number;
  /** Of them, with the outcome, 0–1. */
  readonly rate: number;
  /** `rate` ÷ the rate of all that were looked at; above 1: more often. */
  readonly lift: number;
  readonly gain: number;
}
interface Asked {
  readonly outcome: Condition;
  /** Neither the group nor what is left of all may be smaller: nobody is to be recognised, and few prove nothing. */
  readonly groupMin?: number;
  readonly most?: number;
}

const NAMES_MAX = 60;

/** The best first; households of which the outcome is not known are not counted. Their order does not matter. */
export function proposeSplits(households: readonly Known[], { outcome, groupMin = 20, most = 5 }: Asked): Split[] {
  const judged = households.flatMap((known) => {
    const { holds } = judge(outcome, known);
    return holds === undefined ? [] : [{ known, has: holds }];
  });
  const having = judged.filter(({ has }) => has).length;
  if (having === 0 || having === judged.length) return [];
  const rateOfAll = having / judged.length;
  const splits = candidatesOf(
    judged.map(({ known }) => known),
    outcome,
  ).flatMap((condition): Split[] => {
    const inside = judged.filter(({ known }) => judge(condition, known).holds === true);
    if (inside.length < groupMin || judged.length - inside.length < groupMin) return [];
    const rate = inside.filter(({ has }) => has).length / inside.length;
    return [{ condition, group: inside.length, rate, lift: rate / rateOfAll, gain: (inside.length / judged.length) * (rate - rateOfAll) }];
  });
  return splits
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => b.gain - a.gain || (JSON.stringify(a.condition) < JSON.stringify(b.condition) ? -1 : 1))
    .slice(0, most);
}

/** What could be asked: each kind of touchpoint, field and figure that occurs, at its median; nothing that the outcome itself asks. */
function candidatesOf(households: readonly Known[], outcome: Condition): Leaf[] {
  const taken = new Set(leavesOf(outcome).flatMap((leaf) => ('count' in leaf ? leaf.count : 'share' in leaf ? [...leaf.share, ...leaf.of] : [])));
  const asksField = new Set(leavesOf(outcome).flatMap((leaf) => ('field' in leaf ? [leaf.field] : 'figure' in leaf ? [leaf.figure] : [])));
  const counts = new Map<string, number[]>();
  const figures = new Map<string, number[]>();
  const fields = new Map<string, Set<string | boolean>>();
  for (const known of households) {
    for (const [name, many] of Object.entries(countsOf(known))) push(counts, name, many);
    for (const [name, value] of Object.entries(known.figures)) push(figures, name, value);
    for (const [name, value] of Object.entries(known.fields)) fields.set(name, (fields.get(name) ?? new Set()).add(value));
  }
  return [
    ...named(counts, taken).flatMap(([name, found]): Leaf[] => [
      { count: [name], atLeast: Math.max(1, medianOf([...found, ...Array<number>(households.length - found.length).fill(0)])) },
      { count: [name], atMost: 0 },
    ]),
    ...named(figures, asksField).flatMap(([figure, found]): Leaf[] => [
      { figure, atLeast: medianOf(found) },
      { figure, atMost: medianOf(found) },
    ]),
    ...[...fields].flatMap(([field, values]): Leaf[] => (asksField.has(field) || values.size > 20 ? [] : [...values].map((value) => ({ field, is: [value] })))),
  ];
}

const push = (into: Map<string, number[]>, name: string, value: number): void => void into.set(name, [...(into.get(name) ?? []), value]);
const named = (values: Map<string, number[]>, taken: ReadonlySet<string>): [string, number[]][] =>
  [...values]
    .filter(([name]) => !taken.has(name))
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .slice(0, NAMES_MAX);

/** By type, without the initiator. */
function countsOf({ summary, now }: Known): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of Object.values(windowEnding(summary, dayOf(now)).types))
    for (const [name, many] of Object.entries(row)) {
      const type = name.slice(0, name.lastIndexOf('@'));
      counts[type] = (counts[type] ?? 0) + many;
    }
  return counts;
}

/** The upper of the two in the middle, so that it is a value that occurs. */
export const medianOf = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Event patterns: those of EventBridge rules, and the filters of event source mappings, which are written alike
 * (EventBridge User Guide, “Comparison operators for use in event patterns”; event-ruler's README for arrays).
 */
import { compileTest, type Leaf, type Test } from './pattern-test.ts';

export type Matches = (event: unknown) => boolean;
/** @param node the part of the event that the pattern's part stands for; `root` is the whole event */
type NodeTest = (node: unknown, root: unknown) => boolean;
type Path = readonly string[];

/** @throws Error naming the place and what is not understood there: a pattern that is not understood never merely fails to match */
export function compilePattern(pattern: unknown): Matches {
  const test = compileObject(pattern, []);
  return (event) => test(event, event);
}

/** For a pattern that is used once. */
export const matchesPattern = (pattern: unknown, event: unknown): boolean => compilePattern(pattern)(event);

/** All fields of an object pattern must hold, and of `$or` one alternative. */
function compileObject(pattern: unknown, path: Path): NodeTest {
  if (!isObject(pattern)) throw refusal(path, 'expected an object of fields');
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw refusal(path, 'expected at least one field');
  const tests = entries.map(([name, value]) => (name === '$or' ? compileAlternatives(value, path) : compileField(name, value, [...path, name])));
  return (node, root) => tests.every((test) => test(node, root));
}

function compileAlternatives(alternatives: unknown, path: Path): NodeTest {
  if (!Array.isArray(alternatives) || alternatives.length < 2) throw refusal([...path, '$or'], 'expected at least two alternatives');
  const tests = alternatives.map((alternative: unknown) => compileObject(alternative, path));
  return (node, root) => tests.some((test) => test(node, root));
}

function compileField(name: string, value: unknown, path: Path): NodeTest {
  if (Array.isArray(value)) return compileLeaf(name, value, path);
  const inner = compileObject(value, path);
  // All fields under an array must hold in the same element of it.
  return (node, root) => elementsOf(fieldOf(node, name)).some((element) => inner(element, root));
}

function compileLeaf(name: string, alternatives: readonly unknown[], path: Path): NodeTest {
  if (alternatives.length === 0) throw refusal(path, 'expected at least one value');
  const tests: Test[] = alternatives.map((alternative) => compileTest(alternative, (reason) => refusal(path, reason)));
  const passesWhenAbsent = tests.includes('absent');
  const passes = tests.filter((test) => test !== 'absent');
  // “Absent” means nowhere in the event, so that another element of an array counts as well.
  return (node, root) =>
    leavesOf(fieldOf(node, name)).some((leaf) => passes.some((test) => test(leaf))) || (passesWhenAbsent && leavesAt(root, path).length === 0);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldOf = (node: unknown, name: string): unknown => (isObject(node) ? node[name] : undefined);

/** What an object pattern is held against: each object of an array, or the thing itself, or nothing. */
function elementsOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) return [value];
  const elements = value.flatMap((element: unknown) => elementsOf(element)).filter(isObject);
  return elements.length > 0 ? elements : [undefined];
}

/** The scalars of a field, those of arrays among them; an object is not a leaf, and an empty array has none. */
function leavesOf(value: unknown): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((element: unknown) => leavesOf(element));
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [value];
  return [];
}

function leavesAt(node: unknown, [name, ...rest]: Path): Leaf[] {
  if (name === undefined) return leavesOf(node);
  return elementsOf(node).flatMap((element) => leavesAt(fieldOf(element, name), rest));
}

const refusal = (path: Path, reason: string): Error => new Error(`event pattern at ${path.join('.') || 'its top'}: ${reason}`);

/** One alternative of a pattern's leaf: a value, or one of the operators. */

export type Leaf = string | number | boolean | null;
/** `absent` holds where there is no value to test. */
export type Test = ((leaf: Leaf) => boolean) | 'absent';
type Refuse = (reason: string) => Error;
type LeafTest = (leaf: Leaf) => boolean;

export function compileTest(alternative: unknown, refuse: Refuse): Test {
  if (isLeaf(alternative)) return (leaf) => leaf === alternative;
  const [operator, operand] = onlyMember(alternative, refuse);
  switch (operator) {
    case 'exists':
      if (typeof operand !== 'boolean') throw refuse('exists takes true or false');
      return operand ? () => true : 'absent';
    case 'numeric':
      return compileNumeric(operand, refuse);
    case 'anything-but':
      return compileAnythingBut(operand, refuse);
    default:
      return compileText(operator, operand, refuse);
  }
}

/** The operators on text. Prefix and suffix may themselves ignore case. */
function compileText(operator: string, operand: unknown, refuse: Refuse): LeafTest {
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return compileAffix(operator, operand, refuse);
    case 'equals-ignore-case': {
      const expected = textOf(operator, operand, refuse).toLowerCase();
      return onText((text) => text.toLowerCase() === expected);
    }
    case 'wildcard': {
      const expression = wildcardExpression(textOf(operator, operand, refuse), refuse);
      return onText((text) => expression.test(text));
    }
    default:
      throw refuse(`the operator ${operator} is not known here`);
  }
}

function compileAffix(operator: 'prefix' | 'suffix', operand: unknown, refuse: Refuse): LeafTest {
  const has = (text: string, affix: string) => (operator === 'prefix' ? text.startsWith(affix) : text.endsWith(affix));
  if (typeof operand === 'string') return onText((text) => has(text, operand));
  const [inner, affix] = onlyMember(operand, refuse);
  if (inner !== 'equals-ignore-case') throw refuse(`${operator} takes text or equals-ignore-case, not ${inner}`);
  const lower = textOf(inner, affix, refuse).toLowerCase();
  return onText((text) => has(text.toLowerCase(), lower));
}

/** Holds for any value that is there and is none of these; also for one of another type. */
function compileAnythingBut(operand: unknown, refuse: Refuse): LeafTest {
  if (typeof operand === 'string' || typeof operand === 'number') return (leaf) => leaf !== operand;
  if (Array.isArray(operand)) {
    const excluded: unknown[] = operand;
    const [first] = excluded;
    if ((typeof first !== 'string' && typeof first !== 'number') || !excluded.every((value) => typeof value === typeof first))
      throw refuse('anything-but takes a list of texts or a list of numbers');
    return (leaf) => !excluded.includes(leaf);
  }
  const [operator, inner] = onlyMember(operand, refuse);
  if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(operator)) throw refuse(`anything-but does not take ${operator}`);
  const alternatives: unknown[] = Array.isArray(inner) ? inner : [inner];
  if (alternatives.length === 0) throw refuse('anything-but takes at least one value');
  const tests = alternatives.map((alternative) => compileText(operator, alternative, refuse));
  return (leaf) => !tests.some((test) => test(leaf));
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};
/** EventBridge compares numbers in ±5 × 10⁹ only. */
const NUMBER_MAX = 5e9;

/** One comparison, or a lower and an upper bound. */
function compileNumeric(operand: unknown, refuse: Refuse): LeafTest {
  const parts: unknown[] = Array.isArray(operand) ? operand : [];
  if (parts.length !== 2 && parts.length !== 4) throw refuse('numeric takes one or two comparisons');
  const [firstSign, firstBound, secondSign, secondBound] = parts;
  const first = comparison(firstSign, firstBound, refuse);
  if (parts.length === 2) return onNumber(first);
  const isRange = typeof firstSign === 'string' && firstSign.startsWith('>') && typeof secondSign === 'string' && secondSign.startsWith('<');
  if (!isRange) throw refuse('two comparisons of numeric are a lower bound and then an upper one');
  if (Number(firstBound) >= Number(secondBound)) throw refuse('the bounds of numeric leave nothing between them');
  const second = comparison(secondSign, secondBound, refuse);
  return onNumber((value) => first(value) && second(value));
}

function comparison(sign: unknown, bound: unknown, refuse: Refuse): (value: number) => boolean {
  const compare = typeof sign === 'string' && Object.hasOwn(COMPARISONS, sign) ? COMPARISONS[sign] : undefined;
  if (compare === undefined) throw refuse(`numeric compares with =, <, <=, > or >=, not ${JSON.stringify(sign)}`);
  if (typeof bound !== 'number' || Math.abs(bound) > NUMBER_MAX) throw refuse('numeric compares with a number between -5e9 and 5e9');
  return (value) => compare(value, bound);
}

/** `*` stands for anything; `\*` and `\\` for themselves; two stars in a row and any other escape are refused, as on AWS. */
function wildcardExpression(pattern: string, refuse: Refuse): RegExp {
  if (pattern.replaceAll(/\\[^]/g, '__').includes('**')) throw refuse('wildcard does not take two stars in a row');
  const source = pattern.replaceAll(/\\[^]|[^]/g, (token) => {
    if (token === '*') return '[^]*';
    if (token.length === 1 && token !== '\\') return escapeForExpression(token);
    if (token === '\\*' || token === '\\\\') return token;
    throw refuse(`wildcard does not take the escape ${token}`);
  });
  return new RegExp(`^${source}$`);
}

const escapeForExpression = (character: string): string => character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');

const onText =
  (test: (text: string) => boolean): LeafTest =>
  (leaf) =>
    typeof leaf === 'string' && test(leaf);
const onNumber =
  (test: (value: number) => boolean): LeafTest =>
  (leaf) =>
    typeof leaf === 'number' && test(leaf);

const isLeaf = (value: unknown): value is Leaf => value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function textOf(operator: string, operand: unknown, refuse: Refuse): string {
  if (typeof operand !== 'string') throw refuse(`${operator} takes a text`);
  return operand;
}

function onlyMember(value: unknown, refuse: Refuse): [name: string, value: unknown] {
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const [member] = members;
  if (member === undefined || members.length > 1) throw refuse('expected a value or one operator');
  return member;
}

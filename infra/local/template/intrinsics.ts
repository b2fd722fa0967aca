/** Resolves the CloudFormation intrinsic functions that CDK writes. An unknown one throws, since a value left as it is would lie. */

/** What a stack knows by name. */
export interface Scope {
  /** For messages: the stack, resource or output whose value is being resolved. */
  readonly where: string;
  ref(logicalId: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
  exported(name: string): unknown;
}

/** `AWS::NoValue`: the member or element that has it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isIntrinsicName = (name: string): boolean => name === 'Ref' || name.startsWith('Fn::');

const fail = (scope: Scope, what: string): never => {
  throw new Error(`${scope.where}: ${what}`);
};

function textOf(value: unknown, scope: Scope, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return fail(scope, `${where} wants text, not ${JSON.stringify(value)}`);
}

function listOf(value: unknown, scope: Scope, where: string, length?: number): readonly unknown[] {
  if (Array.isArray(value) && (length === undefined || value.length === length)) return value;
  return fail(scope, `${where} wants a list${length === undefined ? '' : ` of ${length}`}, not ${JSON.stringify(value)}`);
}

/** Conditions are evaluated lazily, so that the branch not taken may refer to what does not exist. */
export function evaluateCondition(expression: unknown, scope: Scope): boolean {
  const entries = isRecord(expression) ? Object.entries(expression) : [];
  const [name, argument] = entries.length === 1 && entries[0] !== undefined ? entries[0] : ['', undefined];
  switch (name) {
    case 'Condition':
      return scope.condition(textOf(argument, scope, 'Condition'));
    case 'Fn::Equals': {
      const [left, right] = listOf(argument, scope, 'Fn::Equals', 2).map((side) => resolve(side, scope));
      return JSON.stringify(left) === JSON.stringify(right);
    }
    case 'Fn::And':
      return listOf(argument, scope, 'Fn::And').every((each) => evaluateCondition(each, scope));
    case 'Fn::Or':
      return listOf(argument, scope, 'Fn::Or').some((each) => evaluateCondition(each, scope));
    case 'Fn::Not':
      return !evaluateCondition(listOf(argument, scope, 'Fn::Not', 1)[0], scope);
    default:
      return fail(scope, `unknown condition ${JSON.stringify(expression)}`);
  }
}

function getAttribute(argument: unknown, scope: Scope): unknown {
  const [logicalId, ...rest] = typeof argument === 'string' ? argument.split('.') : listOf(argument, scope, 'Fn::GetAtt');
  const attribute = rest.map((part) => textOf(resolve(part, scope), scope, 'Fn::GetAtt')).join('.');
  return scope.attribute(textOf(logicalId, scope, 'Fn::GetAtt'), attribute);
}

function substitute(argument: unknown, scope: Scope): string {
  const [pattern, given] = typeof argument === 'string' ? [argument, {}] : listOf(argument, scope, 'Fn::Sub', 2);
  const variables = isRecord(given) ? given : fail(scope, `Fn::Sub wants a map, not ${JSON.stringify(given)}`);
  return textOf(pattern, scope, 'Fn::Sub').replace(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    const key = name.trim();
    if (Object.hasOwn(variables, key)) return textOf(resolve(variables[key], scope), scope, `Fn::Sub \${${key}}`);
    return textOf(key.includes('.') ? getAttribute(key, scope) : scope.ref(key), scope, `Fn::Sub \${${key}}`);
  });
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, list] = listOf(argument, scope, 'Fn::Select', 2);
  const position = Number(textOf(resolve(index, scope), scope, 'Fn::Select'));
  const values = listOf(resolve(list, scope), scope, 'Fn::Select');
  return position in values ? values[position] : fail(scope, `Fn::Select has no element ${position} in ${JSON.stringify(values)}`);
}

function findInMap(argument: unknown, scope: Scope): unknown {
  const [map, first, second] = listOf(argument, scope, 'Fn::FindInMap', 3).map((part) => textOf(resolve(part, scope), scope, 'Fn::FindInMap'));
  return scope.mapping(map ?? '', first ?? '', second ?? '');
}

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.ref(textOf(argument, scope, 'Ref')),
  'Fn::GetAtt': getAttribute,
  'Fn::Join': (argument, scope) => {
    const [separator, list] = listOf(argument, scope, 'Fn::Join', 2);
    const parts = listOf(resolve(list, scope), scope, 'Fn::Join');
    return parts.map((part) => textOf(part, scope, 'Fn::Join')).join(textOf(separator, scope, 'Fn::Join'));
  },
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::Split': (argument, scope) => {
    const [separator, text] = listOf(argument, scope, 'Fn::Split', 2);
    return textOf(resolve(text, scope), scope, 'Fn::Split').split(textOf(separator, scope, 'Fn::Split'));
  },
  'Fn::If': (argument, scope) => {
    const [condition, then, otherwise] = listOf(argument, scope, 'Fn::If', 3);
    return resolve(scope.condition(textOf(condition, scope, 'Fn::If')) ? then : otherwise, scope);
  },
  'Fn::ImportValue': (argument, scope) => scope.exported(textOf(resolve(argument, scope), scope, 'Fn::ImportValue')),
  'Fn::FindInMap': findInMap,
  'Fn::Base64': (argument, scope) => Buffer.from(textOf(resolve(argument, scope), scope, 'Fn::Base64')).toString('base64'),
};

/** Throws with `scope.where` when anything in the value cannot be known here. */
export function resolve(value: unknown, scope: Scope): unknown {
  // CloudFormation looks these up while deploying; passed on as text they would be a password that reads "{{resolve:…".
  if (typeof value === 'string' && value.includes('{{resolve:')) return fail(scope, `dynamic reference ${value}`);
  if (Array.isArray(value)) return value.map((element) => resolve(element, scope)).filter((element) => element !== NO_VALUE);
  if (!isRecord(value)) return value;
  const intrinsic = Object.keys(value).find(isIntrinsicName);
  if (intrinsic === undefined) {
    const members = Object.entries(value).map(([name, member]) => [name, resolve(member, scope)] as const);
    return Object.fromEntries(members.filter(([, member]) => member !== NO_VALUE));
  }
  const apply = INTRINSICS[intrinsic];
  if (apply === undefined || Object.keys(value).length > 1) return fail(scope, `unknown intrinsic ${JSON.stringify(value)}`);
  return apply(value[intrinsic], scope);
}

/**
 * The resources of an IoT policy. `*` and `?` are the policy's wildcards and do not stop at a slash; MQTT's own, `+` and `#`, are
 * plain characters here (AWS IoT developer guide, “Using wildcard characters in MQTT and AWS IoT Core policies”).
 */
import { ACCOUNT_ID, PARTITION, REGION } from '../template/identity.ts';

/** What a connection tells about itself. `ThingName` is the client id where that names a thing, whoever shows the certificate. */
const VARIABLES = ['iot:ClientId', 'iot:Connection.Thing.ThingName', 'iot:Certificate.Subject.CommonName'] as const;
type Variable = (typeof VARIABLES)[number];
export type PolicyContext = Readonly<Partial<Record<Variable, string>> & { 'iot:Connection.Thing.IsAttached'?: 'true' | 'false' }>;

type Matches = (resource: string) => boolean;
export type ResourcePattern = Readonly<{ kind: string; matcher: (context: PolicyContext) => Matches }>;

type Piece = Readonly<{ kind: 'pattern'; source: string } | { kind: 'variable'; name: Variable }>;

const ARN = /^arn:([^:]*):iot:([^:]*):([^:]*):(client|topic|topicfilter)\/(.+)$/s;
/** A variable; a wildcard; or any other character, a `$` of `$aws` among them. */
const PIECE = /\$\{([^}]*)\}|([*?])|([^$*?]+|\$)/gs;
const isVariable = (name: string): name is Variable => VARIABLES.some((variable) => variable === name);

/** Throws for a resource that has no meaning here. */
export function resourcePattern(resource: string): ResourcePattern {
  if (resource === '*') return { kind: 'any', matcher: () => () => true };
  const [, partition, region, account, kind = '', name = ''] = ARN.exec(resource) ?? [];
  if (kind === '') throw new Error(`unknown resource ${JSON.stringify(resource)}`);
  const pieces = piecesOf(name);
  const isHere = partition === PARTITION && region === REGION && account === ACCOUNT_ID;
  return { kind, matcher: (context) => (isHere ? matcherOf(kind, pieces, context) : () => false) };
}

function piecesOf(name: string): Piece[] {
  if (/\$\{[^}]*$/s.test(name)) throw new Error(`a variable in ${JSON.stringify(name)} does not end`);
  return [...name.matchAll(PIECE)].map(([text, variable, wildcard]): Piece => {
    if (wildcard !== undefined) return { kind: 'pattern', source: wildcard === '*' ? '.*' : '.' };
    if (variable === undefined) return { kind: 'pattern', source: literally(text) };
    // IAM user guide, “Policy variables”: these stand for the characters themselves.
    if (['*', '?', '$'].includes(variable)) return { kind: 'pattern', source: `\\${variable}` };
    if (!isVariable(variable)) throw new Error(`unknown variable \${${variable}}`);
    return { kind: 'variable', name: variable };
  });
}

/** A variable without a value matches nothing, and a value never counts as a pattern. */
function matcherOf(kind: string, pieces: readonly Piece[], context: PolicyContext): Matches {
  const sources = pieces.map((piece) => (piece.kind === 'pattern' ? piece.source : literallyIfThere(context[piece.name])));
  if (sources.includes(undefined)) return () => false;
  const pattern = new RegExp(`^${kind}/${sources.join('')}$`, 'su');
  return (resource) => pattern.test(resource);
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const literallyIfThere = (text: string | undefined): string | undefined => (text === undefined ? undefined : literally(text));

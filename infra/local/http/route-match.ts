/** Which route answers a request (API Gateway developer guide, “Routing API requests”). */
import type { Route } from './api-definition.ts';

export interface Match {
  readonly route: Route;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly route: Route;
  readonly method: string;
  readonly segments: readonly string[];
}

const isGreedy = (segment: string): boolean => /^\{[^}]+\+\}$/.test(segment);
const isParameter = (segment: string): boolean => /^\{[^}]+\}$/.test(segment);
/** Text before a parameter before a greedy one, decided at the first segment that differs. */
const rank = (segment: string | undefined): number => (segment === undefined ? 3 : isGreedy(segment) ? 2 : isParameter(segment) ? 1 : 0);
const split = (path: string): string[] => path.split('/').slice(1);

function compare(a: Pattern, b: Pattern): number {
  for (let index = 0; index < Math.max(a.segments.length, b.segments.length); index += 1) {
    const difference = rank(a.segments[index]) - rank(b.segments[index]);
    if (difference !== 0) return difference;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parametersOf(pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const value = path[index];
    if (value === undefined) return undefined;
    if (isGreedy(segment)) {
      const rest = path.slice(index).join('/');
      return rest === '' ? undefined : { ...parameters, [segment.slice(1, -2)]: decoded(rest) };
    }
    if (isParameter(segment)) {
      if (value === '') return undefined;
      parameters[segment.slice(1, -1)] = decoded(value);
    } else if (segment !== value) return undefined;
  }
  return pattern.length === path.length ? parameters : undefined;
}

/** Answers undefined where API Gateway answers 404. */
export function routeMatcher(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  const patterns = routes
    .filter((route) => route !== fallback)
    .map((route): Pattern => {
      const [method = '', path = ''] = route.routeKey.split(' ');
      return { route, method, segments: split(path) };
    })
    .sort(compare);
  return (method, path) => {
    const segments = split(path);
    for (const pattern of patterns) {
      if (pattern.method !== method && pattern.method !== 'ANY') continue;
      const pathParameters = parametersOf(pattern.segments, segments);
      if (pathParameters !== undefined) return { route: pattern.route, pathParameters };
    }
    return fallback === undefined ? undefined : { route: fallback, pathParameters: {} };
  };
}

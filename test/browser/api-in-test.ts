/** Calls of the HTTP API by the names of its routes, as an operator or as a member. */
import { routes, type Route, type RouteName } from '../../shared/api/routes.ts';

export interface Sent {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** A member's id; without one an operator calls, or nobody where the route asks for nobody. */
  readonly as?: string;
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** @param tokenOf the bearer token of a member, or of an operator */
export async function call(
  apiUrl: string,
  name: RouteName,
  { params = {}, query, body, as }: Sent,
  tokenOf: (as: string | undefined) => Promise<string>,
): Promise<Answered> {
  const { method, path, scopes }: Route = routes[name];
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => {
    const value = params[parameter];
    if (value === undefined) throw new Error(`${name} wants ${parameter}`);
    return encodeURIComponent(value);
  });
  const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
  const response = await fetch(`${apiUrl}${filled}${search}`, {
    method,
    headers: { 'content-type': 'application/json', ...(scopes.length > 0 && { authorization: `Bearer ${await tokenOf(as)}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, body: isJson && text !== '' ? (JSON.parse(text) as unknown) : text };
}

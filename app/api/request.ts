/** One request to the API: where it goes, with which token, and what its answer says about the time. */
import { routes, type RouteName } from '../../shared/api/routes.ts';
import { noteAnswer } from '../offline/connection.ts';
import { observeNow } from './clock.ts';
import type { AnyInput } from './contract-types.ts';
import { ApiProblem, asProblem, problemOf } from './problem.ts';

export interface Caller {
  /** Without a slash at the end; `/api` on the app's own origin. */
  readonly apiUrl: string;
  /** @param refused the token that the API did not take, so that another one has to be got */
  accessToken(refused?: string): Promise<string | undefined>;
}

let caller: Caller | undefined;
export const setCaller = (next: Caller | undefined): void => {
  caller = next;
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `/households/hh_1/orders?status=placed`; the same for the same input, so that it names a copy too. */
export function addressOf(name: RouteName, { params = {}, query = {} }: AnyInput): string {
  const path = routes[name].path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(textOf(params[key])));
  const asked = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, textOf(value)]]));
  return asked.length === 0 ? path : `${path}?${new URLSearchParams(asked).toString()}`;
}

export async function request(name: RouteName, input: AnyInput, signal?: AbortSignal): Promise<unknown> {
  if (caller === undefined) throw new ApiProblem(401, 'signed-out', 'nobody is signed in');
  // The doors that anyone may use are used without saying who one is.
  const token = routes[name].scopes.length > 0 ? await caller.accessToken() : undefined;
  const first = await ask(caller.apiUrl, name, input, token, signal);
  const response = first.status === 401 && token !== undefined ? await ask(caller.apiUrl, name, input, await caller.accessToken(token), signal) : first;
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

async function ask(apiUrl: string, name: RouteName, input: AnyInput, token: string | undefined, signal: AbortSignal | undefined): Promise<Response> {
  try {
    const response = await fetch(`${apiUrl}${addressOf(name, input)}`, {
      method: routes[name].method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(input.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
      cache: 'no-store',
      ...(signal !== undefined && { signal }),
    });
    noteAnswer(true);
    observeNow(response.headers.get('nachschub-now'));
    return response;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) noteAnswer(false);
    throw asProblem(error);
  }
}

/** Questions to the HTTP API with somebody's token: a few tries on wall time, with growing pauses. */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { backoff } from './backoff.ts';
import { drawsOf } from './random.ts';

/** `away`: no answer worth believing came, try later. Anything else was the API's answer, and `content` is what it said. */
export type Reply<Content> = { readonly away: true } | { readonly away: false; readonly status: number; readonly content?: Content };
export type Ask = <Content>(path: string, request: { method?: string; body?: string }, read: (body: unknown) => Content) => Promise<Reply<Content>>;

const TRIES = 4;
const REPLY_LIMIT_MILLIS = 10_000;
const FIRST_PAUSE_MILLIS = 200;
const LONGEST_PAUSE_MILLIS = 2_000;
/** 401: the token on disk is being renewed; 408, 429 and everything from 500 up: not now. */
const isPassing = (status: number): boolean => status >= 500 || [401, 408, 429].includes(status);

/** @param base what stands before every path @param who draws the pauses */
export function asker(base: string, { tokenFile, who }: { tokenFile: string; who: string }): Ask {
  const draw = drawsOf(who, 'http');
  const once: Ask = async (path, request, read) => {
    const response = await fetch(`${base}${path}`, {
      ...request,
      headers: { authorization: `Bearer ${await tokenIn(tokenFile)}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(REPLY_LIMIT_MILLIS),
    });
    const text = await response.text();
    if (isPassing(response.status)) return { away: true };
    const { status } = response;
    return response.ok ? { away: false, status, content: read(text === '' ? undefined : JSON.parse(text)) } : { away: false, status };
  };
  return async (path, request, read) => {
    const pauses = backoff(draw, { firstMillis: FIRST_PAUSE_MILLIS, mostMillis: LONGEST_PAUSE_MILLIS });
    for (let tries = 1; ; tries += 1) {
      const reply = await once(path, request, read).catch(() => ({ away: true }) as const);
      if (!reply.away || tries === TRIES) return reply;
      await pause(pauses.next());
    }
  };
}

/** Read each time: tokens are renewed on disk. */
export const tokenIn = async (tokenFile: string): Promise<string> => (await readFile(tokenFile, 'utf8')).trim();

/**
 * The stage: two people's phones, a TV and the shops' books in one window, for whoever sits at this machine. The phones are the app itself,
 * signed in the real way; the TV shows what its shadow wishes, and its remote control answers as the person who is signed in there.
 */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { z } from 'zod';
import { isForeign } from '../http/foreign.ts';
import { readText } from '../http/read-text.ts';
import type { People } from '../identity/people.ts';
import { displayOn, press, remoteSchema, type Tv, type TvOptions } from './tv.ts';

export interface StageOptions extends TvOptions {
  readonly people: Pick<People, 'all'>;
  readonly tvs: readonly Tv[];
}

export const STAGE_PATH = '/stage';
const BODY_BYTES_MAX = 1_024;
const here = (...parts: string[]): string => path.join(import.meta.dirname, ...parts);
const FILES: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '/stage': { file: here('page', 'stage.html'), type: 'text/html; charset=utf-8' },
  '/stage/stage.css': { file: here('page', 'stage.css'), type: 'text/css; charset=utf-8' },
  '/stage/stage.js': { file: here('page', 'stage.js'), type: 'text/javascript; charset=utf-8' },
  '/stage/words.js': { file: here('page', 'words.js'), type: 'text/javascript; charset=utf-8' },
  // One visual language: the app's own colours, sizes and radii.
  '/stage/tokens.css': { file: here('..', '..', '..', 'app', 'design', 'tokens.css'), type: 'text/css; charset=utf-8' },
};
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

type Answer = readonly [status: number, body: object];

export const openStage =
  (options: StageOptions) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const url = new URL(request.url ?? '/', 'http://stage');
    const file = request.method === 'GET' && !isForeign(request) ? FILES[url.pathname] : undefined;
    if (file !== undefined) return void response.setHeader('content-type', file.type).end(await readFile(file.file));
    const [status, body] = isForeign(request) ? ([403, { detail: 'only pages of this machine may ask here' }] as const) : await answer(options, request, url);
    if (!request.complete) response.shouldKeepAlive = false;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

async function answer({ people, tvs, ...tv }: StageOptions, request: IncomingMessage, url: URL): Promise<Answer> {
  const named = tvs.find(({ thing }) => thing === url.searchParams.get('thing'));
  switch (`${request.method ?? ''} ${url.pathname}`) {
    case 'GET /stage/people':
      return [200, { people: people.all, tvs: tvs.map(({ thing, name }) => ({ thing, name })) }];
    case 'GET /stage/display':
      return named === undefined ? [404, { detail: 'no such TV' }] : [200, await displayOn(tv, named)];
    case 'POST /stage/remote': {
      const pressed = remoteSchema.safeParse(parseJson(await readText(request, BODY_BYTES_MAX)));
      if (named === undefined) return [404, { detail: 'no such TV' }];
      return pressed.success ? press(tv, named, pressed.data) : [400, { detail: z.prettifyError(pressed.error) }];
    }
    default:
      return [404, { detail: 'nothing is here' }];
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

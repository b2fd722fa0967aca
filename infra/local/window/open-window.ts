/** The window into the running system: a page, its feed and the clock's buttons. It shows, and it never buys: it knows nobody. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { Activity } from '../activity.ts';
import type { Conductor } from '../conductor/conductor.ts';
import { reportTrouble } from '../functions/trouble.ts';
import { isForeign } from '../http/foreign.ts';
import { Feed } from './feed.ts';
import { SnapshotTaker, type SnapshotSource } from './take-snapshot.ts';

export interface WindowOptions extends SnapshotSource {
  readonly conductor: Conductor;
  /** Whatever happens on this machine begins and ends something here. */
  readonly activity: Pick<Activity, 'onChange'>;
}

export interface Window {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  readonly close: () => void;
}

const PAGE: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '/': { file: 'page.html', type: 'text/html; charset=utf-8' },
  '/window.css': { file: 'window.css', type: 'text/css; charset=utf-8' },
  '/window.js': { file: 'window.js', type: 'text/javascript; charset=utf-8' },
  '/words.js': { file: 'words.js', type: 'text/javascript; charset=utf-8' },
};
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};
const DAY_MILLIS = 86_400_000;

export function openWindow(options: WindowOptions): Window {
  const { conductor, activity } = options;
  const taker = new SnapshotTaker(options);
  const feed = new Feed({
    take: () => taker.take(),
    isRunning: () => conductor.mode === 'real-time',
    onFailure: (error) => reportTrouble('the window', error),
  });
  const stops = [conductor.onTurn(() => feed.changed()), activity.onChange(() => feed.changed())];

  const controls: Readonly<Record<string, () => void>> = {
    'POST /control/pause': () => conductor.pause(),
    'POST /control/resume': () => conductor.resume(),
    'POST /control/day': () => void conductor.skip(DAY_MILLIS),
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const route = `${request.method ?? ''} ${(request.url ?? '').split('?')[0] ?? ''}`;
    // A page of another origin must read and steer nothing here, not even through a name that it makes point at this machine.
    if (isForeign(request)) refuse(response, 403);
    else if (route === 'GET /feed') stream(feed, request, response);
    else if (route === 'GET /snapshot') json(response, await taker.take());
    else if (controls[route]) done(response, controls[route]);
    else await page(route, response);
  };

  return {
    handle: (request, response) => {
      answer(request, response).catch((error: unknown) => {
        reportTrouble('the window', error);
        if (response.headersSent) response.end();
        else refuse(response, 500);
      });
    },
    close: () => {
      for (const stop of stops) stop();
      feed.close();
      taker.close();
    },
  };
}

async function page(route: string, response: ServerResponse): Promise<void> {
  const asked = route.startsWith('GET ') ? PAGE[route.slice('GET '.length)] : undefined;
  if (asked === undefined) {
    refuse(response, 404);
    return;
  }
  response.setHeader('content-type', asked.type);
  response.end(await readFile(path.join(import.meta.dirname, 'page', asked.file)));
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${status}\n`);
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function done(response: ServerResponse, act: () => void): void {
  act();
  response.writeHead(204).end();
}

/** Server-sent events (WHATWG HTML §9.2). A reader who is slow skips snapshots; the next one is as good. */
function stream(feed: Feed, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.write('retry: 1000\n\n');
  const stop = feed.listen((snapshot) => {
    if (!response.writableNeedDrain) response.write(`data: ${JSON.stringify(snapshot)}\n\n`);
  });
  request.once('close', stop);
  response.once('close', stop);
}

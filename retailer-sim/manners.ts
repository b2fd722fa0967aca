/** How the webhook is answered when the shop has the order already and something goes wrong with saying so. */
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Mishap } from './mishaps.ts';

export const manners = ['shop-answered-5xx', 'shop-redirected', 'shop-body-slow', 'shop-body-huge'] as const satisfies readonly Mishap[];
export type Manner = (typeof manners)[number];

/** Far beyond what anybody reads of an answer (16 KB). */
const HUGE_BYTES = 4 * 1_024 * 1_024;
const CHUNK = Buffer.alloc(64 * 1_024, ' ');
const DRIP_MILLIS = 150;

/** @param drips of a slow body, each after a wait on the wall */
export async function answerBadly(response: ServerResponse, manner: Manner, drips: number): Promise<void> {
  // Whoever hangs up in the middle has heard the status, and that was all there was to hear.
  response.on('error', () => undefined);
  switch (manner) {
    case 'shop-answered-5xx':
      response.writeHead(500, { 'content-type': 'text/plain' }).end('the shop has your order, and does not know it yet');
      return;
    case 'shop-redirected':
      response.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' }).end();
      return;
    case 'shop-body-slow':
      response.writeHead(202, { 'content-type': 'application/json' });
      for (let drip = 0; drip < drips && !response.destroyed; drip += 1) {
        response.write(' ');
        await pause(DRIP_MILLIS);
      }
      response.end('{}');
      return;
    case 'shop-body-huge':
      response.writeHead(202, { 'content-type': 'application/json' });
      for (let bytes = 0; bytes < HUGE_BYTES && !response.destroyed; bytes += CHUNK.length) {
        if (!response.write(CHUNK)) await Promise.race([new Promise((resume) => response.once('drain', resume)), pause(DRIP_MILLIS)]);
      }
      response.end();
  }
}

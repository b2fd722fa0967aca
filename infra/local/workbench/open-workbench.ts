/** The workbench's page, and what it asks: what a shop's engineer tries out before the first real order. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { z } from 'zod';
import { isForeign } from '../http/foreign.ts';
import { readText } from '../http/read-text.ts';
import type { ShopAnswer } from '../conformance/call.ts';
import { inWords } from '../conformance/answer-in-words.ts';
import { samples, type Sent } from './exchange.ts';
import { failures } from './failures.ts';
import { WorkbenchError, type Workbench } from './workbench.ts';

export const WORKBENCH_PATH = '/workbench';
const BODY_BYTES_MAX = 4_096;
const here = (...parts: string[]): string => path.join(import.meta.dirname, ...parts);
const design = (file: string): string => here('..', '..', '..', 'app', 'design', file);
const css = 'text/css; charset=utf-8';
const javascript = 'text/javascript; charset=utf-8';
const FILES: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '/workbench': { file: here('page', 'workbench.html'), type: 'text/html; charset=utf-8' },
  '/workbench/workbench.css': { file: here('page', 'workbench.css'), type: css },
  '/workbench/workbench.js': { file: here('page', 'workbench.js'), type: javascript },
  '/workbench/draw.js': { file: here('page', 'draw.js'), type: javascript },
  '/workbench/words.js': { file: here('page', 'words.js'), type: javascript },
  // One visual language: the app's own colours, sizes, radii, cards and rows.
  '/workbench/tokens.css': { file: design('tokens.css'), type: css },
  '/workbench/surfaces.css': { file: design('surfaces.css'), type: css },
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

const askedSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('send'), shop: z.string(), sample: z.enum(samples) }),
  z.strictObject({ do: z.literal('replay'), shop: z.string(), messageId: z.string().max(64) }),
  z.strictObject({ do: z.literal('fail-next'), shop: z.string(), failures: z.array(z.enum(failures)).min(1).max(failures.length) }),
  z.strictObject({ do: z.literal('check'), shop: z.string() }),
]);

type Answer = readonly [status: number, body: unknown];

export const openWorkbench =
  (workbench: Workbench) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const url = new URL(request.url ?? '/', 'http://workbench');
    const file = request.method === 'GET' && !isForeign(request) ? FILES[url.pathname] : undefined;
    if (file !== undefined) return void response.setHeader('content-type', file.type).end(await readFile(file.file));
    const [status, body] = isForeign(request) ? ([403, { detail: 'only pages of this machine may ask here' }] as const) : await answer(workbench, request, url);
    if (!request.complete) response.shouldKeepAlive = false;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

async function answer(workbench: Workbench, request: IncomingMessage, url: URL): Promise<Answer> {
  try {
    switch (`${request.method ?? ''} ${url.pathname}`) {
      case 'GET /workbench/shops':
        return [200, { shops: await workbench.shops(), samples, failures }];
      case 'GET /workbench/log':
        return [200, { deliveries: await workbench.log(url.searchParams.get('shop') ?? '') }];
      case 'POST /workbench/do': {
        const asked = askedSchema.safeParse(parseJson(await readText(request, BODY_BYTES_MAX)));
        return asked.success ? [200, await carryOut(workbench, asked.data)] : [400, { detail: z.prettifyError(asked.error) }];
      }
      default:
        return [404, { detail: 'nothing is here' }];
    }
  } catch (error) {
    if (error instanceof WorkbenchError) return [409, { detail: error.message }];
    throw error;
  }
}

async function carryOut(workbench: Workbench, asked: z.infer<typeof askedSchema>): Promise<unknown> {
  switch (asked.do) {
    case 'send':
      return shownInBoth(await workbench.send(asked.shop, asked.sample));
    case 'replay':
      return workbench.replay(asked.shop, asked.messageId);
    case 'fail-next':
      await workbench.failNext(asked.shop, asked.failures);
      return { failures: asked.failures };
    case 'check':
      return workbench.check(asked.shop);
  }
}

/** Why nobody answered, in the words of whoever reads. */
const inBoth = (answer: ShopAnswer) => (answer.kind === 'silent' ? { ...answer, reason: inWords(answer) } : answer);
const shownInBoth = ({ orderId, exchanges, told }: Sent) => ({
  ...{ orderId, told: inBoth(told) },
  exchanges: exchanges.map((exchange) => ({ ...exchange, answer: inBoth(exchange.answer) })),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

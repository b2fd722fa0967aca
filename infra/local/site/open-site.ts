/** Serves what the template's distribution serves: the same files, functions and headers. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Template } from '../template/read-assembly.ts';
import { behavioursOf, type Behaviour } from './distribution.ts';
import type { EdgeAnswer } from './edge-function.ts';
import { objectsOf, type SiteObject } from './objects.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface Site {
  /** What stands before the API's own paths, such as `/api`. */
  readonly apiMountPath: string;
  /** @param api serves the calls that go on to the HTTP API */
  handle(request: IncomingMessage, response: ServerResponse, api: Handle): Promise<void>;
}

/** CloudFront compresses what is text, between these sizes (developer guide, “Serve compressed files”). */
const COMPRESSED_BYTES = { min: 1_000, max: 10_000_000 } as const;
const COMPRESSED_TYPES = /^(text\/|application\/(json|manifest\+json)|image\/svg\+xml)/;

/** @throws Error naming the resource that asks for what is not done here */
export function openSite(template: Pick<Template, 'resources' | 'assetPath'>): Site {
  const behaviours = behavioursOf(template);
  const buckets = objectsOf(template);
  const bodies = new WeakMap<SiteObject, Body>();
  const behaviourFor = (uri: string): Behaviour => {
    const found = behaviours.find(({ pattern }) => pattern === undefined || matches(pattern, uri));
    if (found === undefined) throw new Error('a distribution has a behaviour for everything else');
    return found;
  };
  return {
    apiMountPath: apiMountPath(behaviours),
    handle: async (request, response, api) => {
      const [uri = '/'] = (request.url ?? '/').split('?');
      const { origin, methods, headers, atRequest, compress } = behaviourFor(uri);
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      if (!methods.includes(request.method ?? '')) {
        end(response, 403, 'Forbidden\n');
        return;
      }
      const answer: EdgeAnswer = atRequest?.({ method: request.method ?? '', uri }) ?? { kind: 'handed-on', uri };
      if (answer.kind === 'answered') {
        for (const [name, { value }] of Object.entries(answer.headers)) response.setHeader(name, value);
        return void response.writeHead(answer.statusCode).end();
      }
      if (origin === 'api') return api(request, response);
      const object = buckets.get(origin.bucket)?.get(keyOf(answer.uri));
      if (object === undefined) end(response, 404, 'Not Found\n');
      else sendObject(request, response, object, bodyOf(bodies, object, compress));
    },
  };
}

interface Body {
  readonly etag: string;
  readonly plain: Buffer;
  readonly gzip: Buffer | undefined;
}

/** Made at the first request: most files of an app are never asked for. */
function bodyOf(made: WeakMap<SiteObject, Body>, object: SiteObject, compress: boolean): Body {
  const known = made.get(object);
  if (known !== undefined) return known;
  const { body, contentType } = object;
  const isCompressed = compress && COMPRESSED_TYPES.test(contentType) && body.length >= COMPRESSED_BYTES.min && body.length <= COMPRESSED_BYTES.max;
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  const now: Body = { etag, plain: body, gzip: isCompressed ? gzipSync(body) : undefined };
  made.set(object, now);
  return now;
}

function sendObject(
  { headers, method }: IncomingMessage,
  response: ServerResponse,
  { contentType, cacheControl }: SiteObject,
  { etag, plain, gzip }: Body,
): void {
  response.setHeader('etag', etag);
  if (cacheControl !== undefined) response.setHeader('cache-control', cacheControl);
  if (headers['if-none-match'] === etag) return void response.writeHead(304).end();
  const isZipped = gzip !== undefined && /\bgzip\b/.test(headers['accept-encoding']?.toString() ?? '');
  const body = isZipped ? gzip : plain;
  response.setHeader('content-type', contentType);
  if (gzip !== undefined) response.setHeader('vary', 'accept-encoding');
  if (isZipped) response.setHeader('content-encoding', 'gzip');
  response.writeHead(200, { 'content-length': body.length });
  response.end(method === 'HEAD' ? undefined : body);
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

/** A key is what stands behind the first slash, as it was meant. */
function keyOf(uri: string): string {
  try {
    return decodeURIComponent(uri.slice(1));
  } catch {
    return uri.slice(1);
  }
}

/** `*` stands for anything, slashes included. */
const matches = (pattern: string, uri: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*')}$`,
  ).test(uri);

const PROBE = '/probe';

/** Found out by asking the function: what it takes away from an address. */
function apiMountPath(behaviours: readonly Behaviour[]): string {
  const toApi = behaviours.find(({ origin }) => origin === 'api');
  if (toApi?.pattern === undefined) throw new Error('the distribution leads nothing to the API');
  const uri = toApi.pattern.replace('/*', PROBE);
  const answer: EdgeAnswer = toApi.atRequest?.({ method: 'GET', uri }) ?? { kind: 'handed-on', uri };
  if (answer.kind === 'answered' || answer.uri !== PROBE) throw new Error(`calls of ${uri} reach the API as ${JSON.stringify(answer)}`);
  return uri.slice(0, -PROBE.length);
}

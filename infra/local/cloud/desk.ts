/** `POST /local/call`: the owner of this machine asks the running cloud, with the key that stands in a file only they can read. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readText } from '../http/read-text.ts';
import { callSchema, type Call } from './control.ts';

export const DESK_PATH = '/local/call';

/** No call is longer. */
const BODY_BYTES_MAX = 65_536;

export interface DeskOptions {
  /** Stands in `access.json` as `secretAccessKey`. */
  readonly key: string;
  /** @throws an error whose sentence may be shown to the caller */
  readonly carryOut: (call: Call) => Promise<unknown>;
}

type Answer = readonly [status: number, body: object];
const refused = (status: number, detail: string): Answer => [status, { detail }];

export async function handleDesk({ key, carryOut }: DeskOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [status, body] = await answerTo(request, key, carryOut);
  if (!request.complete) response.shouldKeepAlive = false;
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

async function answerTo(request: IncomingMessage, key: string, carryOut: DeskOptions['carryOut']): Promise<Answer> {
  if (!isLoopback(request.socket.remoteAddress)) return refused(403, 'only programs of this machine may call here');
  if (!isKey(request.headers.authorization, key)) return refused(401, 'expected the key that stands in access.json');
  if (request.method !== 'POST') return refused(405, 'expected POST');
  const call = callSchema.safeParse(parseJson(await readText(request, BODY_BYTES_MAX)));
  if (!call.success) return refused(400, 'expected a call of infra/local/cloud/control.ts, such as {"call":"operatorToken"}');
  try {
    return [200, { value: await carryOut(call.data) }];
  } catch (error) {
    return refused(409, error instanceof Error ? error.message : String(error));
  }
}

const isLoopback = (address: string | undefined): boolean => address !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(address);

/** Hashes are as long as each other, whatever was sent. */
function isKey(authorization: string | undefined, key: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(authorization ?? ''), hash(`Bearer ${key}`));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

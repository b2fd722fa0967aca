/** The one way out to a retailer: a single attempt, to an address that was judged and is then connected to, within limits. */
import { lookup as systemLookup } from 'node:dns/promises';
import { request as requestHttp, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { judgeAddresses, judgeUrl, type Target } from './address-rules.ts';

export interface RetailerCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly loopbackAllowed: boolean;
  /** Ends it before its time. */
  readonly signal?: AbortSignal;
}
export type RetailerAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter?: string; /** At most 16 KB of it. */ readonly body: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a test puts in place of the world. */
export interface Network {
  /** Every address of a name. */
  readonly resolve: (hostname: string) => Promise<string[]>;
  readonly connectMillis: number;
  readonly attemptMillis: number;
  /** PEM; without it, the authorities that Node.js trusts. */
  readonly certificateAuthority?: string;
}
const ANSWER_BYTES_MAX = 16 * 1_024;

const world: Network = {
  resolve: async (hostname) => (await systemLookup(hostname, { all: true })).map(({ address }) => address),
  connectMillis: 3_000,
  attemptMillis: 15_000,
};

/** Never throws for what the other side does. Redirects are not followed: a 3xx is an answer like any other. */
export async function callRetailer(call: RetailerCall, network: Network = world): Promise<RetailerAnswer> {
  const target = judgeUrl(call.url, call);
  if (!target.ok) return { kind: 'failed', reason: `url refused: ${target.reason}` };
  try {
    return await attempt(target, call, network);
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error) };
  }
}

async function attempt(target: JudgedTarget, call: RetailerCall, network: Network): Promise<RetailerAnswer> {
  const { url } = target;
  const options: RequestOptions = {
    method: call.method,
    headers: { ...call.headers },
    // A connection of its own for each attempt, so that no retailer waits behind another one's.
    agent: false,
    lookup: lookupFor(target, network),
    signal: AbortSignal.any([AbortSignal.timeout(network.attemptMillis), ...(call.signal === undefined ? [] : [call.signal])]),
    ...(network.certificateAuthority !== undefined && { ca: network.certificateAuthority }),
  };
  const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
  try {
    const response = await answerTo(request, call.body, network.connectMillis);
    const retryAfter = response.headers['retry-after'];
    return { kind: 'answered', status: response.statusCode ?? 0, ...(retryAfter !== undefined && { retryAfter }), body: await firstOf(response) };
  } finally {
    request.destroy();
  }
}

function answerTo(request: ClientRequest, body: RetailerCall['body'], connectMillis: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const tooLong = setTimeout(() => request.destroy(new NotConnected()), connectMillis);
    request.once('socket', (socket) => socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => clearTimeout(tooLong)));
    request.once('response', resolve);
    // Stays, because a body that is cut later fails as well, when nobody waits for it any more.
    request.on('error', reject);
    request.once('close', () => clearTimeout(tooLong));
    request.end(body);
  });
}

/** The status has been given, and it counts; so a body that breaks off or drips until the time is over is cut, not a failure. */
async function firstOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk.subarray(0, ANSWER_BYTES_MAX - bytes));
      bytes += chunk.length;
      if (bytes >= ANSWER_BYTES_MAX) break;
    }
  } catch {
    // What has come so far is the answer.
  }
  return Buffer.concat(chunks).toString('utf8');
}

type JudgedTarget = Extract<Target, { ok: true }>;

/**
 * Judges at connect time: the connection goes to one of the very addresses that were judged, since a check before a second resolution
 * would be a hole (DNS rebinding). The addresses are asked for once; the socket is told them instead of asking again.
 */
const lookupFor =
  (target: JudgedTarget, network: Network): LookupFunction =>
  (hostname, options, answer) => {
    network.resolve(hostname).then(
      (addresses) => {
        const refusal = judgeAddresses(addresses, target);
        const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
        if (refusal !== undefined) answer(new AddressRefused(refusal), []);
        else if (options.all) answer(null, found);
        else answer(null, found[0]?.address ?? '', found[0]?.family);
      },
      (error: unknown) => answer(error instanceof Error ? error : new Error(String(error)), []),
    );
  };

class AddressRefused extends Error {}
class NotConnected extends Error {}

/** Short, the same for the same cause, and without anything that the other side wrote. */
function reasonOf(error: unknown): string {
  if (error instanceof AddressRefused) return `address refused: ${error.message}`;
  if (error instanceof NotConnected) return 'no connection in time';
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'AbortError') return 'no answer in time';
  return 'code' in error && typeof error.code === 'string' ? `connection failed: ${error.code}` : `failed: ${error.name}`;
}

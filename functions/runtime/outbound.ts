/** The one way out to a retailer: a single attempt, to an address that was judged and is then connected to, within limits. */
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { buildConnector, Client, errors } from 'undici';
import { judgeAddresses, judgeUrl, type Target } from './address-rules.ts';

export interface RetailerCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly loopbackAllowed: boolean;
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
  // A connection of its own for each attempt, so that no retailer waits behind another one's.
  const client = new Client(target.url.origin, { connect: connectorFor(target, network), pipelining: 1 });
  try {
    return await attempt(client, target.url, call, AbortSignal.timeout(network.attemptMillis));
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error) };
  } finally {
    await client.destroy();
  }
}

async function attempt(client: Client, url: URL, call: RetailerCall, signal: AbortSignal): Promise<RetailerAnswer> {
  const { statusCode, headers, body } = await client.request({
    method: call.method,
    path: `${url.pathname}${url.search}`,
    headers: { ...call.headers },
    body: call.body ?? null,
    signal,
  });
  const retryAfter = headers['retry-after'];
  return {
    kind: 'answered',
    status: statusCode,
    ...(typeof retryAfter === 'string' ? { retryAfter } : {}),
    body: await firstOf(body),
  };
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

/**
 * Judges at connect time: the connection goes to one of the very addresses that were judged, since a check before a second resolution
 * would be a hole (DNS rebinding). The addresses are asked for once; the socket is told them instead of asking again.
 */
function connectorFor(target: Extract<Target, { ok: true }>, network: Network): buildConnector.connector {
  const lookup: LookupFunction = (hostname, options, answer) => {
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
  return buildConnector({ lookup, timeout: network.connectMillis, ...(network.certificateAuthority ? { ca: network.certificateAuthority } : {}) });
}

class AddressRefused extends Error {}

/** Short, the same for the same cause, and without anything that the other side wrote. */
function reasonOf(error: unknown): string {
  if (error instanceof AddressRefused) return `address refused: ${error.message}`;
  if (error instanceof errors.ConnectTimeoutError) return 'no connection in time';
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'no answer in time';
  if (!(error instanceof Error)) return 'failed';
  return 'code' in error && typeof error.code === 'string' ? `connection failed: ${error.code}` : `failed: ${error.name}`;
}

/** One call to a shop as its network sees it: nothing is followed, nothing is repeated, and every way in which it may end is an answer. */
import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { performance } from 'node:perf_hooks';

export interface ShopCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Hangs up as soon as the whole message has left, without waiting for what is answered. */
  readonly givesUp?: boolean;
}
export type ShopAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly location?: string; /** At most 16 KB. */ readonly body: string; readonly millis: number }
  | { readonly kind: 'silent'; readonly reason: string; readonly millis: number };

/** As long as the deployed product waits. */
export const ATTEMPT_MILLIS = 15_000;
const ANSWER_BYTES_MAX = 16 * 1_024;
/** From the last byte of the message until we hang up: the shop has it by then, and most will not have answered. */
const GIVE_UP_AFTER_MILLIS = 20;

export async function callShop(call: ShopCall): Promise<ShopAnswer> {
  const startedAt = performance.now();
  const millis = () => Math.round(performance.now() - startedAt);
  try {
    const url = new URL(call.url);
    const options = { method: call.method, headers: { ...call.headers }, agent: false as const, signal: AbortSignal.timeout(ATTEMPT_MILLIS) };
    const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    try {
      const response = await answerTo(request, call);
      const { location } = response.headers;
      return {
        kind: 'answered',
        status: response.statusCode ?? 0,
        ...(location !== undefined && { location }),
        body: await firstOf(response),
        millis: millis(),
      };
    } finally {
      request.destroy();
    }
  } catch (error) {
    return { kind: 'silent', reason: reasonOf(error), millis: millis() };
  }
}

function answerTo(request: ClientRequest, { body, givesUp = false }: ShopCall): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Stays, because what is cut later fails as well.
    request.on('error', reject);
    if (givesUp) request.once('finish', () => setTimeout(() => request.destroy(new GivenUp()), GIVE_UP_AFTER_MILLIS));
    request.end(body);
  });
}

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
    // The status counts; of a body that breaks off, what has come.
  }
  return Buffer.concat(chunks).toString('utf8');
}

class GivenUp extends Error {}

function reasonOf(error: unknown): string {
  if (error instanceof GivenUp) return 'we hung up';
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return `no answer within ${ATTEMPT_MILLIS / 1_000} s`;
  return 'code' in error && typeof error.code === 'string' ? `no answer (${error.code})` : `no answer (${error.message})`;
}

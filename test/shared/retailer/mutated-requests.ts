/** Signed requests with something wrong in each: in a byte, in a header, in the order of things, or between two that were good by themselves. */
import { signWithAll, verify, type WebhookHeaders } from '../../../shared/retailer/webhook.ts';
import { parseSignedJson } from '../../../shared/retailer/signed-json.ts';
import { privateKeyOf, publicKeyOf } from '../../../shared/retailer/ed25519.ts';

const NOW = 1_790_000_000;
const secret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
const privateKey = privateKeyOf(Buffer.alloc(32, 4));
/** The keys of everybody who may sign. */
const secrets = [secret, publicKeyOf(privateKey)];
const NAMES = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;
type Name = (typeof NAMES)[number];

interface Request {
  readonly headers: Readonly<Record<Name, string>>;
  readonly body: Uint8Array;
}
interface Wire {
  readonly headers: WebhookHeaders;
  readonly body: Uint8Array;
}

/** mulberry32: small, seeded, good enough to choose what to break. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const BODIES = [
  '{}',
  '{"type":"order.accepted","timestamp":"2026-03-02T09:00:00.000Z","data":{"orderId":"ord_1","sequence":1}}',
  '{"type":"offers.published","data":{"offers":[{"gtin":"4006381333931","title":"Milch \\u00e4 €","priceMinor":129}]}}',
  `{"data":${'['.repeat(20)}"deep"${']'.repeat(20)},"__proto":1,"a":"\\ud83e\\udd5b"}`,
];
/** One Ed25519 check costs as much as thirty HMACs. */
const ASYMMETRIC_SHARE = 0.04;
/** Signed once, broken over and over. */
const GOODS = 500;

function goodRequest(draw: () => number, number: number): Request {
  const body = new TextEncoder().encode(BODIES[Math.floor(draw() * BODIES.length)] ?? '{}');
  const id = `msg_${number}`;
  const timestamp = NOW - 100 + Math.floor(draw() * 200);
  const key = draw() < ASYMMETRIC_SHARE ? privateKey : secret;
  return {
    body,
    headers: { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signWithAll({ secrets: [key], id, timestamp, body }) },
  };
}

type Mutation = (request: Request, draw: () => number, other: Request) => Wire;
const upTo = (draw: () => number, length: number): number => Math.floor(draw() * length);

function brokenBytes(bytes: Uint8Array, draw: () => number): Uint8Array {
  const at = upTo(draw, bytes.length);
  const copy = Uint8Array.from(bytes);
  switch (upTo(draw, 5)) {
    case 0:
      copy[at] = (copy[at] ?? 0) ^ (1 << upTo(draw, 8));
      return copy;
    case 1:
      return copy.slice(0, at);
    case 2:
      return Uint8Array.from([...copy.slice(0, at), upTo(draw, 256), ...copy.slice(at)]);
    case 3:
      return Uint8Array.from([...copy, ...copy.slice(at)]);
    default:
      return Uint8Array.from([...copy.slice(0, at), ...copy.slice(at + 1)]);
  }
}

/** Every character that a header can carry, and some that it cannot. */
const brokenText = (text: string, draw: () => number): string => Buffer.from(brokenBytes(Buffer.from(text, 'latin1'), draw)).toString('latin1');

const mutations: readonly Mutation[] = [
  ({ headers, body }, draw) => ({ headers, body: brokenBytes(body, draw) }),
  ({ headers, body }, draw) => {
    const name = NAMES[upTo(draw, NAMES.length)] ?? 'webhook-id';
    return { body, headers: { ...headers, [name]: brokenText(headers[name], draw) } };
  },
  // Of two good requests: the headers of one, the body or one header of the other.
  ({ headers }, _, other) => ({ headers, body: Uint8Array.from([...other.body, 32]) }),
  ({ headers, body }, draw, other) => {
    const name = NAMES[upTo(draw, NAMES.length)] ?? 'webhook-id';
    return { body, headers: { ...headers, [name]: other.headers[name] } };
  },
  ({ headers, body }, draw) => {
    const name = NAMES[upTo(draw, NAMES.length)] ?? 'webhook-id';
    const { [name]: _, ...others } = headers;
    return { headers: others, body };
  },
  ({ headers, body }, draw, other) => {
    const name = NAMES[upTo(draw, NAMES.length)] ?? 'webhook-id';
    return { body, headers: { ...headers, [name]: [headers[name], other.headers[name]] } };
  },
  ({ headers, body }, draw, other) => {
    const name = NAMES[upTo(draw, NAMES.length)] ?? 'webhook-id';
    return { body, headers: { ...headers, [name.toUpperCase()]: other.headers[name] } };
  },
  // The same bytes, said to be of another time.
  ({ headers, body }, draw) => ({ body, headers: { ...headers, 'webhook-timestamp': String(NOW - 1_000 + upTo(draw, 2_000)) } }),
  // The dot between the parts moved: `id.1` and `2.body` read like `id` and `1.2.body`.
  ({ headers, body }) => ({
    body,
    headers: {
      ...headers,
      'webhook-id': `${headers['webhook-id']}.${headers['webhook-timestamp'].slice(0, 1)}`,
      'webhook-timestamp': headers['webhook-timestamp'].slice(1),
    },
  }),
];

/** A byte that was put back where it was, or a header that is the other one's as well, is no mutation. */
const isSame = (a: Wire, b: Request): boolean =>
  Buffer.compare(a.body, b.body) === 0 && Object.keys(a.headers).length === NAMES.length && NAMES.every((name) => a.headers[name] === b.headers[name]);

export interface Fuzzed {
  readonly tried: number;
  /** Of each: what was let through, in a form that can be tried again. */
  readonly accepted: readonly string[];
  readonly thrown: readonly string[];
  readonly refusals: ReadonlyMap<string, number>;
}

/** @param seed the same seed makes the same requests */
export function fuzz(count: number, seed: number): Fuzzed {
  const draw = dice(seed);
  const accepted: string[] = [];
  const thrown: string[] = [];
  const refusals = new Map<string, number>();
  const goods = Array.from({ length: GOODS }, (_, number) => goodRequest(draw, number));
  const pick = (): Request => goods[upTo(draw, goods.length)] ?? goodRequest(draw, GOODS);
  let tried = 0;
  for (let number = 0; tried < count; number += 1) {
    const good = pick();
    const mutate = mutations[number % mutations.length] ?? mutations[0];
    const wire = mutate?.(good, draw, pick());
    if (wire === undefined || isSame(wire, good)) continue;
    tried += 1;
    try {
      const result = verify({ secrets, ...wire, now: NOW });
      if (result.ok) accepted.push(JSON.stringify([number, wire.headers, Buffer.from(wire.body).toString('hex')]));
      else refusals.set(result.refusal, (refusals.get(result.refusal) ?? 0) + 1);
      parseSignedJson(wire.body);
    } catch (error) {
      thrown.push(`${number}: ${String(error)}`);
    }
  }
  return { tried, accepted, thrown, refusals };
}

/** What a check may do to the shop: send, ask, and wait for what the shop says of an order. Everything that comes back is remembered. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parseSignedJson } from '../../../shared/retailer/signed-json.ts';
import { orderAnswersSchema, type OrderAnswers } from '../../../shared/retailer/messages.ts';
import { answerSchema } from '../../../shared/order/response.ts';
import type { TestAnswers } from '../../../shared/retailer/test-answers.ts';
import { isPrivateKey } from '../../../shared/retailer/ed25519.ts';
import { sign, signWithAll } from '../../../shared/retailer/webhook.ts';
import type { Instant, OrderId } from '../../../shared/values.ts';
import { callShop, type ShopAnswer } from './call.ts';
import { inWords } from './answer-in-words.ts';
import { words, type Words } from './expected.ts';
import { sampleOrder, sampleOrderId, type SampleArticle, type SampleOrder } from './sample-messages.ts';

export interface ShopAddress {
  /** Where messages go. */
  readonly webhookUrl: string;
  /** Orders are asked for at `<apiUrl>/orders/{orderId}`. */
  readonly apiUrl: string;
}
export interface BenchOptions extends ShopAddress {
  /** Of the direction to the shop, the newest first: secrets (`whsec_…`) for `v1`, our private keys (`whsk_…`) for `v1a`; more than one while keys are changed. */
  readonly secrets: readonly [string, ...string[]];
  /** Product time: the wall's, but for a run on this machine. */
  readonly now: () => Instant;
  readonly article?: SampleArticle;
  /** How long an answer about a test order may take to show at the shop's own door. */
  readonly answerWithinMillis?: number;
  /** What we have heard from the shop about test orders; only the operator's side can look. */
  readonly testAnswers?: () => Promise<TestAnswers>;
}

/** How a message is signed: with a secret that the shop shares, or so that our public key proves it. */
export type Scheme = 'v1' | 'v1a';
const schemeOf = (key: string): Scheme => (isPrivateKey(key) ? 'v1a' : 'v1');

export interface Headers {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  /** The header's value; empty leaves the header out. */
  readonly signature: string;
}
/** What the shop has said about an order, or why that cannot be told. */
export type Told =
  { readonly kind: 'answers'; readonly answers: OrderAnswers['answers'] } | { readonly kind: 'not'; readonly answer: ShopAnswer; readonly why: Words };

const ANSWER_WITHIN_MILLIS = 10_000;
const ASK_AGAIN_MILLIS = 100;
const OPENING: ReadonlySet<string> = new Set(['order.accepted', 'order.changed', 'order.rejected', 'order.cancelled']);

export const wallSeconds = (): number => Math.floor(Date.now() / 1_000);

export class Bench {
  readonly #options: BenchOptions;
  #shared: readonly Scheme[] = [];
  readonly #run = randomBytes(6).toString('hex');
  #orders = 0;
  /** Every answer of the run, for what is asked of all of them. */
  readonly heard: { readonly what: string; readonly answer: ShopAnswer }[] = [];
  /** Orders whose message was not to be believed. */
  readonly forged: OrderId[] = [];

  constructor(options: BenchOptions) {
    this.#options = options;
  }

  get now(): Instant {
    return this.#options.now();
  }
  /** Those for which there is a key. */
  get schemes(): readonly Scheme[] {
    return [...new Set(this.#options.secrets.map(schemeOf))].sort();
  }
  /** The one that the shop has shown to check; until then the first that there is. */
  get shared(): Scheme {
    return this.#shared[0] ?? schemeOf(this.#options.secrets[0]);
  }
  share(schemes: readonly Scheme[]): void {
    this.#shared = schemes;
  }
  /** The current one. */
  keyOf(scheme: Scheme): string {
    const key = this.#options.secrets.find((one) => schemeOf(one) === scheme);
    if (key === undefined) throw new Error(`there is no key for ${scheme}`);
    return key;
  }

  order(wish: { readonly lines?: number; readonly acceptBefore?: Instant } = {}): SampleOrder {
    this.#orders += 1;
    const { article } = this.#options;
    return sampleOrder(`${this.#run}-${this.#orders}`, this.now, { ...wish, ...(article !== undefined && { article }) });
  }

  /** As the product signs it now. */
  sealed(body: string, { id = `msg_${randomUUID()}`, timestamp = wallSeconds() }: Partial<Pick<Headers, 'id' | 'timestamp'>> = {}): Headers {
    return { id, timestamp, signature: signWithAll({ secrets: this.#options.secrets, id, timestamp, body: bytes(body) }) };
  }

  sealedWith(secrets: readonly string[], body: string): Headers {
    const [id, timestamp] = [`msg_${randomUUID()}`, wallSeconds()];
    return { id, timestamp, signature: secrets.map((secret) => sign({ secret, id, timestamp, body: bytes(body) })).join(' ') };
  }

  send = (body: string, headers: Headers = this.sealed(body)): Promise<ShopAnswer> => this.#post(body, wire(headers), false);
  sendAndGiveUp = (body: string, headers: Headers): Promise<ShopAnswer> => this.#post(body, wire(headers), true);

  /** Something that only a shop which does not check would take. @param left out of the headers */
  async forge(order: SampleOrder, headers: Headers, left?: string): Promise<ShopAnswer> {
    this.forged.push(order.orderId);
    const { [left ?? '']: _, ...sent } = wire(headers);
    return this.#post(order.body, sent, false);
  }

  /** @param isSigned as the product does */
  async ask(orderId: OrderId, isSigned = true): Promise<ShopAnswer> {
    const headers = isSigned ? wire(this.sealed('', { id: `get_${randomUUID()}` })) : {};
    const answer = await callShop({ method: 'GET', url: `${this.#options.apiUrl.replace(/\/$/, '')}/orders/${orderId}`, headers });
    this.heard.push({ what: 'GET /orders', answer });
    return answer;
  }

  /** Asks until the shop has said what becomes of the order, or the time for that is over. @param type waits for this one */
  async told(orderId: OrderId, ...types: string[]): Promise<Told> {
    const until = Date.now() + (this.#options.answerWithinMillis ?? ANSWER_WITHIN_MILLIS);
    for (;;) {
      const told = toldIn(await this.ask(orderId), orderId);
      const isThere = told.kind === 'answers' && told.answers.some(({ type }) => (types.length === 0 ? OPENING.has(type) : types.includes(type)));
      if (isThere || Date.now() >= until) return told;
      await pause(ASK_AGAIN_MILLIS);
    }
  }

  /** Looks until we have taken an answer about an order of this run, or the time for that is over. */
  async heardHere(testAnswers: () => Promise<TestAnswers>): Promise<'verified' | 'refused' | 'nothing'> {
    const until = Date.now() + (this.#options.answerWithinMillis ?? ANSWER_WITHIN_MILLIS);
    const isOfRun = (one: TestAnswers['verified']): boolean => one?.orderId.startsWith(sampleOrderId(`${this.#run}-`)) === true;
    for (;;) {
      const { verified, refused } = await testAnswers();
      if (isOfRun(verified)) return 'verified';
      if (Date.now() >= until) return isOfRun(refused) ? 'refused' : 'nothing';
      await pause(ASK_AGAIN_MILLIS);
    }
  }

  async #post(body: string, headers: Readonly<Record<string, string>>, givesUp: boolean): Promise<ShopAnswer> {
    const answer = await callShop({ method: 'POST', url: this.#options.webhookUrl, headers, body: bytes(body), givesUp });
    if (!givesUp) this.heard.push({ what: 'POST', answer });
    return answer;
  }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function wire({ id, timestamp, signature }: Headers): Record<string, string> {
  return {
    ...{ 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(timestamp) },
    ...(signature !== '' && { 'webhook-signature': signature }),
  };
}

/** Read as the product reads it: what it would not understand is no answer. */
export function toldIn(answer: ShopAnswer, orderId: OrderId): Told {
  const not = (en: string, de: string): Told => ({ kind: 'not', answer, why: words(en, de) });
  if (answer.kind === 'silent') return { kind: 'not', answer, why: inWords(answer) };
  if (answer.status !== 200) return not(`GET answered ${answer.status}`, `GET antwortete ${answer.status}`);
  const json = parseSignedJson(bytes(answer.body));
  const parsed = json.ok ? orderAnswersSchema.safeParse(json.value) : undefined;
  if (parsed?.success !== true) {
    const issue = issueIn(parsed?.error.issues[0]) ?? 'no JSON';
    return not(`GET answered 200 with a body that we cannot read: ${issue}`, `GET antwortete 200 mit einem Inhalt, den wir nicht lesen können: ${issue}`);
  }
  if (parsed.data.orderId !== orderId) return not(`GET answered about ${parsed.data.orderId}`, `GET antwortete über ${parsed.data.orderId}`);
  for (const { type, timestamp, data } of parsed.data.answers) {
    const one = answerSchema.safeParse({ type, timestamp, data });
    if (one.success) continue;
    const issue = issueIn(one.error.issues[0]) ?? '';
    return not(`GET names an answer ${type} that we cannot read: ${issue}`, `GET nennt eine Antwort ${type}, die wir nicht lesen können: ${issue}`);
  }
  return { kind: 'answers', answers: parsed.data.answers.map((one) => ({ ...one, type: inOneWord(one) })) };
}

/** An answer line by line says of the whole order what `order.accepted` or `order.rejected` would. */
const inOneWord = ({ type, data }: OrderAnswers['answers'][number]): string =>
  type === 'order.responded' ? (data['response'] === 'rejected' ? 'order.rejected' : 'order.accepted') : type;

const issueIn = (issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string | undefined =>
  issue && `${issue.path.map(String).join('.')} ${issue.message}`.trim().slice(0, 160);

/** The few doors of the HTTP API that a member's phone knocks on. */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { instantSchema, orderIdSchema, type ApprovalId, type HouseholdId, type Instant, type OrderId } from '../shared/values.ts';
import { backoff } from './backoff.ts';
import { drawsOf, type Draw } from './random.ts';

const orderSchema = z.looseObject({ orderId: orderIdSchema, status: z.string(), quote: z.looseObject({ hash: z.string() }) });
export type OrderRead = z.infer<typeof orderSchema>;
/** The API shows an order beside what may be done about it. */
const viewSchema = z.looseObject({ order: orderSchema });

/** A shop's question whether something else may come. */
const questionSchema = z.looseObject({ questionId: z.string(), hash: z.string(), needsOrderButton: z.boolean(), answer: z.unknown().optional() });
export type Question = z.infer<typeof questionSchema>;

const promiseSchema = z.looseObject({ order: z.looseObject({ progress: z.looseObject({ deliveryAt: instantSchema.optional() }).optional() }) });
const askedSchema = z.looseObject({ surveyId: z.string(), kind: z.enum(['nps', 'csat', 'ces']) });
type Asked = z.infer<typeof askedSchema>;

export const evidenceSchema = z.object({ wordingVersion: z.string(), language: z.enum(['de', 'en']), buttonText: z.string() });
/** What stood on the button that was pressed; a yes without it is none. */
export type Evidence = z.infer<typeof evidenceSchema>;
/** The app's own button. */
export const appButtons: Record<Evidence['language'], Evidence> = {
  de: { wordingVersion: '2026-03', language: 'de', buttonText: 'zahlungspflichtig bestellen' },
  en: { wordingVersion: '2026-03', language: 'en', buttonText: 'order with obligation to pay' },
};

/** `away`: no answer worth believing came, try later. Anything else was the API's answer, and `content` is what it said. */
export type Reply<Content> = { readonly away: true } | { readonly away: false; readonly status: number; readonly content?: Content };
/** `screen`: where the person stood before it, when it was not the app. */
export type Said = { readonly screen?: 'tv' } & (
  | { readonly answer: 'approve'; readonly approvalId: ApprovalId; readonly quoteHash: string; readonly evidence: Evidence }
  | { readonly answer: 'decline'; readonly reason: string }
);

const TRIES = 4;
const REPLY_LIMIT_MILLIS = 10_000;
const FIRST_PAUSE_MILLIS = 200;
const LONGEST_PAUSE_MILLIS = 2_000;
/** 401: the token on disk is being renewed; 408, 429 and everything from 500 up: not now. */
const isPassing = (status: number): boolean => status >= 500 || [401, 408, 429].includes(status);

export class HouseholdApi {
  readonly #base: string;
  readonly #tokenFile: string;
  readonly #draw: Draw;

  constructor(apiUrl: string, householdId: HouseholdId, { tokenFile, memberId }: { tokenFile: string; memberId: string }) {
    this.#base = `${apiUrl.replace(/\/$/, '')}/households/${householdId}`;
    this.#tokenFile = tokenFile;
    this.#draw = drawsOf(memberId, 'http');
  }

  awaitingApproval(): Promise<Reply<OrderRead[]>> {
    return this.#ask('/orders?status=awaiting-approval', {}, (body) =>
      z
        .looseObject({ orders: z.array(viewSchema) })
        .parse(body)
        .orders.map(({ order }) => order),
    );
  }

  order(orderId: OrderId): Promise<Reply<OrderRead>> {
    return this.#ask(`/orders/${orderId}`, {}, (body) => viewSchema.parse(body).order);
  }

  answer(orderId: OrderId, { answer, ...content }: Said): Promise<Reply<undefined>> {
    return this.#ask(`/orders/${orderId}/${answer}`, { method: 'POST', body: JSON.stringify(content) }, () => undefined);
  }

  questions(orderId: OrderId): Promise<Reply<Question[]>> {
    return this.#ask(`/orders/${orderId}/timeline`, {}, (body) => z.looseObject({ questions: z.array(questionSchema) }).parse(body).questions);
  }

  answerSubstitution(orderId: OrderId, questionId: string, content: object): Promise<Reply<undefined>> {
    return this.#ask(`/orders/${orderId}/substitutions/${questionId}`, { method: 'POST', body: JSON.stringify(content) }, () => undefined);
  }

  /** By which moment the shop promised to come, if it did. */
  async promisedAt(orderId: string): Promise<Instant | undefined> {
    const reply = await this.#ask(`/orders/${orderId}`, {}, (body) => promiseSchema.parse(body).order.progress?.deliveryAt);
    return reply.away ? undefined : reply.content;
  }

  /** The one question how it went that waits, if any does. */
  survey(): Promise<Reply<Asked | undefined>> {
    return this.#ask('/survey', {}, (body) => z.looseObject({ survey: askedSchema.optional() }).parse(body).survey);
  }

  answerSurvey(surveyId: string, content: object): Promise<Reply<undefined>> {
    return this.#ask(`/surveys/${surveyId}`, { method: 'POST', body: JSON.stringify(content) }, () => undefined);
  }

  openCase(caseId: string, content: object): Promise<Reply<undefined>> {
    return this.#ask(`/cases/${caseId}`, { method: 'PUT', body: JSON.stringify(content) }, () => undefined);
  }

  solveCase(caseId: string): Promise<Reply<undefined>> {
    return this.#ask(`/cases/${caseId}/solve`, { method: 'POST', body: '{}' }, () => undefined);
  }

  /** Lets somebody in who can sign in already, or will be able to. */
  invite(content: object): Promise<Reply<undefined>> {
    return this.#ask('/invitations', { method: 'POST', body: JSON.stringify(content) }, () => undefined);
  }

  /** As whoever asks. */
  leave(memberId: string): Promise<Reply<undefined>> {
    return this.#ask(`/members/${memberId}`, { method: 'DELETE' }, () => undefined);
  }

  /** A few tries on wall time, with growing pauses; then the caller tries again later on product time. */
  async #ask<Content>(path: string, request: { method?: string; body?: string }, read: (body: unknown) => Content): Promise<Reply<Content>> {
    const pauses = backoff(this.#draw, { firstMillis: FIRST_PAUSE_MILLIS, mostMillis: LONGEST_PAUSE_MILLIS });
    for (let tries = 1; ; tries += 1) {
      const reply = await this.#askOnce(path, request, read).catch((): Reply<Content> => ({ away: true }));
      if (!reply.away || tries === TRIES) return reply;
      await pause(pauses.next());
    }
  }

  async #askOnce<Content>(path: string, request: { method?: string; body?: string }, read: (body: unknown) => Content): Promise<Reply<Content>> {
    const response = await fetch(`${this.#base}${path}`, {
      ...request,
      headers: { authorization: `Bearer ${await tokenIn(this.#tokenFile)}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(REPLY_LIMIT_MILLIS),
    });
    const text = await response.text();
    if (isPassing(response.status)) return { away: true };
    const { status } = response;
    return response.ok ? { away: false, status, content: read(text === '' ? undefined : JSON.parse(text)) } : { away: false, status };
  }
}

/** Read each time: tokens are renewed on disk. */
export const tokenIn = async (tokenFile: string): Promise<string> => (await readFile(tokenFile, 'utf8')).trim();

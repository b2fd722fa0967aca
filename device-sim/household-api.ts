/** The few doors of the HTTP API that a member's phone knocks on. */
import { z } from 'zod';
import { instantSchema, orderIdSchema, type ApprovalId, type HouseholdId, type Instant, type OrderId } from '../shared/values.ts';
import { asker, type Ask, type Reply } from './ask-api.ts';

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
const consentsSchema = z.looseObject({ purposes: z.array(z.looseObject({ purpose: z.string(), standing: z.string(), wordingVersion: z.string() })) });
const outreachSchema = z.looseObject({ mail: z.looseObject({ wordingVersion: z.string() }).optional() });
const mandatesSchema = z.looseObject({ mandates: z.array(z.looseObject({ mandateId: z.string() })) });

export const evidenceSchema = z.object({ wordingVersion: z.string(), language: z.enum(['de', 'en']), buttonText: z.string() });
/** What stood on the button that was pressed; a yes without it is none. */
export type Evidence = z.infer<typeof evidenceSchema>;
/** The app's own button. */
export const appButtons: Record<Evidence['language'], Evidence> = {
  de: { wordingVersion: '2026-03', language: 'de', buttonText: 'zahlungspflichtig bestellen' },
  en: { wordingVersion: '2026-03', language: 'en', buttonText: 'order with obligation to pay' },
};

/** `screen`: where the person stood before it, when it was not the app. */
export type Said = { readonly screen?: 'tv' } & (
  | { readonly answer: 'approve'; readonly approvalId: ApprovalId; readonly quoteHash: string; readonly evidence: Evidence }
  | { readonly answer: 'decline'; readonly reason: string }
);

export class HouseholdApi {
  readonly #ask: Ask;

  constructor(apiUrl: string, householdId: HouseholdId, { tokenFile, memberId }: { tokenFile: string; memberId: string }) {
    this.#ask = asker(`${apiUrl.replace(/\/$/, '')}/households/${householdId}`, { tokenFile, who: memberId });
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

  /** What was asked about the use of data, and in which version of the words. */
  consents(): Promise<Reply<z.infer<typeof consentsSchema>['purposes']>> {
    return this.#ask('/consents', {}, (body) => consentsSchema.parse(body).purposes);
  }

  answerConsent(answer: 'give' | 'withdraw', content: object): Promise<Reply<undefined>> {
    return this.#ask(`/consents/${answer}`, { method: 'POST', body: JSON.stringify(content) }, () => undefined);
  }

  /** Which text somebody says yes to who wants e-mails; none where none are sent. */
  mailWording(): Promise<Reply<string | undefined>> {
    return this.#ask('/outreach', {}, (body) => outreachSchema.parse(body).mail?.wordingVersion);
  }

  /** What they want to hear, and where. */
  changeOutreach(content: object): Promise<Reply<undefined>> {
    return this.#ask('/outreach', { method: 'POST', body: JSON.stringify(content) }, () => undefined);
  }

  caseStatus(caseId: string): Promise<Reply<string>> {
    return this.#ask(`/cases/${caseId}`, {}, (body) => z.looseObject({ status: z.string() }).parse(body).status);
  }

  writeInCase(caseId: string, content: object): Promise<Reply<undefined>> {
    return this.#ask(`/cases/${caseId}/messages`, { method: 'POST', body: JSON.stringify(content) }, () => undefined);
  }

  removeDevice(thing: string): Promise<Reply<undefined>> {
    return this.#ask(`/devices/${thing}`, { method: 'DELETE' }, () => undefined);
  }

  /** With the code that stands on the thing. */
  pairDevice(content: object): Promise<Reply<undefined>> {
    return this.#ask('/devices', { method: 'POST', body: JSON.stringify(content) }, () => undefined);
  }

  linkSlot(thing: string, slot: string, content: object): Promise<Reply<undefined>> {
    return this.#ask(`/devices/${thing}/slots/${slot}`, { method: 'PUT', body: JSON.stringify(content) }, () => undefined);
  }

  mandates(): Promise<Reply<string[]>> {
    return this.#ask('/mandates', {}, (body) => mandatesSchema.parse(body).mandates.map(({ mandateId }) => mandateId));
  }

  endMandate(mandateId: string): Promise<Reply<undefined>> {
    return this.#ask(`/mandates/${mandateId}`, { method: 'DELETE' }, () => undefined);
  }
}

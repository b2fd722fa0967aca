/** A member's answers over the same HTTP API that an app would use. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { orderSchema } from '../../../../shared/order/order-state.ts';
import { askedBecause, askedInWords } from '../../../../shared/order/asked-because.ts';
import { decisionRecordSchema } from '../../../../shared/order/record.ts';
import { inWords } from '../../../../shared/order/record-in-words.ts';
import { WORDING_VERSION, orderButtonTexts } from '../../../../shared/order/order-button.ts';

export interface AskedOrder {
  readonly householdId: string;
  readonly orderId: string;
  readonly quoteHash: string;
}

export const [ORDER_BUTTON] = orderButtonTexts.en;
const problemSchema = z.object({ detail: z.string().optional(), title: z.string().optional() });
const viewSchema = z.object({ order: orderSchema, record: decisionRecordSchema });

export class Answers {
  readonly #apiUrl: string;
  readonly #tokenFileOf: (householdId: string) => string | undefined;

  constructor(apiUrl: string, tokenFileOf: (householdId: string) => string | undefined) {
    this.#apiUrl = apiUrl;
    this.#tokenFileOf = tokenFileOf;
  }

  /** The same id for the same order, so that pressing twice is one approval. */
  async approve(order: AskedOrder): Promise<void> {
    const approvalId = `apr_${createHash('sha256').update(order.orderId).digest('hex').slice(0, 24)}`;
    const evidence = { wordingVersion: WORDING_VERSION, language: 'en', buttonText: ORDER_BUTTON };
    await this.#call(order, 'POST', '/approve', { approvalId, quoteHash: order.quoteHash, evidence });
  }

  async decline(order: AskedOrder): Promise<void> {
    await this.#call(order, 'POST', '/decline', { reason: 'not now' });
  }

  async why(order: Pick<AskedOrder, 'householdId' | 'orderId'>): Promise<string[]> {
    const view = viewSchema.parse(await this.#call(order, 'GET', ''));
    const because = askedBecause(view.record, view.order.quote);
    return [...inWords(view.record, view.order), ...(because ? [askedInWords(because)] : [])];
  }

  /** @throws Error with the sentence that the API gives a person */
  async #call({ householdId, orderId }: Pick<AskedOrder, 'householdId' | 'orderId'>, method: 'GET' | 'POST', action: string, body?: object): Promise<unknown> {
    const tokenFile = this.#tokenFileOf(householdId);
    if (tokenFile === undefined) throw new Error(`nobody of ${householdId} is signed in here`);
    const response = await fetch(`${this.#apiUrl}/households/${householdId}/orders/${orderId}${action}`, {
      method,
      headers: { authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    const problem = problemSchema.safeParse(JSON.parse(text));
    throw new Error(problem.data?.detail ?? problem.data?.title ?? `the API answered ${response.status}`);
  }
}

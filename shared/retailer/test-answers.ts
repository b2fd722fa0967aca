/**
 * Whether a shop signs what it says so that we take it. Its answers about test orders are kept nowhere, but that one of them came is: a conformance
 * run of the operator's side asks for it, since a shop whose every answer we refuse would otherwise look as if it did all it should.
 */
import { ignored, instantOf, type Instant, type OrderId, type Outcome } from '../values.ts';
import type { Retailer } from './retailer.ts';
import { TEST_ORDER_PREFIX } from './test-orders.ts';

export type TestAnswers = NonNullable<Retailer['testAnswers']>;

/** Anybody may send what is refused: it costs one write in so long, however much comes. */
const REFUSED_APART_MILLIS = 1_000;
/** Without the number of the order in its run. */
const runOf = (orderId: OrderId): string => orderId.replace(/-\d+$/, '');

/** Noted once a run. @param now product time */
export function noteTestAnswer(retailer: Retailer, orderId: OrderId, signature: keyof TestAnswers, now: Instant): Outcome<Retailer, never> {
  const last = retailer.testAnswers?.[signature];
  if (last !== undefined && runOf(last.orderId) === runOf(orderId)) return ignored('known');
  if (signature === 'refused' && last !== undefined && now < instantOf(Date.parse(last.at) + REFUSED_APART_MILLIS)) return ignored('too-many');
  return { kind: 'changed', state: { ...retailer, testAnswers: { ...retailer.testAnswers, [signature]: { orderId, at: now } } }, events: [] };
}

const NAMED = new RegExp(`"orderId"\\s*:\\s*"(${TEST_ORDER_PREFIX}[a-z0-9-]{1,40})"`);

/** Which test order a body names of which nothing else is to be believed; undefined for none. */
export const testOrderNamedIn = (body: Uint8Array): string | undefined => NAMED.exec(new TextDecoder().decode(body))?.[1];

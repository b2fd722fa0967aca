/** Messages and their answers as lines for a terminal. */
import type { Delivery } from '../../../shared/retailer/delivery.ts';
import type { ShopAnswer } from '../conformance/call.ts';
import type { Sent } from './exchange.ts';

const BODY_SHOWN = 600;

const answerInWords = (answer: ShopAnswer): string =>
  answer.kind === 'silent' ? answer.reason : `${answer.status} after ${answer.millis} ms${answer.body === '' ? '' : `: ${answer.body.slice(0, BODY_SHOWN)}`}`;

export const sentInWords = ({ orderId, exchanges, told }: Sent): string =>
  [
    orderId,
    ...exchanges.flatMap(({ id, type, body, timestamp, signature, answer }) => [
      `→ ${type}  ${id}`,
      `    webhook-timestamp: ${timestamp}`,
      `    webhook-signature: ${signature}`,
      `    ${body.slice(0, BODY_SHOWN)}`,
      `  ← ${answerInWords(answer)}`,
    ]),
    `→ GET /orders/${orderId}`,
    `  ← ${answerInWords(told)}`,
  ].join('\n');

export const deliveryInWords = ({ messageId, type, orderId, status, createdAt, body, attempts, sample }: Delivery): string =>
  [
    `${messageId}  ${type}  ${orderId}  ${status}${sample === true ? '  sample' : ''}`,
    `  made ${createdAt}`,
    `  ${body.slice(0, BODY_SHOWN)}`,
    ...attempts.map(({ at, outcome, httpStatus, detail, exchange }) =>
      [`  ${at}  ${outcome}`, httpStatus, exchange && `${exchange.millis} ms`, detail, exchange?.answer?.slice(0, BODY_SHOWN)].filter(Boolean).join('  '),
    ),
  ].join('\n');

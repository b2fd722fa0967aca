/** Messages and their answers as lines for a terminal. */
import type { Delivery } from '../../../shared/retailer/delivery.ts';
import type { ShopAnswer } from '../conformance/call.ts';
import type { Sent } from './exchange.ts';
import { AS_IT_SHOULD_BE, verdictOn } from './verdict.ts';

const answerInWords = (answer: ShopAnswer): string =>
  answer.kind === 'silent' ? answer.reason : `${answer.status} after ${answer.millis} ms${answer.body === '' ? '' : `: ${answer.body}`}`;

export const sentInWords = ({ sample, orderId, exchanges, told }: Sent): string =>
  [
    orderId,
    ...exchanges.flatMap(({ id, type, body, timestamp, signature, answer }) => [
      `→ ${type}`,
      `    webhook-id: ${id}`,
      `    webhook-timestamp: ${timestamp}`,
      `    webhook-signature: ${signature}`,
      `    ${body}`,
      `  ← ${answerInWords(answer)}`,
    ]),
    `→ GET /orders/${orderId}`,
    `  ← ${answerInWords(told)}`,
    verdictOn({ sample, exchanges, told }),
  ].join('\n');

/** That a forged sample was not delivered is no failure. */
const standingOf = ({ status, attempts, sample }: Delivery): string =>
  sample === true && attempts.length > 0 && attempts.every(({ detail }) => detail === AS_IT_SHOULD_BE) ? AS_IT_SHOULD_BE : status;

export const deliveryInWords = (delivery: Delivery): string => {
  const { messageId, type, orderId, createdAt, body, attempts, sample } = delivery;
  return [
    `${messageId}  ${type}  ${orderId}  ${standingOf(delivery)}${sample === true ? '  sample' : ''}`,
    `  made ${createdAt}`,
    `  ${body}`,
    ...attempts.map(({ at, outcome, httpStatus, detail, exchange }) =>
      [`  ${at}  ${detail === AS_IT_SHOULD_BE ? 'refused' : outcome}`, httpStatus, exchange && `${exchange.millis} ms`, detail, exchange?.answer]
        .filter(Boolean)
        .join('  '),
    ),
  ].join('\n');
};

/** `GET <apiUrl>/orders/{orderId}`: how an order is found that nobody heard of any more. */
import { randomBytes } from 'node:crypto';
import type { Bench } from '../bench.ts';
import { failed, inWords, isTaken, passed, type Check, type Outcome } from '../check.ts';
import { sampleOrderId } from '../sample-messages.ts';
import { countedOnce } from './once.ts';

async function known(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  const answer = await bench.send(order.body);
  if (!isTaken(answer)) return failed(`the order itself: ${inWords(answer)}`, 'Mend what the first finding says.');
  const told = await bench.told(order.orderId);
  const charged = told.kind === 'answers' ? told.answers.flatMap(({ data }) => (typeof data['totalMinor'] === 'number' ? [data['totalMinor']] : [])) : [];
  if (charged.some((minor) => minor > order.totalMinor))
    return failed(
      `the order was delivered for ${Math.max(...charged)} cents`,
      `Charge ${order.totalMinor} cents or less: nothing above totalMinor is ever paid.`,
    );
  return countedOnce(told);
}

async function unknown(bench: Bench): Promise<Outcome> {
  const answer = await bench.ask(sampleOrderId(`never-${randomBytes(6).toString('hex')}`));
  return answer.kind === 'answered' && answer.status === 404
    ? passed(inWords(answer))
    : failed(inWords(answer), 'Answer 404 for an order that never reached you: its needs are then ordered elsewhere, and otherwise never.');
}

async function unsigned(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  await bench.send(order.body);
  const answer = await bench.ask(order.orderId, false);
  return answer.kind === 'answered' && answer.status === 200
    ? failed(inWords(answer), 'Verify the question like a message, over an empty body: who asks without a signature must not learn what somebody bought.')
    : passed(inWords(answer));
}

export const byIdChecks: readonly Check[] = [
  { check: 'order-by-id', expected: '200 with every answer so far when we ask for an order that you took, and nothing above its price', run: known },
  { check: 'unknown-order', expected: '404 when we ask for an order that you never got', run: unknown },
  { check: 'unsigned-question', expected: 'no order told to somebody who asks without a signature', run: unsigned },
];

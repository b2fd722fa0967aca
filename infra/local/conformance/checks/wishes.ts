/** What else may come about an order, also before it or after its time. */
import { randomBytes } from 'node:crypto';
import { addDuration, duration } from '../../../../shared/values.ts';
import type { Bench } from '../bench.ts';
import { failed, inWords, isRefused, isTaken, mend, passed, type Check, type Outcome } from '../check.ts';
import { sampleCancel, sampleOrderId, sampleSubstitutionAnswer, sampleWithdrawal } from '../sample-messages.ts';

const YESTERDAY = duration(-24, 'hours');

async function cancel(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  await bench.send(order.body);
  const before = await bench.told(order.orderId);
  if (before.kind === 'answers' && before.answers.some(({ type }) => type === 'order.rejected'))
    return passed('the order was rejected at once, so there was nothing to cancel');
  const answer = await bench.send(sampleCancel(order.orderId, bench.now));
  if (!isTaken(answer)) return failed(inWords(answer), mend(answer));
  const told = await bench.told(order.orderId, 'order.cancelled', 'order.cancel-refused');
  const said = told.kind === 'answers' ? told.answers.find(({ type }) => type === 'order.cancelled' || type === 'order.cancel-refused') : undefined;
  return said === undefined
    ? failed(
        `answered 2xx, and then nothing about it`,
        'Say order.cancelled if you still can, else order.cancel-refused: until then the household cannot buy elsewhere.',
      )
    : passed(`answered ${said.type}`);
}

async function cancelFirst(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  const first = await bench.send(sampleCancel(order.orderId, bench.now));
  if (!isTaken(first))
    return failed(`the cancel: ${inWords(first)}`, 'Answer 2xx to the cancel of an order that you do not know, and keep its id as a tombstone.');
  const second = await bench.send(order.body);
  // A no that is final serves as well.
  if (isRefused(second)) return passed(`the order, when it came: ${inWords(second)}`);
  if (!isTaken(second)) return failed(`the order, when it came: ${inWords(second)}`, mend(second));
  const told = await bench.told(order.orderId);
  if (told.kind === 'not')
    return failed(`the order, when it came: 2xx, then ${told.why}`, 'Take the order and answer it with order.cancelled, so that GET tells what became of it.');
  const types = told.answers.map(({ type }) => type);
  const isOver = types.some((type) => type === 'order.cancelled' || type === 'order.rejected') && !types.includes('order.accepted');
  return isOver
    ? passed(`answered ${types.join(', ')}`)
    : failed(
        `the order, when it came: ${types.join(', ') || 'not answered'}`,
        'Keep a tombstone for the cancel, and answer the order with order.cancelled when it comes: it has been bought elsewhere.',
      );
}

async function aboutUnknown(bench: Bench): Promise<Outcome> {
  const orderId = sampleOrderId(`never-${randomBytes(6).toString('hex')}`);
  for (const body of [sampleSubstitutionAnswer(orderId, bench.now), sampleWithdrawal(orderId, bench.now)]) {
    const answer = await bench.send(body);
    if (!isTaken(answer))
      return failed(inWords(answer), 'Answer 2xx to every message of ours that is signed, also about an order that you do not know: else it comes ten times.');
  }
  return passed('answered 2xx to an answer and to a withdrawal');
}

/** After a 404 past the end the order is bought elsewhere: a copy that arrives then must not become a second one. */
async function tooLate(bench: Bench): Promise<Outcome> {
  const order = bench.order({ acceptBefore: addDuration(bench.now, YESTERDAY) });
  await bench.ask(order.orderId);
  const answer = await bench.send(order.body);
  if (isRefused(answer)) return passed(inWords(answer));
  if (!isTaken(answer)) return failed(inWords(answer), mend(answer));
  const told = await bench.told(order.orderId);
  const types = told.kind === 'answers' ? told.answers.map(({ type }) => type) : [];
  return types.length > 0 && types.every((type) => type === 'order.rejected' || type === 'order.cancelled')
    ? passed(`answered ${types.join(', ')}`)
    : failed(
        `${inWords(answer)}${types.length > 0 ? `, then ${types.join(', ')}` : ''}`,
        'Refuse an order after its acceptBefore (422), or answer it with order.rejected: by then another shop may have it.',
      );
}

export const wishChecks: readonly Check[] = [
  { check: 'cancel', expected: '2xx to a cancel, then order.cancelled or order.cancel-refused', run: cancel },
  { check: 'cancel-before-order', expected: '2xx to the cancel of an order that has not come, and order.cancelled when it comes', run: cancelFirst },
  { check: 'message-about-unknown-order', expected: '2xx to the other messages about an order that you do not know', run: aboutUnknown },
  { check: 'too-late', expected: 'a no to an order whose acceptBefore is over', run: tooLate },
];

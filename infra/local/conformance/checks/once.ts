/** Messages come twice, at the same instant, and again after we gave up on an answer: each has its effect once. */
import { type Bench, type Told } from '../bench.ts';
import { failed, inWords, isTaken, passed, type Check, type Outcome } from '../check.ts';
import type { SampleOrder } from '../sample-messages.ts';

const COPIES = 5;
const ONCE = 'Keep the webhook-id with the order, in the same transaction and under a unique index, and answer a repeat as you answered the first.';
/** After the first of these an order is under way, or over. */
const OPENING: ReadonlySet<string> = new Set(['order.accepted', 'order.rejected']);

/** Two orders in place of one show in what is said: both are accepted, or a number of the count is used twice. */
export function countedOnce(told: Told): Outcome {
  if (told.kind === 'not') return failed(told.why, 'Answer GET <apiUrl>/orders/{orderId} with 200 and everything that you have said about the order.');
  const { answers } = told;
  if (answers.length === 0)
    return failed(
      'GET knows the order, and nothing was said about it for ten seconds',
      'Answer test orders (account «conformance») at once: their answers show whether they were taken once.',
    );
  const opened = answers.filter(({ type }) => OPENING.has(type));
  const sequences = new Set(answers.map(({ data }) => data['sequence']));
  if (opened.length > 1) return failed(`the order was answered ${opened.length} times: ${opened.map(({ type }) => type).join(', ')}`, ONCE);
  if (sequences.size < answers.length) return failed('two answers bear the same sequence', `Count the answers of an order from 1. ${ONCE}`);
  return passed(`taken once, and answered ${answers.map(({ type }) => type).join(', ')}`);
}

async function twice(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  const { id } = bench.sealed(order.body);
  const first = await bench.send(order.body, bench.sealed(order.body, { id }));
  if (!isTaken(first)) return failed(inWords(first), 'Mend what the first finding says.');
  return again(bench, order, id);
}

async function atOnce(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  const { id } = bench.sealed(order.body);
  const answers = await Promise.all(Array.from({ length: COPIES }, () => bench.send(order.body, bench.sealed(order.body, { id }))));
  // A copy that is told to come again is no harm; that all are would be.
  if (!answers.some(isTaken)) return failed(answers.map(inWords).join('; '), 'Let one of several copies win, and answer 2xx to it.');
  return again(bench, order, id);
}

async function afterGivingUp(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  const { id } = bench.sealed(order.body);
  await bench.sendAndGiveUp(order.body, bench.sealed(order.body, { id }));
  return again(bench, order, id);
}

async function again(bench: Bench, order: SampleOrder, id: string): Promise<Outcome> {
  const repeat = await bench.send(order.body, bench.sealed(order.body, { id }));
  if (!isTaken(repeat)) return failed(`the repeat: ${inWords(repeat)}`, `Answer 2xx to a message that you have: else it comes ten times. ${ONCE}`);
  const told = await bench.told(order.orderId);
  if (told.kind === 'not' && told.answer.kind === 'answered' && told.answer.status === 404)
    return failed(
      '2xx, but GET does not know the order: it is lost',
      'Store the order before you note its webhook-id as done, in one transaction; who hangs up while you work must not undo it.',
    );
  return countedOnce(told);
}

export const onceChecks: readonly Check[] = [
  { check: 'same-message-twice', expected: '2xx to a message that comes again, and one order', run: twice },
  { check: 'same-message-at-once', expected: `2xx to one of ${COPIES} copies that come at the same instant, and one order`, run: atOnce },
  { check: 'given-up-after-commit', expected: 'one order, after we hung up before your answer and sent the message again', run: afterGivingUp },
];

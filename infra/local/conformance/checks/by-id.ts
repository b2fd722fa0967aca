/** `GET <apiUrl>/orders/{orderId}`: how an order is found that nobody heard of any more. */
import { randomBytes } from 'node:crypto';
import { advice } from '../advice.ts';
import type { Bench } from '../bench.ts';
import { inWords } from '../answer-in-words.ts';
import { about, failed, isTaken, passed, type Check, type Outcome } from '../check.ts';
import { words } from '../expected.ts';
import { sampleOrderId } from '../sample-messages.ts';
import { countedOnce } from './once.ts';

async function known(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  const answer = await bench.send(order.body);
  if (!isTaken(answer)) return failed(about('the order itself', 'die Bestellung selbst', inWords(answer)), advice.first);
  const told = await bench.told(order.orderId);
  const charged = told.kind === 'answers' ? told.answers.flatMap(({ data }) => (typeof data['totalMinor'] === 'number' ? [data['totalMinor']] : [])) : [];
  if (charged.some((minor) => minor > order.totalMinor))
    return failed(
      words(`the order was delivered for ${Math.max(...charged)} cents`, `die Bestellung wurde für ${Math.max(...charged)} Cent geliefert`),
      advice.charge(order.totalMinor),
    );
  return countedOnce(told);
}

async function unknown(bench: Bench): Promise<Outcome> {
  const answer = await bench.ask(sampleOrderId(`never-${randomBytes(6).toString('hex')}`));
  return answer.kind === 'answered' && answer.status === 404 ? passed(inWords(answer)) : failed(inWords(answer), advice.answer404);
}

async function unsigned(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  await bench.send(order.body);
  const answer = await bench.ask(order.orderId, false);
  return answer.kind === 'answered' && answer.status === 200 ? failed(inWords(answer), advice.verifyQuestion) : passed(inWords(answer));
}

export const byIdChecks: readonly Check[] = [
  { check: 'order-by-id', run: known },
  { check: 'unknown-order', run: unknown },
  { check: 'unsigned-question', run: unsigned },
];

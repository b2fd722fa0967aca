/** Messages come twice, at the same instant, and again after we gave up on an answer: each has its effect once. */
import { advice } from '../advice.ts';
import { toldIn, type Bench, type Told } from '../bench.ts';
import { inWords } from '../answer-in-words.ts';
import { about, allOf, failed, isTaken, passed, type Check, type Outcome } from '../check.ts';
import { COPIES, words } from '../expected.ts';
import type { SampleOrder } from '../sample-messages.ts';

/** After the first of these an order is under way, or over. */
const OPENING: ReadonlySet<string> = new Set(['order.accepted', 'order.rejected']);

/** Two orders in place of one show in what is said: both are accepted, or a number of the count is used twice. */
export function countedOnce(told: Told): Outcome {
  if (told.kind === 'not') return failed(told.why, advice.answerGet);
  const { answers } = told;
  if (answers.length === 0)
    return failed(
      words('GET knows the order, and nothing was said about it for ten seconds', 'GET kennt die Bestellung, und zehn Sekunden lang kam nichts dazu'),
      advice.answerTests,
    );
  const opened = answers.filter(({ type }) => OPENING.has(type));
  const sequences = new Set(answers.map(({ data }) => data['sequence']));
  const types = (some: typeof answers): string => some.map(({ type }) => type).join(', ');
  if (opened.length > 1)
    return failed(
      words(`the order was answered ${opened.length} times: ${types(opened)}`, `die Bestellung wurde ${opened.length}-mal beantwortet: ${types(opened)}`),
      advice.once,
    );
  if (sequences.size < answers.length)
    return failed(words('two answers bear the same sequence', 'zwei Antworten tragen dieselbe sequence'), advice.countAnswers);
  return passed(words(`taken once, and answered ${types(answers)}`, `einmal angenommen, beantwortet mit ${types(answers)}`));
}

/** What was said of the order before its message came again stays said: a shop that begins the order anew forgets it, and shows one answer all the same. */
export function saidOnce(before: Told, after: Told): Outcome {
  if (after.kind === 'not' && after.answer.kind === 'answered' && after.answer.status === 404)
    return failed(
      words('2xx, but GET does not know the order: it is lost', '2xx, aber GET kennt die Bestellung nicht: Sie ist verloren'),
      advice.orderBeforeId,
    );
  const counted = countedOnce(after);
  if (!counted.passed || before.kind === 'not' || after.kind === 'not') return counted;
  const ids = new Set(after.answers.map(({ messageId }) => messageId));
  const gone = before.answers.filter(({ messageId }) => !ids.has(messageId)).map(({ messageId }) => messageId);
  if (gone.length === 0) return counted;
  const [was, is] = [gone.join(', '), [...ids].join(', ')];
  return failed(words(`GET told ${was} before the repeat, and ${is} after it`, `GET nannte vor der Wiederholung ${was} und danach ${is}`), advice.keepAnswers);
}

async function twice(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  const { id } = bench.sealed(order.body);
  const first = await bench.send(order.body, bench.sealed(order.body, { id }));
  if (!isTaken(first)) return failed(inWords(first), advice.first);
  return again(bench, order, id, await bench.told(order.orderId));
}

async function atOnce(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  const { id } = bench.sealed(order.body);
  const answers = await Promise.all(Array.from({ length: COPIES }, () => bench.send(order.body, bench.sealed(order.body, { id }))));
  // A copy that is told to come again is no harm; that all are would be.
  if (!answers.some(isTaken)) return failed(allOf(answers.map(inWords)), advice.oneWins);
  return again(bench, order, id, await bench.told(order.orderId));
}

async function afterGivingUp(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  const { id } = bench.sealed(order.body);
  await bench.sendAndGiveUp(order.body, bench.sealed(order.body, { id }));
  // Asked once and not waited for: who was hung up on may rightly know of no order yet.
  return again(bench, order, id, toldIn(await bench.ask(order.orderId), order.orderId));
}

async function again(bench: Bench, order: SampleOrder, id: string, before: Told): Promise<Outcome> {
  const repeat = await bench.send(order.body, bench.sealed(order.body, { id }));
  if (!isTaken(repeat)) return failed(about('the repeat', 'die Wiederholung', inWords(repeat)), advice.takeRepeats);
  return saidOnce(before, await bench.told(order.orderId));
}

export const onceChecks: readonly Check[] = [
  { check: 'same-message-twice', run: twice },
  { check: 'same-message-at-once', run: atOnce },
  { check: 'given-up-after-commit', run: afterGivingUp },
];

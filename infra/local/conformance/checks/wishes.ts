/** What else may come about an order, also before it or after its time. */
import { randomBytes } from 'node:crypto';
import { addDuration, duration } from '../../../../shared/values.ts';
import { advice, mend } from '../advice.ts';
import type { Bench } from '../bench.ts';
import { inWords } from '../answer-in-words.ts';
import { about, failed, isRefused, isTaken, passed, type Check, type Outcome } from '../check.ts';
import { alike, words, type Words } from '../expected.ts';
import { sampleCancel, sampleOrderId, sampleSubstitutionAnswer, sampleWithdrawal } from '../sample-messages.ts';

const YESTERDAY = duration(-24, 'hours');
const answered = (types: string): Words => words(`answered ${types}`, `antwortete ${types}`);
const whenItCame = (what: Words): Words => about('the order, when it came', 'die Bestellung, als sie kam', what);

async function cancel(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  await bench.send(order.body);
  const before = await bench.told(order.orderId);
  if (before.kind === 'answers' && before.answers.some(({ type }) => type === 'order.rejected'))
    return passed(
      words('the order was rejected at once, so there was nothing to cancel', 'die Bestellung wurde sofort abgelehnt, es gab nichts zu stornieren'),
    );
  const answer = await bench.send(sampleCancel(order.orderId, bench.now));
  if (!isTaken(answer)) return failed(inWords(answer), mend(answer));
  const told = await bench.told(order.orderId, 'order.cancelled', 'order.cancel-refused');
  const said = told.kind === 'answers' ? told.answers.find(({ type }) => type === 'order.cancelled' || type === 'order.cancel-refused') : undefined;
  return said === undefined
    ? failed(words('answered 2xx, and then nothing about it', 'antwortete 2xx und dann nichts dazu'), advice.sayCancelled)
    : passed(answered(said.type));
}

async function cancelFirst(bench: Bench): Promise<Outcome> {
  const order = bench.order();
  const first = await bench.send(sampleCancel(order.orderId, bench.now));
  if (!isTaken(first)) return failed(about('the cancel', 'die Stornierung', inWords(first)), advice.tombstone);
  const second = await bench.send(order.body);
  // A no that is final serves as well.
  if (isRefused(second)) return passed(whenItCame(inWords(second)));
  if (!isTaken(second)) return failed(whenItCame(inWords(second)), mend(second));
  const told = await bench.told(order.orderId);
  if (told.kind === 'not') return failed(whenItCame(words(`2xx, then ${told.why.en}`, `2xx, dann ${told.why.de}`)), advice.answerCancelled);
  const types = told.answers.map(({ type }) => type);
  const isOver = types.some((type) => type === 'order.cancelled' || type === 'order.rejected') && !types.includes('order.accepted');
  return isOver
    ? passed(answered(types.join(', ')))
    : failed(whenItCame(types.length > 0 ? alike(types.join(', ')) : words('not answered', 'nicht beantwortet')), advice.keepTombstone);
}

async function aboutUnknown(bench: Bench): Promise<Outcome> {
  const orderId = sampleOrderId(`never-${randomBytes(6).toString('hex')}`);
  for (const body of [sampleSubstitutionAnswer(orderId, bench.now), sampleWithdrawal(orderId, bench.now)]) {
    const answer = await bench.send(body);
    if (!isTaken(answer)) return failed(inWords(answer), advice.takeEveryMessage);
  }
  return passed(words('answered 2xx to an answer and to a withdrawal', 'antwortete 2xx auf eine Antwort und auf einen Widerruf'));
}

const then = (word: string, types: readonly string[]): string => (types.length > 0 ? `${word} ${types.join(', ')}` : '');

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
    ? passed(answered(types.join(', ')))
    : failed(words(`${inWords(answer).en}${then(', then', types)}`, `${inWords(answer).de}${then(', dann', types)}`), advice.refuseLate);
}

export const wishChecks: readonly Check[] = [
  { check: 'cancel', run: cancel },
  { check: 'cancel-before-order', run: cancelFirst },
  { check: 'message-about-unknown-order', run: aboutUnknown },
  { check: 'too-late', run: tooLate },
];

/** What must be refused, and must leave nothing behind: whatever was not signed by us, for this shop, just now. */
import { randomUUID } from 'node:crypto';
import { advice } from '../advice.ts';
import { wallSeconds, type Bench, type Headers } from '../bench.ts';
import type { ShopAnswer } from '../call.ts';
import { inWords } from '../answer-in-words.ts';
import { about, failed, isRefused, isTaken, passed, type Check, type Outcome } from '../check.ts';
import { JUST_OUTSIDE_SECONDS, SIGNED_HEADERS, words, type Words } from '../expected.ts';
import type { SampleOrder } from '../sample-messages.ts';
import { strangersKey } from './take.ts';

/** So far beyond the tolerance that no clock explains it. */
const FAR_OUTSIDE_SECONDS = 360;

const verdict = (answer: ShopAnswer, mend: Words): Outcome =>
  isRefused(answer) ? passed(inWords(answer)) : failed(inWords(answer), isTaken(answer) ? mend : advice.clearNo);

const forged =
  (make: (bench: Bench, order: SampleOrder) => { order?: SampleOrder; headers: Headers }, mend: Words): Check['run'] =>
  async (bench) => {
    const order = bench.order();
    const made = make(bench, order);
    return verdict(await bench.forge(made.order ?? order, made.headers), mend);
  };

/** Clocks differ by seconds; one that takes six minutes is not looked at. */
const outside =
  (sign: -1 | 1): Check['run'] =>
  async (bench) => {
    const at = async (seconds: number) => {
      const order = bench.order();
      // Into the future one more, because the second that has begun counts as over.
      const timestamp = wallSeconds() + sign * seconds + (sign > 0 ? 1 : 0);
      return bench.forge(order, bench.sealed(order.body, { timestamp }));
    };
    const just = await at(JUST_OUTSIDE_SECONDS);
    if (isRefused(just)) return passed(inWords(just));
    const far = await at(FAR_OUTSIDE_SECONDS);
    if (!isRefused(far)) return verdict(far, advice.compareClocks);
    return {
      ...passed(
        words(
          `${inWords(just).en} at ${JUST_OUTSIDE_SECONDS} s, refused at ${FAR_OUTSIDE_SECONDS} s`,
          `${inWords(just).de} bei ${JUST_OUTSIDE_SECONDS} s, abgelehnt bei ${FAR_OUTSIDE_SECONDS} s`,
        ),
      ),
      advice: advice.setClock,
    };
  };

async function withoutEach(bench: Bench): Promise<Outcome> {
  for (const header of SIGNED_HEADERS) {
    const order = bench.order();
    const answer = await bench.forge(order, bench.sealed(order.body), header);
    if (!isRefused(answer))
      return failed(about(`without ${header}`, `ohne ${header}`, inWords(answer)), isTaken(answer) ? advice.refuseWithout(header) : advice.clearNo);
  }
  return passed(words('refused without each of the three', 'ohne jeden der drei abgelehnt'));
}

async function isNothingKept(bench: Bench): Promise<Outcome> {
  // Of the forgeries each is asked for once; the last one may still be on its way into the books of a shop that stores later.
  for (const orderId of bench.forged) {
    const answer = await bench.ask(orderId);
    if (answer.kind === 'answered' && answer.status === 200)
      return failed(words(`GET knows ${orderId}, which came with a bad signature`, `GET kennt ${orderId}, die mit falscher Signatur kam`), advice.verifyFirst);
  }
  return passed(words(`GET knows none of ${bench.forged.length} forgeries`, `GET kennt keine von ${bench.forged.length} Fälschungen`));
}

export const refuseChecks: readonly Check[] = [
  {
    check: 'wrong-secret',
    run: forged((bench, { body }) => ({ headers: bench.sealedWith([strangersKey.v1(), strangersKey.v1a()], body) }), advice.ownHmac),
  },
  {
    check: 'changed-body',
    run: forged((bench, order) => {
      const headers = bench.sealed(order.body);
      return { order: { ...order, body: order.body.replace('"quantity":1', '"quantity":9') }, headers };
    }, advice.rawBytes),
  },
  {
    check: 'other-id',
    run: forged((bench, { body }) => ({ headers: { ...bench.sealed(body), id: `msg_${randomUUID()}` } }), advice.hashTheId),
  },
  { check: 'too-old', run: outside(-1) },
  { check: 'too-new', run: outside(1) },
  { check: 'header-missing', run: withoutEach },
  { check: 'refused-is-not-kept', run: isNothingKept },
];

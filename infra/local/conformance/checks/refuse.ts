/** What must be refused, and must leave nothing behind: whatever was not signed by us, for this shop, just now. */
import { randomBytes, randomUUID } from 'node:crypto';
import { wallSeconds, type Bench, type Headers } from '../bench.ts';
import type { ShopAnswer } from '../call.ts';
import { failed, inWords, isRefused, isTaken, passed, type Check, type Outcome } from '../check.ts';
import type { SampleOrder } from '../sample-messages.ts';

/** Beyond the tolerance by one second, and so far beyond it that no clock explains it. */
const JUST_OUTSIDE_SECONDS = 301;
const FAR_OUTSIDE_SECONDS = 360;
const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

const verdict = (answer: ShopAnswer, advice: string): Outcome =>
  isRefused(answer) ? passed(inWords(answer)) : failed(inWords(answer), isTaken(answer) ? advice : CLEAR);
const CLEAR = 'Refuse with 401: a redirect, a 5xx or no answer at all would make an honest sender try again.';

const forged =
  (make: (bench: Bench, order: SampleOrder) => { order?: SampleOrder; headers: Headers }, advice: string): Check['run'] =>
  async (bench) => {
    const order = bench.order();
    const made = make(bench, order);
    return verdict(await bench.forge(made.order ?? order, made.headers), advice);
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
    if (!isRefused(far))
      return verdict(
        far,
        'Compare webhook-timestamp with your clock, both ways, and refuse what is more than 300 s off: else a message that was overheard can be played back for ever.',
      );
    return {
      ...passed(`${inWords(just)} at ${JUST_OUTSIDE_SECONDS} s, refused at ${FAR_OUTSIDE_SECONDS} s`),
      advice: 'Set your clock (NTP), or your tolerance to 300 s.',
    };
  };

async function withoutEach(bench: Bench): Promise<Outcome> {
  for (const header of HEADERS) {
    const order = bench.order();
    const answer = await bench.forge(order, bench.sealed(order.body), header);
    if (!isRefused(answer))
      return failed(
        `without ${header}: ${inWords(answer)}`,
        isTaken(answer) ? `Refuse a message without ${header}: nothing proves who sent it, or when.` : CLEAR,
      );
  }
  return passed('refused without each of the three');
}

async function isNothingKept(bench: Bench): Promise<Outcome> {
  // Of the forgeries each is asked for once; the last one may still be on its way into the books of a shop that stores later.
  for (const orderId of bench.forged) {
    const answer = await bench.ask(orderId);
    if (answer.kind === 'answered' && answer.status === 200)
      return failed(`GET knows ${orderId}, which came with a bad signature`, 'Verify before you store: what was not signed by us must leave nothing behind.');
  }
  return passed(`GET knows none of ${bench.forged.length} forgeries`);
}

export const refuseChecks: readonly Check[] = [
  {
    check: 'wrong-secret',
    expected: '4xx to a message that was signed with another key',
    run: forged(
      (bench, { body }) => ({ headers: bench.sealedWith([`whsec_${randomBytes(32).toString('base64')}`], body) }),
      'Compare the signature with your own HMAC of the message; this one was made with a key that nobody has.',
    ),
  },
  {
    check: 'changed-body',
    expected: '4xx to a message whose body was changed after it was signed',
    run: forged((bench, order) => {
      const headers = bench.sealed(order.body);
      return { order: { ...order, body: order.body.replace('"quantity":1', '"quantity":9') }, headers };
    }, 'Verify over the raw bytes as they came in: a body that is parsed and written anew, or left out of the hash, proves nothing.'),
  },
  {
    check: 'other-id',
    expected: '4xx to a message that bears another webhook-id than the signed one',
    run: forged(
      (bench, { body }) => ({ headers: { ...bench.sealed(body), id: `msg_${randomUUID()}` } }),
      'Hash `id.timestamp.body`: without the id anybody can repeat a message under a new name, and you would take it twice.',
    ),
  },
  { check: 'too-old', expected: `4xx to a timestamp ${JUST_OUTSIDE_SECONDS} s in the past`, run: outside(-1) },
  { check: 'too-new', expected: `4xx to a timestamp ${JUST_OUTSIDE_SECONDS} s in the future`, run: outside(1) },
  { check: 'header-missing', expected: `4xx to a message that lacks ${HEADERS.join(', ')}`, run: withoutEach },
  { check: 'refused-is-not-kept', expected: '404 when we ask for an order whose message was forged', run: isNothingKept },
];

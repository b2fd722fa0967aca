/** What must be taken: a good signature, whatever else stands beside it, and the largest order there is. */
import { randomBytes } from 'node:crypto';
import { privateKeyOf } from '../../../../shared/retailer/ed25519.ts';
import type { Bench } from '../bench.ts';
import type { ShopAnswer } from '../call.ts';
import { failed, inWords, isTaken, mend, passed, type Check, type Outcome } from '../check.ts';

const anotherKey = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const anotherPrivateKey = (): string => privateKeyOf(randomBytes(32));
const LINES_MAX = 50;

const taken = (answer: ShopAnswer, advice = mend(answer)): Outcome => (isTaken(answer) ? passed(inWords(answer)) : failed(inWords(answer), advice));

/** The good signature once behind the others and once before them. */
async function beside(bench: Bench, other: string, advice: string): Promise<Outcome> {
  for (const secrets of [
    [other, bench.secret],
    [bench.secret, other],
  ]) {
    const { body } = bench.order();
    const answer = await bench.send(body, bench.sealedWith(secrets, body));
    if (!isTaken(answer)) return failed(`${inWords(answer)}, the good signature ${secrets[0] === other ? 'second' : 'first'}`, advice);
  }
  return passed('answered 2xx, wherever the good signature stood');
}

export const takeChecks: readonly Check[] = [
  { check: 'good-signature', expected: '2xx to an order with a good signature (v1)', run: async (bench) => taken(await bench.send(bench.order().body)) },
  {
    check: 'second-version',
    expected: '2xx to a good v1 beside a signature of another version (v1a)',
    run: (bench) =>
      beside(
        bench,
        anotherPrivateKey(),
        'Split webhook-signature at spaces, and take the message when any one of its entries is good; skip versions that you do not know.',
      ),
  },
  {
    check: 'two-signatures',
    expected: '2xx to two v1 signatures of which one is good, as on the day on which keys are changed',
    run: (bench) =>
      beside(bench, anotherKey(), 'Try every v1 entry of webhook-signature, not only the first: while keys are changed a message bears one of each key.'),
  },
  {
    check: 'fifty-lines',
    expected: `2xx to an order of ${LINES_MAX} lines`,
    run: async (bench) => taken(await bench.send(bench.order({ lines: LINES_MAX }).body)),
  },
];

/** What must be taken: a good signature, whatever else stands beside it, and the largest order there is. */
import { randomBytes } from 'node:crypto';
import { privateKeyOf } from '../../../../shared/retailer/ed25519.ts';
import { advice, mend } from '../advice.ts';
import type { Bench, Scheme } from '../bench.ts';
import type { ShopAnswer } from '../call.ts';
import { inWords } from '../answer-in-words.ts';
import { failed, isTaken, passed, type Check, type Outcome } from '../check.ts';
import { LINES_MAX, words, type Words } from '../expected.ts';

/** Of a key that nobody has. */
export const strangersKey: Readonly<Record<Scheme, () => string>> = {
  v1: () => `whsec_${randomBytes(32).toString('base64')}`,
  v1a: () => privateKeyOf(randomBytes(32)),
};
const other: Readonly<Record<Scheme, Scheme>> = { v1: 'v1a', v1a: 'v1' };

const taken = (answer: ShopAnswer): Outcome => (isTaken(answer) ? passed(inWords(answer)) : failed(inWords(answer), mend(answer)));

/** One of the two is enough: whoever shares a secret with us checks `v1`, whoever would rather hold our public key `v1a`. */
async function sharedScheme(bench: Bench): Promise<Outcome> {
  const shared: Scheme[] = [];
  for (const scheme of bench.schemes) {
    const { body } = bench.order();
    if (isTaken(await bench.send(body, bench.sealedWith([bench.keyOf(scheme)], body)))) shared.push(scheme);
  }
  if (shared.length === 0) return failed(words('takes neither of the two alone', 'nimmt keine von beiden allein an'), advice.sharedScheme);
  bench.share(shared);
  return passed(words(`checks ${shared.join(' and ')}`, `prüft ${shared.join(' und ')}`));
}

/** The good signature once behind the others and once before them. */
async function beside(bench: Bench, version: (scheme: Scheme) => Scheme, mend: Words): Promise<Outcome> {
  const scheme = bench.shared;
  const stranger = strangersKey[version(scheme)]();
  for (const secrets of [
    [stranger, bench.keyOf(scheme)],
    [bench.keyOf(scheme), stranger],
  ]) {
    const { body } = bench.order();
    const answer = await bench.send(body, bench.sealedWith(secrets, body));
    const isSecond = secrets[0] === stranger;
    const came = inWords(answer);
    if (!isTaken(answer))
      return failed(
        words(`${came.en}, the good signature ${isSecond ? 'second' : 'first'}`, `${came.de}, die gültige Signatur ${isSecond ? 'als zweite' : 'als erste'}`),
        mend,
      );
  }
  return passed(words('answered 2xx, wherever the good signature stood', 'antwortete 2xx, wo auch immer die gültige Signatur stand'));
}

export const takeChecks: readonly Check[] = [
  { check: 'good-signature', run: async (bench) => taken(await bench.send(bench.order().body)) },
  { check: 'shared-scheme', run: sharedScheme },
  { check: 'second-version', run: (bench) => beside(bench, (scheme) => other[scheme], advice.anyOfTheEntries) },
  { check: 'two-signatures', run: (bench) => beside(bench, (scheme) => scheme, advice.everyEntry) },
  { check: 'fifty-lines', run: async (bench) => taken(await bench.send(bench.order({ lines: LINES_MAX }).body)) },
];

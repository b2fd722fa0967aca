/** A shop asks for something else: people look after a while, mostly take what costs no more, and say so under the right button. */
import { expect, it } from 'vitest';
import type { Reply } from '../../device-sim/ask-api.ts';
import { appButtons, type Question } from '../../device-sim/household-api.ts';
import { Substitutes, takesIt, type SubstituteAnswer } from '../../device-sim/substitutes.ts';
import type { Answers } from '../../device-sim/simulation.ts';
import { memberIdSchema, orderIdSchema } from '../../shared/values.ts';

const seed = 3;
const orderId = orderIdSchema.parse('ord_1');
const answers: Answers = { approve: 1, decline: 0, delayMinutes: [5, 60] };
const MINUTE = 60_000;
/** A question that is answered so. */
const question = (accepted: boolean, needsOrderButton: boolean): Question => {
  for (let index = 0; ; index += 1) {
    const one = { questionId: `q-${index}`, needsOrderButton, hash: `hash of q-${index}` };
    if (takesIt(seed, one) === accepted) return one;
  }
};

interface Around {
  readonly spec?: { readonly answers?: Answers };
  readonly isHere?: boolean;
  readonly isAway?: boolean;
}

function household(questions: readonly Question[], { spec = { answers }, isHere = true, isAway = false }: Around = {}) {
  const said: [questionId: string, answer: SubstituteAnswer][] = [];
  const reply: Reply<readonly Question[]> = isAway ? { away: true } : { away: false, status: 200, content: questions };
  const substitutes = new Substitutes(
    { memberId: memberIdSchema.parse('mem_anna'), tokenFile: '', handsOff: false, ...spec },
    {
      ...{ seed, button: appButtons.de, answersHere: () => isHere, questions: () => Promise.resolve(reply) },
      answer: (_, questionId, answer) => Promise.resolve(said.push([questionId, answer])),
    },
  );
  substitutes.hear(orderId, 'm1', 0);
  return { substitutes, said };
}

it('is answered when the member has had time, with the hash of what was shown, and the button only where it costs more', async () => {
  const [yes, no, dearer] = [question(true, false), question(false, false), question(true, true)];
  const { substitutes, said } = household([yes, no, dearer, { ...question(true, false), questionId: 'q-answered', answer: { accepted: false } }]);
  const at = substitutes.nextAt ?? 0;
  expect(at).toBeGreaterThanOrEqual(5 * MINUTE);
  expect(at).toBeLessThanOrEqual(60 * MINUTE);
  await substitutes.act(at - 1);
  expect(said).toEqual([]);
  await substitutes.act(at);
  expect(said).toEqual([
    [yes.questionId, { accepted: true, hash: yes.hash }],
    [no.questionId, { accepted: false, hash: no.hash }],
    [dearer.questionId, { accepted: true, hash: dearer.hash, evidence: appButtons.de }],
  ]);
  expect(substitutes.nextAt).toBeNull();
});

it.each<[string, Around]>([
  ['nobody who never answers', { spec: {} }],
  ['nobody whose household is at the screen themselves', { isHere: false }],
  ['nobody who cannot reach it', { isAway: true }],
])('is answered by %s', async (_, around) => {
  const { substitutes, said } = household([question(true, false)], around);
  await substitutes.act(100 * MINUTE);
  expect(said).toEqual([]);
  expect(substitutes.nextAt).toBeNull();
});

it('is mostly taken when it costs no more, and seldom when it does', () => {
  const share = (needsOrderButton: boolean) =>
    Array.from({ length: 2_000 }, (_, index) => takesIt(seed, { questionId: `q-${index}`, needsOrderButton })).filter(Boolean).length / 2_000;
  expect(share(false)).toBeCloseTo(0.7, 1);
  expect(share(true)).toBeCloseTo(0.3, 1);
});

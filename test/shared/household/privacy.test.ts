/** Consents as they are decided: whatever is answered in whatever order, the last answer stands and none is lost. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  allowsUse,
  consentEntrySchema,
  decidePrivacy,
  historyFor,
  noPrivacyYet,
  privacySchema,
  standing,
  type Privacy,
} from '../../../shared/household/privacy.ts';
import { consentWording } from '../../../shared/household/consent-wording.ts';
import { purposeNames, purposes, standsByDefault, type ConsentAnswer, type Purpose } from '../../../shared/household/purposes.ts';
import { householdIdSchema, memberIdSchema } from '../../../shared/values.ts';
import { after } from '../supply/milk.ts';

const householdId = householdIdSchema.parse('hh_anna');
const people = ['mem_anna', 'mem_ben'].map((id) => memberIdSchema.parse(id));
const [anna, ben] = people;
if (anna === undefined || ben === undefined) throw new Error('two people live here');

const say = (privacy: Privacy, purpose: Purpose, answer: ConsentAnswer, memberId: typeof anna, hours: number) =>
  decidePrivacy(
    privacy,
    { type: 'answer', purpose, answer, memberId, wordingVersion: purposes[purpose].wordingVersion, language: 'en', screen: 'app' },
    after(hours),
  );

test('the last answer stands, for the household or for the person, and what changed nothing leaves no trace', () => {
  const steps = fc.array(
    fc.record({ purpose: fc.constantFrom(...purposeNames), answer: fc.constantFrom<ConsentAnswer>('given', 'withdrawn'), by: fc.constantFrom(...people) }),
  );
  fc.assert(
    fc.property(steps, (answers) => {
      let privacy = noPrivacyYet(householdId);
      const last = new Map<string, ConsentAnswer>();
      answers.forEach(({ purpose, answer, by }, index) => {
        const whose = purposes[purpose].scope === 'person' ? `${purpose} ${by}` : purpose;
        const before = last.get(whose) ?? standsByDefault(purpose);
        const outcome = say(privacy, purpose, answer, by, index);
        expect(outcome.kind).toBe(before === answer ? 'ignored' : 'changed');
        if (outcome.kind === 'changed') {
          expect(outcome.state.answers.slice(0, -1)).toEqual(privacy.answers);
          privacy = privacySchema.parse(outcome.state);
        }
        last.set(whose, answer);
        for (const each of purposeNames) {
          const key = purposes[each].scope === 'person' ? `${each} ${by}` : each;
          expect(standing(privacy, each, by)).toBe(last.get(key) ?? standsByDefault(each));
        }
      });
    }),
  );
});

it('a no always finds room, however often somebody has changed their mind', () => {
  let privacy = noPrivacyYet(householdId);
  let refused = 0;
  for (let turn = 0; turn < 700; turn += 1) {
    const outcome = say(privacy, 'product-news', turn % 2 === 0 ? 'given' : 'withdrawn', anna, turn);
    if (outcome.kind === 'changed') privacy = privacySchema.parse(outcome.state);
    else if (outcome.kind === 'rejected') refused += 1;
  }
  expect(refused).toBeGreaterThan(0);
  expect(standing(privacy, 'product-news', anna)).toBe('withdrawn');
  expect(say(privacy, 'profiling', 'withdrawn', anna, 800).kind).toBe('changed');
});

it('a yes covers what its own text named; only a yes to the later text covers what that one adds', () => {
  const old = consentEntrySchema.parse({
    purpose: 'optional-telemetry',
    answer: 'given',
    wordingVersion: '2026-11',
    language: 'en',
    at: after(0),
    memberId: anna,
    screen: 'app',
  });
  const before: Privacy = { ...noPrivacyYet(householdId), answers: [old] };
  const covered = (privacy: Privacy) => (['door-openings', 'messages-shown', 'remote-answers'] as const).filter((use) => allowsUse(privacy, use));
  expect(covered(before)).toEqual(['door-openings']);
  const again = say(before, 'optional-telemetry', 'given', anna, 1);
  if (again.kind !== 'changed') throw new Error('expected the second yes to be taken');
  expect(covered(again.state)).toEqual(['door-openings', 'messages-shown', 'remote-answers']);
  expect(say(again.state, 'optional-telemetry', 'given', anna, 2)).toMatchObject({ kind: 'ignored' });
  const withdrawn = say(again.state, 'optional-telemetry', 'withdrawn', anna, 3);
  expect(withdrawn.kind === 'changed' && covered(withdrawn.state)).toEqual([]);
});

describe('what one sees', () => {
  it('is the household’s answers and one’s own', () => {
    let privacy = noPrivacyYet(householdId);
    for (const [purpose, by] of [
      ['optional-telemetry', anna],
      ['product-news', ben],
    ] as const) {
      const outcome = say(privacy, purpose, 'given', by, 1);
      if (outcome.kind === 'changed') privacy = outcome.state;
    }
    expect(historyFor(privacy, anna).map(({ purpose }) => purpose)).toEqual(['optional-telemetry']);
    expect(historyFor(privacy, ben)).toHaveLength(2);
  });

  it('has a text in both languages for every purpose in the version that is shown', () => {
    for (const purpose of purposeNames) {
      const wording = consentWording[purposes[purpose].wordingVersion];
      expect([purpose, wording?.en[purpose].text.length, wording?.de[purpose].text.length]).toEqual([purpose, expect.any(Number), expect.any(Number)]);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeFrom,
  enterCode,
  noReferralYet,
  perksOfReferral,
  referralCodeSchema,
  REFERRALS_A_YEAR,
  rewardBrought,
  rewardReferrer,
  type Home,
  type Referral,
} from '../../../shared/household/referral.ts';
import { householdIdSchema, type Outcome } from '../../../shared/values.ts';
import { anna, on } from '../journey/life.ts';

const ben = householdIdSchema.parse('hh_ben');
const home = (householdId: typeof anna, more: Partial<Home> = {}): Home => ({
  ...{ householdId, createdAt: on(0), street: `Gasse ${householdId}`, postalCode: '80331' },
  ...{ members: [`mem_${householdId}`], accounts: [`rt_frischhof ${householdId}`], things: [`fridge-${householdId}`] },
  ...more,
});
const entering = (more: Partial<Home> = {}, theirs: Referral = noReferralYet(anna), together = false) => ({
  home: home(ben, more),
  referrer: home(anna),
  together,
  theirs,
});
const stateOf = (outcome: Outcome<Referral, unknown>): Referral => (outcome.kind === 'changed' ? outcome.state : expect.fail(outcome.reason));
const refused = (more: Partial<Home>, now = on(3), theirs?: Referral, together = false) => {
  const outcome = enterCode(undefined, entering(more, theirs, together), now);
  return outcome.kind === 'changed' ? 'taken' : outcome.reason;
};

describe('a code', () => {
  it('is read aloud without being misheard, and taken as it is typed', () => {
    fc.assert(
      fc.property(fc.uuid(), (random) => {
        const code = codeFrom(random);
        expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
        expect(referralCodeSchema.parse(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `)).toBe(code);
      }),
    );
    expect(referralCodeSchema.safeParse('O0I1-ABCD').success).toBe(false);
  });

  it('is entered once, within thirty days, and never one’s own under whatever name', () => {
    expect(refused({})).toBe('taken');
    expect(refused({ street: 'GASSE HH_ANNA' })).toBe('same-address');
    expect(refused({ members: ['mem_x', 'mem_hh_anna'] })).toBe('same-person');
    expect(refused({ accounts: ['rt_frischhof hh_anna'] })).toBe('same-account');
    expect(refused({ things: ['fridge-hh_anna'] })).toBe('same-device');
    expect(refused({}, on(3), undefined, true)).toBe('belong-together');
    expect(refused({ householdId: anna })).toBe('own-code');
    expect(refused({}, on(31))).toBe('too-late');
    const entered = stateOf(enterCode(undefined, entering(), on(3)));
    expect(enterCode(entered, entering(), on(4))).toMatchObject({ kind: 'ignored' });
    const other = { ...entering(), referrer: home(householdIdSchema.parse('hh_carla')) };
    expect(enterCode(entered, other, on(4))).toMatchObject({ reason: 'entered-already' });
  });
});

describe('the reward', () => {
  it('comes to both once the first goods have come, once for each, whatever is repeated', () => {
    const entered = stateOf(enterCode(undefined, entering(), on(3)));
    expect(perksOfReferral(entered)).toEqual([]);
    const first = rewardReferrer(noReferralYet(anna), ben, on(5));
    expect(first).toMatchObject({ events: [{ type: 'referral.redeemed', data: { householdId: anna } }], state: { freeUntil: on(33) } });
    expect(rewardReferrer(stateOf(first), ben, on(6))).toMatchObject({ kind: 'ignored' });
    const brought = stateOf(rewardBrought(entered, on(5)));
    expect(perksOfReferral(brought)).toMatchObject([{ kind: 'free-delivery', fundedBy: 'platform', validUntil: on(33) }]);
    expect(rewardBrought(brought, on(6))).toMatchObject({ kind: 'ignored' });
    expect(rewardReferrer(stateOf(first), householdIdSchema.parse('hh_carla'), on(10))).toMatchObject({ state: { freeUntil: on(61) } });
  });

  it('comes for so many in a year, and then no code of theirs is taken', () => {
    let theirs = noReferralYet(anna);
    for (let index = 0; index < REFERRALS_A_YEAR; index += 1) theirs = stateOf(rewardReferrer(theirs, householdIdSchema.parse(`hh_${index}`), on(index)));
    expect(rewardReferrer(theirs, ben, on(20))).toMatchObject({ reason: 'too-many' });
    expect(refused({}, on(20), theirs)).toBe('too-many');
    expect(refused({ createdAt: on(366) }, on(367), theirs)).toBe('taken');
  });
});

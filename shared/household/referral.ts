/**
 * REFERRAL: a household's code, whom it has brought, and what both get: four weeks of free delivery once the first goods have come to the new one. A perk with
 * an end, like all perks (docs/decisions/0039); nothing to collect and nothing to redeem.
 */
import { z } from 'zod';
import { digest } from '../digest.ts';
import type { DomainEvent } from '../events.ts';
import type { Perk } from '../retailer/perk.ts';
import {
  addDuration,
  duration,
  euros,
  householdIdSchema,
  ignored,
  instantSchema,
  latest,
  rejected,
  type HouseholdId,
  type Instant,
  type Outcome,
} from '../values.ts';

/** Without letters and digits that are read for one another. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;
export const referralCodeSchema = z
  .string()
  .transform((text) => text.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(new RegExp(`^[${ALPHABET}]{${CODE_LENGTH}}$`), 'expected a code of eight letters and digits such as K7MN-42QX'));
/** Forty bits of something random. @param random text that nobody can guess */
export const codeFrom = (random: string): string =>
  Array.from({ length: CODE_LENGTH }, (_, index) => ALPHABET[Number.parseInt(digest(random, 64).slice(2 * index, 2 * index + 2), 16) % ALPHABET.length]).join(
    '',
  );

/** Rewarded in a year: who brings more works for us, and should be paid for it. */
export const REFERRALS_A_YEAR = 10;
const INVITED_MAX = 60;
/** A code belongs to the beginning. */
const ENTER_WITHIN = duration(30, 'days');
const REWARD = duration(28, 'days');
export const REWARD_FROM = euros(1_500);

export const referralSchema = z.strictObject({
  householdId: householdIdSchema,
  /** Absent until somebody asks for it. */
  code: z.string().length(CODE_LENGTH).optional(),
  /** Whom it has brought, under a name that says nothing of them. */
  invited: z.array(z.strictObject({ name: z.string().length(32), at: instantSchema, rewardedAt: instantSchema.optional() })).max(INVITED_MAX),
  /** Who has brought it. */
  entered: z.strictObject({ by: householdIdSchema, at: instantSchema, rewardedAt: instantSchema.optional() }).optional(),
  /** Until when its deliveries are free. */
  freeUntil: instantSchema.optional(),
});
export type Referral = z.infer<typeof referralSchema>;
/** As its people read it. */
export const referralViewSchema = z.strictObject({
  /** As it is read out: `K7MN-42QX`. */
  code: z.string().optional(),
  /** Households that it has brought and that have had their first goods. */
  brought: z.int(),
  freeUntil: instantSchema.optional(),
  /** This household has said who has brought it. */
  hasEntered: z.boolean(),
});

export const noReferralYet = (householdId: HouseholdId): Referral => ({ householdId, invited: [] });

/** What two homes have in common that two households do not. */
export interface Home {
  readonly householdId: HouseholdId;
  readonly createdAt: Instant;
  readonly street: string;
  readonly postalCode: string;
  readonly members: readonly string[];
  /** `rt_frischhof acc-anna`. */
  readonly accounts: readonly string[];
  /** Whatever it has, or had. */
  readonly things: readonly string[];
}
export type Refusal =
  'own-code' | 'too-late' | 'entered-already' | 'same-address' | 'same-person' | 'same-account' | 'same-device' | 'belong-together' | 'too-many';

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/straße|str\./g, 'strasse')
    .replace(/[^\p{L}\p{N}]/gu, '');
const overlap = (a: readonly string[], b: readonly string[]): boolean => a.some((one) => b.includes(one));

/** Why a household may not have been brought by this one: nobody brings themselves. @param together in one circle of who is who */
function selfCheck(one: Home, other: Home, together: boolean): Refusal | undefined {
  if (one.householdId === other.householdId) return 'own-code';
  if (plain(one.street) === plain(other.street) && plain(one.postalCode) === plain(other.postalCode)) return 'same-address';
  if (overlap(one.members, other.members)) return 'same-person';
  if (overlap(one.accounts, other.accounts)) return 'same-account';
  if (overlap(one.things, other.things)) return 'same-device';
  return together ? 'belong-together' : undefined;
}

export interface Entering {
  readonly home: Home;
  readonly referrer: Home;
  readonly together: boolean;
  /** The referrer's. */
  readonly theirs: Referral;
}
type Decided = Outcome<Referral, DomainEvent<'referral.entered' | 'referral.redeemed' | 'referral.welcomed'>>;

export function enterCode(before: Referral | undefined, { home, referrer, together, theirs }: Entering, now: Instant): Decided {
  if (before?.entered?.by === referrer.householdId) return ignored('entered');
  if (before?.entered !== undefined) return rejected('entered-already');
  const refused = selfCheck(home, referrer, together);
  if (refused !== undefined) return rejected(refused);
  if (addDuration(home.createdAt, ENTER_WITHIN) < now) return rejected('too-late');
  if (rewardedWithinYear(theirs, now) >= REFERRALS_A_YEAR) return rejected('too-many');
  const { householdId } = home;
  const state = { ...(before ?? noReferralYet(householdId)), entered: { by: referrer.householdId, at: now } };
  return { kind: 'changed', state, events: [{ type: 'referral.entered', data: { householdId } }] };
}
const rewardedWithinYear = ({ invited }: Referral, now: Instant): number =>
  invited.filter(({ rewardedAt }) => rewardedAt !== undefined && rewardedAt > addDuration(now, duration(-365, 'days'))).length;

const longer = (until: Instant | undefined, now: Instant): Instant => addDuration(latest(now, until ?? now), REWARD);

/** First goods have come to a household that it has brought: once for each, however often that is told. */
export function rewardReferrer(before: Referral | undefined, brought: HouseholdId, now: Instant): Decided {
  if (before === undefined) return ignored('gone');
  const name = digest(brought);
  if (before.invited.some((one) => one.name === name)) return ignored('rewarded');
  if (rewardedWithinYear(before, now) >= REFERRALS_A_YEAR) return ignored('too-many');
  const { householdId } = before;
  const invited = [...before.invited, { name, at: now, rewardedAt: now }].slice(-INVITED_MAX);
  return {
    kind: 'changed',
    state: { ...before, invited, freeUntil: longer(before.freeUntil, now) },
    events: [{ type: 'referral.redeemed', data: { householdId } }],
  };
}

/** The new household's own part, after the other's: a crash between the two is finished by the repeat. */
export function rewardBrought(before: Referral | undefined, now: Instant): Decided {
  if (before?.entered === undefined || before.entered.rewardedAt !== undefined) return ignored('nothing-open');
  const { householdId, entered } = before;
  const state = { ...before, entered: { ...entered, rewardedAt: now }, freeUntil: longer(before.freeUntil, now) };
  return { kind: 'changed', state, events: [{ type: 'referral.welcomed', data: { householdId } }] };
}

/** What is open to this household alone. */
export const perksOfReferral = (referral: Pick<Referral, 'freeUntil'> | undefined): Perk[] =>
  referral?.freeUntil === undefined
    ? []
    : [{ perkId: 'referral-delivery', kind: 'free-delivery', fundedBy: 'platform', from: REWARD_FROM, validUntil: referral.freeUntil }];

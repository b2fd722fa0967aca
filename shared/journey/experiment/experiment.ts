/**
 * Experiments as data: what is tried on which share of the households, and by what it is judged. A household is the unit, because its people see each
 * other's screens. Everybody who was due for the treatment is counted in their arm, whether or not it reached them (intention to treat).
 */
import { z } from 'zod';
import { digest } from '../../digest.ts';
import type { LeadId } from '../lead/lead-id.ts';
import { addDuration, duration, instantSchema, type HouseholdId, type Instant } from '../../values.ts';

export const experimentIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'expected an id such as holdout');
const armNameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/, 'expected a name such as control');
const bilingual = z.strictObject({ de: z.string().min(1).max(160), en: z.string().min(1).max(160) });

export const experimentSchema = z
  .strictObject({
    experiment: experimentIdSchema,
    name: bilingual,
    /** The first is the control: what the others are compared with. Shares are whole percent. */
    arms: z
      .array(z.strictObject({ arm: armNameSchema, share: z.int().min(0).max(100) }))
      .min(2)
      .max(6),
    from: instantSchema,
    /** Nobody enters from here on; absent: it goes on. */
    until: instantSchema.optional(),
    /** Success: any touchpoint so named (`mandate.granted`, `order.approved@customer`) within the window after somebody entered. */
    outcome: z.array(z.string().min(1).max(80)).min(1).max(10),
    windowDays: z.int().min(1).max(90),
    /** The least difference of the shares that would matter: by it is said when there are enough. */
    leastDifference: z.number().min(0.005).max(0.5),
    /** Every household enters anew in each calendar month (UTC), and one month is judged at a time; absent: once. */
    monthly: z.literal(true).optional(),
  })
  .refine(({ arms }) => arms.reduce((sum, { share }) => sum + share, 0) === 100, 'expected shares that sum to 100')
  .refine(({ arms }) => new Set(arms.map(({ arm }) => arm)).size === arms.length, 'expected each arm once')
  .refine(({ monthly, windowDays }) => monthly === undefined || windowDays <= 28, 'expected a window that is not longer than a month')
  .refine(({ from, until }) => until === undefined || from < until, 'expected an end after the beginning');
export type Experiment = z.infer<typeof experimentSchema>;

/**
 * In which arm a household is: always the same, without being stored, and independent of every other experiment. Each arm draws an exponential lot by a hash
 * of experiment, arm and household, at the rate of its share, and the earliest wins (weighted rendezvous: Thaler and Ravishankar 1998; Schindelhauer
 * and Schomaker 2005). When shares change, nobody leaves an arm that has gained or joins one that has lost: with two arms that is the least
 * possible, with more a few percent above it.
 */
export function armOf({ experiment, arms }: Pick<Experiment, 'experiment' | 'arms'>, householdId: HouseholdId | LeadId): string {
  let [won, earliest] = ['', Infinity];
  for (const { arm, share } of arms) {
    const lot = share === 0 ? Infinity : -Math.log(uniform(experiment, arm, householdId)) / share;
    if (lot < earliest) [won, earliest] = [arm, lot];
  }
  return won;
}

/** Above 0 and below 1: 52 bits of SHA-256. */
const uniform = (...of: readonly string[]): number => (Number.parseInt(digest(['experiment', ...of], 13), 16) + 0.5) / 2 ** 52;

export const controlOf = ({ arms }: Pick<Experiment, 'arms'>): string => arms[0]?.arm ?? '';

export const isRunning = ({ from, until }: Pick<Experiment, 'from' | 'until'>, now: Instant): boolean => from <= now && (until === undefined || now < until);

/** 0 for the first round, and for all of an experiment without rounds. */
export const roundOf = ({ from, monthly }: Pick<Experiment, 'from' | 'monthly'>, now: Instant): number => (monthly ? monthsSince(from, now) : 0);
const monthsSince = (from: Instant, now: Instant): number => monthNumber(now) - monthNumber(from);
const monthNumber = (at: string): number => Number(at.slice(0, 4)) * 12 + Number(at.slice(5, 7));

/** From when until when households entered whose window is over, as days `YYYY-MM-DD`, both included; of months the last that is. Undefined: none yet. */
export function judgedDays({ from, until, windowDays, monthly }: Experiment, now: Instant): { from: string; to: string } | undefined {
  const over = addDuration(now, duration(-windowDays - 1, 'days'));
  const ends = until !== undefined && until < over ? until : over;
  if (ends < from) return undefined;
  if (monthly === undefined) return { from: from.slice(0, 10), to: ends.slice(0, 10) };
  // The last month that was over before the windows were that are over now.
  const after = addDuration(over, duration(1, 'days'));
  const to = new Date(Date.UTC(Number(after.slice(0, 4)), Number(after.slice(5, 7)) - 1, 0)).toISOString().slice(0, 10);
  const begins = `${to.slice(0, 7)}-01`;
  return begins < from.slice(0, 10) ? undefined : { from: begins, to };
}

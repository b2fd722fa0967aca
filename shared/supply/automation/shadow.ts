/**
 * Shadow mode: each depletion cycle in which we would have ordered is laid beside what the household then did. Four right out of four, and
 * buying by itself is offered; when it falls, orders ask again. One slip is forgiven to what is trusted: it happens to people too.
 */
import { z } from 'zod';
import { instantSchema, type Instant } from '../../values.ts';

/** `bought`: they took what we proposed. `bought-elsewhere`: they needed it, and were faster. The others were wrong. */
export const cycleVerdicts = ['bought', 'bought-elsewhere', 'not-wanted', 'too-early', 'missed', 'returned', 'too-much'] as const;
const verdictSchema = z.enum(cycleVerdicts);
export type CycleVerdict = z.infer<typeof verdictSchema>;
const IS_RIGHT: Record<CycleVerdict, boolean> = {
  ...{ bought: true, 'bought-elsewhere': true },
  ...{ 'not-wanted': false, 'too-early': false, missed: false, returned: false, 'too-much': false },
};

const CYCLES_KEPT = 8;

/** When buying by itself is offered: as many of the last cycles right. */
export const automationSchema = z.strictObject({ precision: z.number().min(0.5).max(1), cycles: z.int().min(2).max(CYCLES_KEPT) });
export type Automation = z.infer<typeof automationSchema>;
export const AUTOMATION: Automation = { precision: 0.95, cycles: 4 };

export const shadowSchema = z.strictObject({
  /** Watched since; absent: from before this was kept. Who granted a permission after that knew of the item. */
  since: instantSchema.optional(),
  standing: z.enum(['learning', 'earned', 'withdrawn']),
  /** The last scored cycles, the newest last. */
  scored: z.array(z.strictObject({ cycle: z.int().min(1), at: instantSchema, verdict: verdictSchema })).max(CYCLES_KEPT),
  withdrawnAt: instantSchema.optional(),
  /** A person has said: trust it already. */
  trustedAt: instantSchema.optional(),
  /** Refills that we did not deliver. */
  elsewhere: z.strictObject({ count: z.int().min(1).max(9_999), lastAt: instantSchema }).optional(),
});
export type Shadow = z.infer<typeof shadowSchema>;

export const newShadow = (now: Instant): Shadow => ({ since: now, standing: 'learning', scored: [] });
const fromBefore: Shadow = { standing: 'learning', scored: [] };

/** What a decision record and a screen keep of it. */
export const shadowScoreSchema = z.strictObject({
  ...shadowSchema.omit({ scored: true, elsewhere: true }).shape,
  /** Of the cycles that count for the offer. */
  right: z.int().min(0).max(CYCLES_KEPT),
  of: z.int().min(0).max(CYCLES_KEPT),
});
export type ShadowScore = z.infer<typeof shadowScoreSchema>;

const rightOf = (scored: Shadow['scored']): number => scored.filter(({ verdict }) => IS_RIGHT[verdict]).length;

export function shadowScore(shadow: Shadow, { cycles }: Automation = AUTOMATION): ShadowScore {
  const { scored, elsewhere: _elsewhere, ...kept } = shadow;
  const last = scored.slice(-cycles);
  return { ...kept, right: rightOf(last), of: last.length };
}

export interface Scored {
  readonly shadow: Shadow;
  /** What the household should hear. */
  readonly told?: 'offered' | 'withdrawn';
}

/** @param scored.byPerson a person decided in this cycle: no permission buys it yet, or it asks again */
export function scoreCycle(
  before: Shadow | undefined,
  { byPerson, ...cycle }: Shadow['scored'][number] & { readonly byPerson: boolean },
  automation: Automation = AUTOMATION,
): Scored {
  const shadow = before ?? fromBefore;
  // A cycle counts once: what came first stands, but for goods that went back.
  const known = shadow.scored.some((one) => one.cycle === cycle.cycle);
  if (known && cycle.verdict !== 'returned') return { shadow };
  const others = shadow.scored.filter((one) => one.cycle !== cycle.cycle);
  const next = { ...shadow, scored: [...others, cycle].slice(-CYCLES_KEPT) };
  return IS_RIGHT[cycle.verdict] ? earned(next, byPerson, automation) : fallen(next, { byPerson, at: cycle.at }, automation);
}

function earned(shadow: Shadow, byPerson: boolean, automation: Automation): Scored {
  const { right, of } = shadowScore(shadow, automation);
  if (shadow.standing === 'earned' || of < automation.cycles || right / of < automation.precision) return { shadow };
  const { withdrawnAt: _withdrawnAt, ...kept } = shadow;
  return { shadow: { ...kept, standing: 'earned' }, ...(byPerson && { told: 'offered' }) };
}

function fallen(shadow: Shadow, { byPerson, at }: { byPerson: boolean; at: Instant }, automation: Automation): Scored {
  const { right, of } = shadowScore(shadow, automation);
  // One slip is forgiven.
  const isBelow = (right + 1) / of < automation.precision;
  if (!isBelow || shadow.standing === 'withdrawn') return { shadow };
  // Nothing bought it by itself, and nothing was offered: there is nothing to take back.
  if (byPerson && shadow.standing === 'learning') return { shadow };
  return { shadow: { ...shadow, standing: 'withdrawn', withdrawnAt: at }, told: 'withdrawn' };
}

/** One tap: whatever the score, permissions that name it hold again. */
export const trustAlready = (before: Shadow | undefined, now: Instant): Shadow => ({ ...(before ?? fromBefore), trustedAt: now });

export const noteElsewhere = (before: Shadow | undefined, now: Instant): Shadow => {
  const shadow = before ?? fromBefore;
  return { ...shadow, elsewhere: { count: Math.min(9_999, (shadow.elsewhere?.count ?? 0) + 1), lastAt: now } };
};

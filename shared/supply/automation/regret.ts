/**
 * Regret: what was bought and then not wanted. It feeds back as a smaller filling of the shelf and, for what spoils or piles up, as a lower
 * service level: the newsvendor's cost of one pack too many has shown itself to be higher than was thought. Both are bounded and explained.
 */
import { z } from 'zod';
import { AMOUNT_MAX, daysBetween, instantSchema, latest, type Instant } from '../../values.ts';

const amountSchema = z.number().min(0).max(AMOUNT_MAX);
export const regretCauses = ['cancelled', 'returned', 'spoiled', 'overstocked'] as const;
export type RegretCause = (typeof regretCauses)[number];

/** Amounts in base units, as far as they are remembered: they halve every half year. */
export const regretSchema = z.strictObject({
  asOf: instantSchema,
  bought: amountSchema,
  ...{ cancelled: amountSchema, returned: amountSchema, spoiled: amountSchema, overstocked: amountSchema },
  /** Withdrawals from a contract that are counted, as `<order>/<part>`: each comes more than once. */
  parts: z.array(z.string().max(90)).max(8).optional(),
});
export type Regret = z.infer<typeof regretSchema>;

const HALF_LIFE_DAYS = 180;
/** As if two packs had been bought without regret: one spoiled carton is no habit. */
const PRIOR_PACKS = 2;
/** Less is chance. */
const SHARE_MIN = 0.05;
/** The filling shrinks by the share that is regretted, at most to a half. */
const COVER_MIN = 0.5;
/** A pack too many costs up to three times what was thought: at a service level of 95 % that leaves 86 %. */
const COST_OF_TOO_MUCH = 2;
/** Who says *never* accepts what spoils. */
const NEVER = 0.99;

const rounded = (value: number, digits = 1e3): number => Math.round(value * digits) / digits;

function rememberedAt(regret: Regret | undefined, now: Instant): Regret {
  if (regret === undefined) return { asOf: now, bought: 0, cancelled: 0, returned: 0, spoiled: 0, overstocked: 0 };
  const keep = 2 ** (-Math.max(0, daysBetween(regret.asOf, now)) / HALF_LIFE_DAYS);
  const { bought, cancelled, returned, spoiled, overstocked } = regret;
  return {
    ...regret,
    asOf: latest(regret.asOf, now),
    ...{ bought: rounded(bought * keep), cancelled: rounded(cancelled * keep), returned: rounded(returned * keep) },
    ...{ spoiled: rounded(spoiled * keep), overstocked: rounded(overstocked * keep) },
  };
}

/** @param amount base units that came to the house, or were regretted */
export function noteRegret(before: Regret | undefined, what: 'bought' | RegretCause, amount: number, now: Instant): Regret {
  const regret = rememberedAt(before, now);
  return { ...regret, [what]: Math.min(AMOUNT_MAX, rounded(regret[what] + Math.max(0, amount))) };
}

/** Undefined when this part of this withdrawal is counted already. */
export function noteReturn(before: Regret | undefined, part: string, amount: number, now: Instant): Regret | undefined {
  if (before?.parts?.includes(part)) return undefined;
  return { ...noteRegret(before, 'returned', amount, now), parts: [...(before?.parts ?? []), part].slice(-8) };
}

/** What a decision record keeps: the shares of what was bought, and what they change. */
export const regretEffectSchema = z.strictObject({
  share: z.number().min(0).max(1),
  coverFactor: z.number().min(COVER_MIN).max(1),
  serviceLevel: z.number().min(0.5).max(0.999),
  ...{ cancelled: amountSchema, returned: amountSchema, spoiled: amountSchema, overstocked: amountSchema },
});
export type RegretEffect = z.infer<typeof regretEffectSchema>;

/** Undefined where there is nothing to regret, or so little that it is chance. @param item.pack base units of its smallest pack */
export function regretEffect(
  regret: Regret | undefined,
  item: { readonly serviceLevel: number; readonly pack: number },
  now: Instant,
): RegretEffect | undefined {
  if (regret === undefined || regret.cancelled + regret.returned + regret.spoiled + regret.overstocked === 0) return undefined;
  const { bought, cancelled, returned, spoiled, overstocked } = rememberedAt(regret, now);
  const all = bought + cancelled + PRIOR_PACKS * item.pack;
  const share = Math.min(1, (cancelled + returned + spoiled + overstocked) / all);
  if (share < SHARE_MIN) return undefined;
  const tooMuch = Math.min(1, (spoiled + overstocked) / all);
  const odds = item.serviceLevel / (1 - item.serviceLevel) / (1 + COST_OF_TOO_MUCH * tooMuch);
  const serviceLevel = item.serviceLevel >= NEVER ? item.serviceLevel : Math.max(0.5, rounded(odds / (1 + odds), 1e4));
  return {
    share: rounded(share, 1e4),
    coverFactor: Math.max(COVER_MIN, rounded(1 - share, 1e4)),
    ...{ serviceLevel, cancelled, returned, spoiled, overstocked },
  };
}

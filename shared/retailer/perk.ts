/** What makes a basket cheaper than its prices: data, published by a shop with its offers or kept by the platform, and always with who pays for it. */
import { z } from 'zod';
import { canonicalJson } from '../digest.ts';
import { firstIssue } from '../first-issue.ts';
import { perkFunders, quotePerkSchema } from '../event-parts.ts';
import { reaches, tierSchema, type Tier } from '../household/tier.ts';
import { addDuration, duration, euros, gtinSchema, instantSchema, isBefore, moneySchema, type Instant } from '../values.ts';

export const PERKS_MAX = 20;
const GTINS_MAX = 50;
/** A perk that ends sooner is none any more: it would leave nobody the time to say yes. */
const LASTS_AT_LEAST = duration(6, 'hours');

const named = {
  perkId: quotePerkSchema.shape.perkId,
  /** The least tier that it is open to; absent: everybody. */
  tier: tierSchema.optional(),
};
const gtins = z.array(gtinSchema).min(1).max(GTINS_MAX);
const kept = { ...named, fundedBy: z.enum(perkFunders), validUntil: instantSchema.optional() };

export const perkSchema = z.discriminatedUnion('kind', [
  /** `amount` off goods worth at least `from`; never more than they cost. */
  z.strictObject({ ...kept, kind: z.literal('voucher'), amount: moneySchema, from: moneySchema }),
  z.strictObject({ ...kept, kind: z.literal('free-delivery'), from: moneySchema }),
  /** Of these products every second pack of a line costs nothing. */
  z.strictObject({ ...kept, kind: z.literal('buy-one-get-one'), gtins }),
]);
export type Perk = z.infer<typeof perkSchema>;

const minor = moneySchema.shape.amountMinor;
const publishing = { ...named, fundedBy: z.enum(['retailer', 'brand'], 'a shop’s perk is funded by the retailer or by a brand'), validUntil: instantSchema };
/** One line of `perks` in the message `offers.published`. */
export const publishedPerkSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...publishing, kind: z.literal('voucher'), amountMinor: minor.min(1), fromMinor: minor.default(0) }),
  z.strictObject({ ...publishing, kind: z.literal('free-delivery'), fromMinor: minor.default(0) }),
  z.strictObject({ ...publishing, kind: z.literal('buy-one-get-one'), gtins }),
]);

/** A shop's own, as it last published them: all of them, or none. */
export const keptPerksSchema = z.strictObject({ publishedAt: instantSchema, perks: z.array(perkSchema).max(PERKS_MAX) });
export type KeptPerks = z.infer<typeof keptPerksSchema>;

export interface RefusedPerk {
  /** Its place in `perks`, from 0. */
  readonly index: number;
  readonly list: 'perks';
  readonly gtin?: never;
  readonly perkId?: string;
  readonly reason: string;
}

/** Takes what is right and names what is not; of a name that stands twice the first. */
export function takePerks(lines: readonly unknown[], publishedAt: Instant): { perks: KeptPerks; refused: RefusedPerk[] } {
  const perks = new Map<string, Perk>();
  const refused: RefusedPerk[] = [];
  for (const [index, line] of lines.entries()) {
    const parsed = publishedPerkSchema.safeParse(line);
    const reason = parsed.success ? contradiction(parsed.data, publishedAt, perks) : firstIssue(parsed.error, 'perk');
    if (parsed.success && reason === undefined) perks.set(parsed.data.perkId, asKept(parsed.data));
    else refused.push({ index, list: 'perks', ...perkIdIn(line), reason: reason ?? 'refused' });
  }
  return { perks: { publishedAt, perks: [...perks.values()] }, refused };
}

type Published = z.infer<typeof publishedPerkSchema>;

function contradiction({ perkId, validUntil }: Published, publishedAt: Instant, perks: ReadonlyMap<string, Perk>): string | undefined {
  if (perks.has(perkId)) return 'perkId: stands more than once in this message';
  return isBefore(publishedAt, validUntil) ? undefined : 'validUntil: expected an instant after publishedAt';
}

function asKept(line: Published): Perk {
  if (line.kind === 'buy-one-get-one') return line;
  if (line.kind === 'free-delivery') {
    const { fromMinor, ...rest } = line;
    return { ...rest, from: euros(fromMinor) };
  }
  const { amountMinor, fromMinor, ...rest } = line;
  return { ...rest, amount: euros(amountMinor), from: euros(fromMinor) };
}

const namedSchema = z.object({ perkId: z.string().max(40) });
function perkIdIn(line: unknown): { perkId?: string } {
  const found = namedSchema.safeParse(line);
  return found.success ? { perkId: found.data.perkId } : {};
}

/** As of offers: only what was published later replaces; of two of the same instant the same stay, whichever comes first. */
export const perksReplace = (incoming: KeptPerks, stored: KeptPerks | undefined): boolean =>
  stored === undefined ||
  stored.publishedAt < incoming.publishedAt ||
  (stored.publishedAt === incoming.publishedAt && canonicalJson(incoming.perks) > canonicalJson(stored.perks));

/** Those that a household of this tier may have. */
export const openTo = (tier: Tier | undefined, perks: readonly Perk[]): Perk[] => perks.filter((perk) => reaches(tier, perk.tier));

/** Those that still stand long enough, in an order of their own. */
export const standing = (perks: readonly Perk[], now: Instant): Perk[] =>
  perks
    .filter(({ validUntil }) => validUntil === undefined || validUntil > addDuration(now, LASTS_AT_LEAST))
    .sort((a, b) => (a.perkId < b.perkId ? -1 : Number(a.perkId > b.perkId)) || (a.fundedBy < b.fundedBy ? -1 : Number(a.fundedBy > b.fundedBy)));

/**
 * Why a shop's offer won or lost: the figures by which a shop that cannot shout from a shelf learns what machines buy. Aggregated so that no household
 * can be recognised: of days that are over, and of at least five households each (decision 38).
 */
import { z } from 'zod';
import { gtinSchema, type Gtin } from '../values.ts';

export const offerFates = [
  /** Ordered here. */
  'won',
  /** Another shop asked less for it. */
  'price',
  /** Another shop brings it sooner, for no more or for a household that wants speed. */
  'lead-time',
  /** The order would have been too small for this shop. */
  'minimum-order',
  /** What the pack holds cannot be compared: there is no price per litre, kilogram or piece beside what the household uses. */
  'no-unit-price',
  'out-of-stock',
  'not-offered',
  /** The shop was not asked: it cannot be reached, or is not live. */
  'not-reachable',
  /** The household wants something else, or somebody else: another product, another shop, nothing that contains this. */
  'not-preferred',
  /** No dearer here; with delivery and with what else was in the basket it was better elsewhere. */
  'whole-basket',
] as const;
export type OfferFate = (typeof offerFates)[number];

/** So many that one of them cannot be told from the others. */
export const HOUSEHOLDS_MIN = 5;
const FATES_MAX = 300;
export const FEWER = `fewer than ${HOUSEHOLDS_MIN}` as const;

export const daySchema = z.iso.date();
const fateSchema = z.strictObject({ gtin: gtinSchema, fate: z.enum(offerFates) });
export type GtinFate = z.infer<typeof fateSchema>;

/** What a shop had promised against what it brought: the day, the packs, and what it charged for those that came. */
export const promiseFates = ['on-time', 'late', 'complete', 'short', 'at-the-price', 'above-the-price'] as const;
export type PromiseFate = (typeof promiseFates)[number];

/** What became of a shop's offers to one household on one day (UTC), and of its promises. Sets: whoever plans twice counts once. */
export const householdDaySchema = z.strictObject({
  day: daySchema,
  fates: z.array(fateSchema).max(FATES_MAX),
  promises: z.array(z.enum(promiseFates)).max(promiseFates.length).optional(),
});
export type HouseholdDay = z.infer<typeof householdDaySchema>;

/** Undefined when all of it is known. */
export function withFates(stored: HouseholdDay | undefined, day: string, fates: readonly GtinFate[]): HouseholdDay | undefined {
  const known = stored?.fates ?? [];
  const isKnown = (one: GtinFate, among: readonly GtinFate[]): boolean => among.some(({ gtin, fate }) => gtin === one.gtin && fate === one.fate);
  const added = fates.filter((one, index) => !isKnown(one, known) && !isKnown(one, fates.slice(0, index)));
  return added.length === 0 ? undefined : { ...stored, day, fates: [...known, ...added].slice(0, FATES_MAX) };
}

/** Undefined when all of it is known. */
export function withPromises(stored: HouseholdDay | undefined, day: string, told: readonly PromiseFate[]): HouseholdDay | undefined {
  const known = stored?.promises ?? [];
  const promises = promiseFates.filter((one) => known.includes(one) || told.includes(one));
  return promises.length === known.length ? undefined : { day, fates: stored?.fates ?? [], promises };
}

const figureSchema = z.union([z.int().min(HOUSEHOLDS_MIN), z.literal(FEWER)]);
/** Households, by what became of the promises. */
export const promiseFiguresSchema = z.record(z.enum(promiseFates), figureSchema);
export type PromiseFigures = z.infer<typeof promiseFiguresSchema>;

/** Households, by fate. */
export const offerFiguresSchema = z.strictObject({ gtin: gtinSchema, households: z.record(z.enum(offerFates), figureSchema) });
export type OfferFigures = z.infer<typeof offerFiguresSchema>;

const figure = (count = 0): number | typeof FEWER => (count >= HOUSEHOLDS_MIN ? count : FEWER);

/** Promised against delivered, hidden like the fates of offers. @param days of different households, all of one day */
export const promiseFiguresOf = (days: readonly HouseholdDay[]): PromiseFigures =>
  promiseFiguresSchema.parse(
    Object.fromEntries(promiseFates.map((fate) => [fate, figure(days.filter(({ promises = [] }) => promises.includes(fate)).length)])),
  );

/**
 * One line for each product of which at least one figure has households enough. None, and too few to be told, read the same; there are no sums over
 * products or fates, from which a single household could be subtracted. @param days of different households, all of one day
 */
export function figuresOf(days: readonly HouseholdDay[]): OfferFigures[] {
  const counts = new Map<Gtin, Map<OfferFate, number>>();
  for (const { fates } of days) {
    for (const { gtin, fate } of fates) {
      const ofProduct = counts.get(gtin) ?? new Map<OfferFate, number>();
      counts.set(gtin, ofProduct.set(fate, (ofProduct.get(fate) ?? 0) + 1));
    }
  }
  return [...counts]
    .filter(([, ofProduct]) => [...ofProduct.values()].some((count) => count >= HOUSEHOLDS_MIN))
    .map(([gtin, ofProduct]) =>
      offerFiguresSchema.parse({ gtin, households: Object.fromEntries(offerFates.map((fate) => [fate, figure(ofProduct.get(fate))])) }),
    )
    .sort((a, b) => (a.gtin < b.gtin ? -1 : 1));
}

/** A supply that a person adds: as little as somebody in front of a cupboard knows, and the model learns the rest. */
import { z } from 'zod';
import { gtinSchema, quantitySchema, supplyIdSchema, toBase, type BaseQuantity, type HouseholdId } from '../values.ts';
import { supplyConfigSchema, type SupplyConfig } from './new-supply.ts';
import { guessFor } from './prior/prior.ts';
import { runOuts, SERVICE_LEVELS } from './reorder/service-level.ts';
import { supplySchema } from './supply.ts';

/** Nobody sells it, or has not said how long it takes. */
const LEAD_TIME_DAYS = 2;
/** A delivery that takes three days on average comes within two and four mostly. */
const LEAD_TIME_SPREAD = 0.3;

export const ownSupplySchema = z.strictObject({
  supplyId: supplyIdSchema,
  name: supplySchema.shape.name,
  productLine: z.enum(['groceries', 'household', 'heating']),
  /** In order of preference; the pack is asked for only where none of the linked shops sells the product. */
  products: z
    .array(z.strictObject({ gtin: gtinSchema, pack: quantitySchema.optional() }))
    .min(1)
    .max(8),
  /** In the house now. */
  inHouse: quantitySchema,
  /** A first guess; left out, it begins as in other households. */
  perWeek: quantitySchema.optional(),
  runOut: z.enum(runOuts).default('bad'),
});
export type OwnSupply = z.infer<typeof ownSupplySchema>;

export interface KnownProduct {
  readonly gtin: SupplyConfig['products'][number]['gtin'];
  readonly pack: BaseQuantity;
  readonly leadTimeDays?: number | undefined;
}

/**
 * Undefined if the amounts are not in the unit of the packs, or are nothing.
 * @param products with the packs that shops or the person have named, at least one
 */
export function ownSupplyConfig(householdId: HouseholdId, own: OwnSupply, products: readonly KnownProduct[]): SupplyConfig | undefined {
  const [first] = products;
  if (first === undefined) return undefined;
  const { unit, amount: pack } = first.pack;
  const inHouse = toBase(own.inHouse);
  const rate = rateOf(own, first.pack);
  if (inHouse.unit !== unit || rate === undefined) return undefined;
  const { perDay } = rate;
  const leadTimes = products.flatMap(({ leadTimeDays }) => leadTimeDays ?? []);
  const leadTimeDays = leadTimes.length === 0 ? LEAD_TIME_DAYS : Math.min(...leadTimes);
  const config = supplyConfigSchema.safeParse({
    ...{ householdId, supplyId: own.supplyId, name: own.name, productLine: own.productLine, unit },
    products: products.map(({ gtin, pack: of }) => ({ gtin, pack: of })),
    // An order should outlast a pack, and not a season.
    settings: { serviceLevel: SERVICE_LEVELS[own.runOut], packsMax: 12, coverDays: Math.min(60, Math.max(7, pack / perDay)) },
    ...{ ...rate, onHand: inHouse.amount },
    leadTime: { meanDays: leadTimeDays, sdDays: leadTimeDays * LEAD_TIME_SPREAD },
  });
  return config.success ? config.data : undefined;
}

type Rate = Pick<SupplyConfig, 'perDay' | 'portion' | 'confidenceDays' | 'guessed'>;
/** What a person says of how much they use is worth a week of watching. */
const TOLD_DAYS = 7;

function rateOf({ perWeek, name, productLine }: OwnSupply, { unit, amount: pack }: BaseQuantity): Rate | undefined {
  // One use is a piece, or what goes in a day, and never more than a pack.
  const portionOf = (perDay: number): number => Math.min(pack, unit === 'piece' ? 1 : perDay);
  if (perWeek !== undefined) {
    const told = toBase(perWeek);
    if (told.unit !== unit || told.amount <= 0) return undefined;
    const perDay = told.amount / 7;
    return { perDay, portion: portionOf(perDay), confidenceDays: TOLD_DAYS };
  }
  // What heating takes depends on the house, not on what others burn.
  if (productLine === 'heating') return undefined;
  const { perDay, category, confidenceDays } = guessFor({ name, pack });
  const portion = portionOf(perDay);
  return { perDay, portion, confidenceDays: confidenceDays(portion), guessed: { ...(category !== undefined && { category }) } };
}

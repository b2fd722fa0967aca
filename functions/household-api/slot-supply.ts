/** What a slot is to hold: a supply that is in the house already, or a new one, described as little as a person at the shelf can. */
import { z } from 'zod';
import { cannotMeasure } from '../../shared/device/catalog.ts';
import type { Device } from '../../shared/household/household.ts';
import { newSupply, supplyConfigSchema, type SupplyConfig } from '../../shared/supply/new-supply.ts';
import { guessFor } from '../../shared/supply/prior/prior.ts';
import { attachSensor } from '../../shared/supply/sensor.ts';
import { gtinSchema, ignored, supplyIdSchema, type BaseUnit, type SupplyId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { householdWait } from '../runtime/household-wait.ts';
import { change, list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { knownProducts } from './products.ts';

const SUPPLIES_MAX = 200;
/** Where no linked shop has said how long it takes. */
const LEAD_TIME_DAYS = 2;

const newSupplySchema = z.strictObject({
  supplyId: supplyIdSchema,
  name: z.string().min(1).max(60),
  gtin: gtinSchema,
  /** A first guess; the model learns what the household really uses. Left out, it begins as in other households. */
  packLastsDays: z.number().positive().max(365).optional(),
});
export const slotBodySchema = z.union([z.strictObject({ supplyId: supplyIdSchema }), z.strictObject({ newSupply: newSupplySchema })]);
export type SlotBody = z.infer<typeof slotBodySchema>;
type NewSupply = z.infer<typeof newSupplySchema>;

export interface Slot {
  readonly device: Device;
  readonly slot: string;
}

/** The supply measures itself by this slot from now on; repeating it changes nothing. */
export async function fillSlot(at: Slot, body: SlotBody): Promise<SupplyId> {
  if ('newSupply' in body) return addMeasured(at, body.newSupply);
  const { device, slot } = at;
  const key = keys.supply(device.householdId, body.supplyId);
  const supply = (await load(kinds.supply, key))?.state;
  if (supply === undefined || supply.removedAt !== undefined) throw notFound('supply');
  refuseUnit(at, supply.unit);
  const offered = offerOf(at);
  const now = productNow();
  const sensor = { thing: device.thing, slot, deviceType: device.deviceType, capacity: offered?.capacity, resolution: offered?.resolution };
  const result = await change(kinds.supply, key, (stored) => (stored === undefined ? ignored('gone') : attachSensor(stored, sensor, now)));
  if (result.kind === 'rejected') throw new VisibleError(409, 'measured-elsewhere', 'another slot measures this supply already');
  return body.supplyId;
}

const offerOf = ({ device, slot }: Slot) => device.offers?.find((one) => one.slot === slot);

function refuseUnit(at: Slot, unit: BaseUnit): void {
  const offered = offerOf(at);
  const refusal = cannotMeasure(at.device.deviceType, unit);
  if (refusal !== undefined) throw new VisibleError(422, 'not-measured', refusal);
  if (offered !== undefined && offered.unit !== unit)
    throw new VisibleError(422, 'not-measured', `this slot counts in ${offered.unit}, the product in ${unit}`);
}

async function addMeasured(at: Slot, described: NewSupply): Promise<SupplyId> {
  const { device } = at;
  const { householdId } = device;
  const key = keys.supply(householdId, described.supplyId);
  const before = (await load(kinds.supply, key))?.state;
  if (before !== undefined) return fillSlot(at, { supplyId: before.supplyId });
  if ((await list(kinds.supply, householdPk(householdId), 'SUPPLY#')).length >= SUPPLIES_MAX)
    throw new VisibleError(409, 'too-many-supplies', `a household has at most ${SUPPLIES_MAX} supplies`);
  const config = await configFor(at, described);
  const wait = await householdWait(householdId);
  const { thing, slot, supplyId } = config;
  await change(kinds.supply, key, (stored) =>
    stored === undefined
      ? {
          kind: 'changed',
          state: newSupply(config, productNow(), device.deviceType, wait),
          events: [{ type: 'supply.added', data: { householdId, supplyId, ...(thing && { thing, slot }) } }],
        }
      : ignored('already-added'),
  );
  return supplyId;
}

/** Pack and unit come from the shops that the household has linked: what none of them sells could never be bought. */
async function configFor(at: Slot, { supplyId, name, gtin, packLastsDays: told }: NewSupply): Promise<SupplyConfig> {
  const { device, slot } = at;
  const household = (await load(kinds.household, keys.household(device.householdId)))?.state;
  if (household === undefined) throw notFound('household');
  const [sold] = await knownProducts(household, [{ gtin }]);
  if (sold === undefined) throw notFound('product');
  refuseUnit(at, sold.pack.unit);
  if (told === undefined && device.deviceType === 'heating')
    throw new VisibleError(422, 'rate-unknown', 'say how long a pack lasts: what heating takes depends on the house');
  const guess = guessFor({ name, pack: sold.pack.amount });
  const packLastsDays = told ?? sold.pack.amount / guess.perDay;
  const perDay = sold.pack.amount / packLastsDays;
  const portion = sold.pack.unit === 'piece' ? Math.min(1, sold.pack.amount) : perDay / 4;
  const offered = offerOf(at);
  return supplyConfigSchema.parse({
    ...{ householdId: device.householdId, supplyId, thing: device.thing, slot, name, unit: sold.pack.unit },
    productLine: device.deviceType === 'heating' ? 'heating' : device.deviceType === 'tv' ? 'household' : 'groceries',
    products: [{ gtin, pack: sold.pack }],
    settings: {
      ...{ serviceLevel: 0.95, packsMax: 12 },
      // An order should outlast a pack, and not a season.
      coverDays: Math.min(60, Math.max(4, packLastsDays)),
      ...(offered?.capacity !== undefined && { capacity: offered.capacity }),
      ...(offered?.resolution !== undefined && { resolution: offered.resolution }),
    },
    ...{ perDay, portion, confidenceDays: told === undefined ? guess.confidenceDays(portion) : 3 },
    ...(told === undefined && { guessed: { ...(guess.category !== undefined && { category: guess.category }) } }),
    leadTime: { meanDays: sold.leadTimeDays ?? LEAD_TIME_DAYS, sdDays: 0.5 },
  });
}

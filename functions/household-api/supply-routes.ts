/** Devices and supplies: which thing stands in the house, and which of its slots holds what. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { deviceSchema, isInHouse, type Device } from '../../shared/household/household.ts';
import { cannotMeasure } from '../../shared/device/catalog.ts';
import { newSupply, supplyConfigSchema } from '../../shared/supply/new-supply.ts';
import { supplySchema } from '../../shared/supply/supply.ts';
import {
  householdIdSchema,
  ignored,
  supplyIdSchema,
  type BaseUnit,
  type DeviceType,
  type HouseholdId,
  type SupplyId,
  type ThingName,
} from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandScope } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { householdWait } from '../runtime/household-wait.ts';
import { asItStands, put } from '../runtime/put.ts';
import { change, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { newThingSchema } from './new-thing.ts';
import { claimThing } from './thing-owner.ts';

const deviceBody = deviceSchema.pick({ deviceType: true, name: true });
/** The ids may be repeated here; what the path says counts. */
const supplyBody = z.strictObject(supplyConfigSchema.shape).partial({ householdId: true, supplyId: true });

export const supplyRoutes = {
  addDevice: createRoute({
    method: 'put',
    path: routes.addDevice.path,
    request: { params: z.object({ householdId: householdIdSchema, thing: newThingSchema }), ...takes(deviceBody) },
    responses: gives(deviceSchema, 'The device as it stands now'),
  }),
  addSupply: createRoute({
    method: 'put',
    path: routes.addSupply.path,
    request: { params: z.object({ householdId: householdIdSchema, supplyId: supplyIdSchema }), ...takes(supplyBody) },
    responses: gives(supplySchema, 'The supply as it stands now'),
  }),
};

export function addSupplyRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(supplyRoutes.addDevice, async (context) => {
    demandScope(context, routes.addDevice);
    const { householdId, thing } = context.req.valid('param');
    if ((await load(kinds.household, keys.household(householdId))) === undefined) throw notFound('household');
    await claimThing(thing, householdId);
    const { deviceType, name } = context.req.valid('json');
    const result = await change(kinds.device, keys.device(householdId, thing), (stored) => {
      // What was given away begins anew.
      const before = isInHouse(stored) ? stored : undefined;
      const device = { ...(before ?? { householdId, thing, slots: {}, addedAt: productNow() }), deviceType, name };
      return put(before, device, { type: 'device.added', data: { householdId, thing, deviceType } });
    });
    return context.json(deviceSchema.parse(asItStands(result)), 200);
  });

  api.openapi(supplyRoutes.addSupply, async (context) => {
    demandScope(context, routes.addSupply);
    const { householdId, supplyId } = context.req.valid('param');
    const config = supplyConfigSchema.safeParse({ ...context.req.valid('json'), householdId, supplyId });
    if (!config.success) throw new VisibleError(400, 'bad-request', z.prettifyError(config.error).slice(0, 500));
    const { thing, slot } = config.data;
    const deviceType = thing && (await deviceTypeFor(householdId, thing, config.data.unit));
    const wait = await householdWait(householdId);
    const result = await change(kinds.supply, keys.supply(householdId, supplyId), (before) =>
      // A supply lives on readings and orders: a repeat must not set it back to its beginning.
      before === undefined
        ? put(before, newSupply(config.data, productNow(), deviceType, wait), {
            type: 'supply.added',
            data: { householdId, supplyId, ...(thing && { thing, slot }) },
          })
        : ignored('already-added'),
    );
    // The supply first: a slot never names one that is not there.
    if (thing !== undefined && slot !== undefined) await linkSlot(householdId, thing, slot, supplyId);
    return context.json(supplySchema.parse(asItStands(result)), 200);
  });
}

/** A slot holds only what its device can measure; otherwise its supply would never be heard of. */
async function deviceTypeFor(householdId: HouseholdId, thing: ThingName, unit: BaseUnit): Promise<DeviceType> {
  const device = (await load(kinds.device, keys.device(householdId, thing)))?.state;
  if (!isInHouse(device)) throw notFound('device');
  const refusal = cannotMeasure(device.deviceType, unit);
  if (refusal !== undefined) throw new VisibleError(422, 'not-measured', refusal);
  return device.deviceType;
}

const linkSlot = (householdId: HouseholdId, thing: ThingName, slot: string, supplyId: SupplyId) =>
  change(kinds.device, keys.device(householdId, thing), (device: Device | undefined) => {
    if (!isInHouse(device)) throw notFound('device');
    if (device.slots[slot] === supplyId) return ignored('already-linked');
    if (device.slots[slot] !== undefined) throw new VisibleError(409, 'slot-taken', `slot ${slot} holds another supply`);
    return { kind: 'changed', state: { ...device, slots: { ...device.slots, [slot]: supplyId } }, events: [] };
  });

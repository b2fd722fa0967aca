/** A device in its household: how it is called, what its slots hold, and how it is given away. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { endPairing } from '../../shared/device/pairing.ts';
import type { DomainEvent } from '../../shared/events.ts';
import { deviceOverview, deviceOverviewSchema } from '../../shared/household/device-overview.ts';
import { deviceSchema, isInHouse, type Device } from '../../shared/household/household.ts';
import { detachSensor } from '../../shared/supply/sensor.ts';
import { householdIdSchema, ignored, slotSchema, thingNameSchema, type HouseholdId, type Outcome, type ThingName } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { demandActor, demandOwner } from './actor.ts';
import { fillSlot, slotBodySchema } from './slot-supply.ts';
import { freeThing } from './thing-owner.ts';

const params = z.object({ householdId: householdIdSchema, thing: thingNameSchema });
const slotParams = params.extend({ slot: slotSchema });
const labelBody = z.strictObject({ name: deviceSchema.shape.name, room: z.string().min(1).max(40).optional() });
type Where = z.infer<typeof params>;

export const deviceRoutes = {
  labelDevice: createRoute({
    method: 'put',
    path: routes.labelDevice.path,
    request: { params, ...takes(labelBody) },
    responses: gives(deviceOverviewSchema, 'The device as it is called now'),
  }),
  removeDevice: createRoute({
    method: 'delete',
    path: routes.removeDevice.path,
    request: { params },
    responses: gives(deviceOverviewSchema, 'The device, which belongs to the household no longer'),
  }),
  linkSlot: createRoute({
    method: 'put',
    path: routes.linkSlot.path,
    request: { params: slotParams, ...takes(slotBodySchema) },
    responses: gives(deviceOverviewSchema, 'The device with its slots'),
  }),
  unlinkSlot: createRoute({
    method: 'delete',
    path: routes.unlinkSlot.path,
    request: { params: slotParams },
    responses: gives(deviceOverviewSchema, 'The device with its slots'),
  }),
};

export function addDeviceRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(deviceRoutes.labelDevice, async (context) => {
    const where = context.req.valid('param');
    await demandActor(context, routes.labelDevice, where.householdId);
    const { name, room } = context.req.valid('json');
    const device = await changeDevice(where, ({ room: _room, ...before }) => {
      const isSame = before.name === name && _room === room;
      return isSame ? undefined : { ...before, name, ...(room !== undefined && { room }) };
    });
    return context.json(shown(device), 200);
  });

  api.openapi(deviceRoutes.removeDevice, async (context) => {
    const where = context.req.valid('param');
    const { memberId } = await demandOwner(context, routes.removeDevice, where.householdId);
    if ((await load(kinds.device, keys.device(where.householdId, where.thing))) === undefined) throw notFound('device');
    await change(kinds.pairing, keys.pairing(where.thing), (pairing) => endPairing(pairing, where.householdId));
    const result = await change(kinds.device, keys.device(where.householdId, where.thing), (device): Outcome<Device, DomainEvent> => {
      if (!isInHouse(device)) return ignored('given-away');
      return { kind: 'changed', state: { ...device, removedAt: productNow() }, events: [{ type: 'device.removed', data: { ...where, memberId } }] };
    });
    await freeThing(where.thing, where.householdId);
    await detachAll(where);
    const device = asItStands(result);
    if (device === undefined) throw notFound('device');
    return context.json(shown(device), 200);
  });

  api.openapi(deviceRoutes.linkSlot, async (context) => {
    const { slot, ...where } = context.req.valid('param');
    await demandActor(context, routes.linkSlot, where.householdId);
    const device = await demandDevice(where);
    if (device.offers !== undefined && !device.offers.some((one) => one.slot === slot)) throw notFound('slot');
    const body = context.req.valid('json');
    const supplyId = 'newSupply' in body ? body.newSupply.supplyId : body.supplyId;
    refuseTaken(device, slot, supplyId);
    // The supply first: a slot never names one that is not there.
    await fillSlot({ device, slot }, body);
    const linked = await changeDevice(where, (before) => {
      refuseTaken(before, slot, supplyId);
      return before.slots[slot] === supplyId ? undefined : { ...before, slots: { ...before.slots, [slot]: supplyId } };
    });
    return context.json(shown(linked), 200);
  });

  api.openapi(deviceRoutes.unlinkSlot, async (context) => {
    const { slot, ...where } = context.req.valid('param');
    await demandActor(context, routes.unlinkSlot, where.householdId);
    const device = await changeDevice(where, (before) => {
      const { [slot]: linked, ...slots } = before.slots;
      return linked === undefined ? undefined : { ...before, slots };
    });
    await detachAll(where, slot);
    return context.json(shown(device), 200);
  });
}

const shown = (device: Device) => deviceOverviewSchema.parse(deviceOverview(device, productNow()));

async function demandDevice({ householdId, thing }: Where): Promise<Device> {
  const device = (await load(kinds.device, keys.device(householdId, thing)))?.state;
  if (!isInHouse(device)) throw notFound('device');
  return device;
}

function refuseTaken(device: Device, slot: string, supplyId: string): void {
  const holds = device.slots[slot];
  if (holds !== undefined && holds !== supplyId) throw new VisibleError(409, 'slot-taken', 'this slot holds another supply; empty it first');
}

/** @param alter undefined when nothing is to be written */
async function changeDevice(where: Where, alter: (device: Device) => Device | undefined): Promise<Device> {
  const result = await change(kinds.device, keys.device(where.householdId, where.thing), (device): Outcome<Device, DomainEvent> => {
    if (!isInHouse(device)) throw notFound('device');
    const state = alter(device);
    return state === undefined ? ignored('nothing-changed') : { kind: 'changed', state, events: [{ type: 'device.changed', data: where }] };
  });
  const device = asItStands(result);
  if (device === undefined) throw notFound('device');
  return device;
}

/** The supplies of a device, or of one slot, go on without a sensor. Looked up in the supplies, so that a repeat finishes what a crash has left. */
async function detachAll(where: { readonly householdId: HouseholdId; readonly thing: ThingName }, slot?: string): Promise<void> {
  const { householdId, thing } = where;
  const supplies = await list(kinds.supply, householdPk(householdId), 'SUPPLY#');
  const measured = supplies.filter(({ state }) => state.thing === thing && (slot === undefined || state.slot === slot));
  const now = productNow();
  for (const { state } of measured) {
    await change(kinds.supply, keys.supply(householdId, state.supplyId), (supply) =>
      supply === undefined ? ignored('gone') : detachSensor(supply, { thing, slot }, now),
    );
  }
}

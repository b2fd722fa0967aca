/** A new thing finds its household: its maker registers it and gets the code that stands on it, a member brings it in with that code. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { groupedCode } from '../../shared/device/pairing-code.ts';
import { claim, pairingSchema, type Pairing } from '../../shared/device/pairing.ts';
import type { DomainEvent } from '../../shared/events.ts';
import { deviceOverview, deviceOverviewSchema } from '../../shared/household/device-overview.ts';
import { deviceSchema, isInHouse, type Device, type Member } from '../../shared/household/household.ts';
import { householdIdSchema, ignored, type Instant, type Outcome } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandScope } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, list } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';
import { demandActor } from './actor.ts';
import { newThingSchema } from './new-thing.ts';
import { findPairing, makeCode } from './pairing-code.ts';
import { takeTryOf } from './take-try.ts';
import { claimThing, holderOf } from './thing-owner.ts';

const DEVICES_MAX = 50;

const pairingBody = pairingSchema.pick({ deviceType: true, model: true, slots: true });
const offerSchema = pairingBody.extend({
  thing: pairingSchema.shape.thing,
  /** Answered this once, and never again: we keep only its hash. */
  pairingCode: z.string(),
});
const deviceBody = z.strictObject({
  pairingCode: z.string().min(1).max(40),
  /** Without one it is called like its model until somebody names it. */
  name: deviceSchema.shape.name.optional(),
  room: z.string().min(1).max(40).optional(),
});

export const pairingRoutes = {
  offerPairing: createRoute({
    method: 'put',
    path: routes.offerPairing.path,
    request: { params: z.object({ thing: newThingSchema }), ...takes(pairingBody) },
    responses: gives(offerSchema, 'The thing and its new code; a code that was made before counts no longer'),
  }),
  pairDevice: createRoute({
    method: 'post',
    path: routes.pairDevice.path,
    request: { params: z.object({ householdId: householdIdSchema }), ...takes(deviceBody) },
    responses: gives(deviceOverviewSchema, 'The device, which belongs to the household now'),
  }),
};

export function addPairingRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(pairingRoutes.offerPairing, async (context) => {
    demandScope(context, routes.offerPairing);
    const { thing } = context.req.valid('param');
    // Else whoever sells it on could print a code for a thing that stands in somebody's kitchen.
    if ((await holderOf(thing)) !== undefined) throw new VisibleError(409, 'thing-taken', 'this thing belongs to a household, which has to remove it first');
    const body = context.req.valid('json');
    const { code, kept } = await makeCode(thing);
    await change(kinds.pairing, keys.pairing(thing), () => ({
      kind: 'changed',
      state: { thing, ...body, ...kept, madeAt: productNow(), status: 'offered' },
      events: [],
    }));
    return context.json({ thing, ...body, pairingCode: groupedCode(code) }, 200);
  });

  api.openapi(pairingRoutes.pairDevice, async (context) => {
    const { householdId } = context.req.valid('param');
    const member = await demandActor(context, routes.pairDevice, householdId);
    const { pairingCode, ...label } = context.req.valid('json');
    await takeTryOf(member, 'pairing');
    const pairing = await claimWith(pairingCode, member);
    const now = productNow();
    const result = await change(kinds.device, keys.device(householdId, pairing.thing), (before) => bringIn(before, { pairing, member, label, now }));
    const device = asItStands(result);
    if (device === undefined) throw unknownCode();
    return context.json(deviceOverviewSchema.parse(deviceOverview(device, now)), 200);
  });
}

/** Unknown, mistyped, used by somebody else or given away: whoever guesses learns nothing from the answer. */
const unknownCode = () => new VisibleError(404, 'unknown-code', 'this code is not known, or it has been used already');

/** First the code is ours, then the thing, then the device is there; a repeat after a crash finishes what is missing. */
async function claimWith(typed: string, { householdId, memberId }: Member): Promise<Pairing> {
  const found = await findPairing(typed);
  if (found === undefined) throw unknownCode();
  const devices = await list(kinds.device, householdPk(householdId), 'DEVICE#');
  const isFull = devices.filter(({ state }) => isInHouse(state) && state.thing !== found.thing).length >= DEVICES_MAX;
  if (isFull) throw new VisibleError(409, 'too-many-devices', `a household has at most ${DEVICES_MAX} devices`);
  const result = await change(kinds.pairing, keys.pairing(found.thing), (pairing) =>
    // Another code may have been made since.
    claim(pairing?.hash === found.hash ? pairing : undefined, { householdId, memberId, at: productNow() }),
  );
  if (result.kind === 'rejected') throw unknownCode();
  await claimThing(found.thing, householdId);
  return found;
}

interface Arrival {
  readonly pairing: Pairing;
  readonly member: Member;
  readonly label: { readonly name?: string | undefined; readonly room?: string | undefined };
  readonly now: Instant;
}

/** Whatever stood here before under this name was given away: the device begins anew. */
function bringIn(before: Device | undefined, { pairing, member, label, now }: Arrival): Outcome<Device, DomainEvent> {
  if (isInHouse(before)) return ignored('paired-already');
  const { householdId, memberId } = member;
  const { thing, deviceType, model, slots: offers } = pairing;
  const { name = model, room } = label;
  const device = { householdId, thing, deviceType, name, ...(room !== undefined && { room }), model, offers, pairedBy: memberId, slots: {}, addedAt: now };
  return { kind: 'changed', state: device, events: [{ type: 'device.paired', data: { householdId, thing, deviceType, memberId } }] };
}

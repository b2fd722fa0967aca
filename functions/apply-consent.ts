/** What the household has answered → what obeys it: its devices' optional fields, what is made of its journey. Within seconds, and again for each device that comes later. */
import { isNewer, type DevicePermission } from '../shared/household/permission.ts';
import { allowsUse, standing } from '../shared/household/privacy.ts';
import { ignored, type HouseholdId } from '../shared/values.ts';
import { householdPk, keys, kinds } from './runtime/aggregates.ts';
import { change, list, load } from './runtime/store.ts';
import { queueWorker } from './runtime/worker.ts';
import { permitJourney } from './update-journey/permit-journey.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'event' || !('householdId' in work.event.data) || work.event.data.householdId === undefined)
    throw new Error('expected an event of a household');
  const { householdId } = work.event.data;
  const privacy = await load(kinds.privacy, keys.privacy(householdId));
  // Nobody has answered anything: what stands by default needs no mark.
  if (privacy === undefined) return;
  const { state, version: privacyVersion } = privacy;
  await permitOnDevices(householdId, {
    ...{ allowed: standing(state, 'optional-telemetry') === 'given', privacyVersion },
    ...(allowsUse(state, 'messages-shown') && { messagesShown: true }),
  });
  await permitJourney(householdId, { allowed: standing(state, 'profiling') === 'given', privacyVersion });
});

async function permitOnDevices(householdId: HouseholdId, permission: DevicePermission): Promise<void> {
  for (const { state } of await list(kinds.device, householdPk(householdId), 'DEVICE#')) {
    await change(kinds.device, keys.device(householdId, state.thing), (device) =>
      device === undefined || !isNewer(permission, device.optionalTelemetry)
        ? ignored('obeyed')
        : { kind: 'changed', state: { ...device, optionalTelemetry: permission }, events: [] },
    );
  }
}

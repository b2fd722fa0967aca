/** The connections that a member's apps have opened, and how one is ended. */
import { DeleteConnectionCommand, IoTDataPlaneClient, ResourceNotFoundException } from '@aws-sdk/client-iot-data-plane';
import type { AppConnection } from '../../shared/household/app-connection.ts';
import { ignored, type HouseholdId, type MemberId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { wallSeconds } from '../runtime/clock.ts';
import { change, list } from '../runtime/store.ts';

const broker = new IoTDataPlaneClient({});

/** The prefix also finds `mem_a-b` for `mem_a`; the item says whose it is. */
export async function findApps(householdId: HouseholdId, memberId: MemberId): Promise<AppConnection[]> {
  const apps = await list(kinds.app, householdPk(householdId), `APP#app-${memberId}-`);
  return apps.map(({ state }) => state).filter((app) => app.memberId === memberId && app.endsAtSeconds > wallSeconds());
}

/** The record ends with the connection, so that a repeat finds nothing to do; the store removes it in its own time. */
export async function disconnect({ householdId, clientId }: AppConnection): Promise<void> {
  try {
    await broker.send(new DeleteConnectionCommand({ clientId, cleanSession: true, preventWillMessage: true }));
  } catch (error) {
    // An app that is not connected is what we want.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  const now = wallSeconds();
  await change(kinds.app, keys.app(householdId, clientId), (app) =>
    app === undefined || app.endsAtSeconds <= now ? ignored('ended') : { kind: 'changed', state: { ...app, endsAtSeconds: now }, events: [] },
  );
}

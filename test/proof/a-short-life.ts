/** A household that comes, does once what no simulated one does, and asks to be forgotten; and a subscription that hears of it. */
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { RunningCloud } from '../../infra/local/commands/running-cloud.ts';
import { routes } from '../../shared/api/routes.ts';
import { ask, connectApp, SHOP, tokenOf } from './doors.ts';

const HOUSEHOLD = 'hh_proof';
const OWNER = 'mem_proof';
const HUMS = 'fridge-paired';
const home = {
  ...{ name: 'Proof', timeZone: 'Europe/Berlin', language: 'de' },
  address: { recipient: 'P. Roof', street: 'Am Beweis 1', postalCode: '10115', city: 'Berlin', country: 'DE' },
};
const paired = z.looseObject({ pairingCode: z.string() });
const journey = z.looseObject({ standing: z.unknown().optional() });
const answered = { purpose: 'profiling', wordingVersion: '2026-11', language: 'de' };

/** Resolves when the household has asked to be forgotten and the subscription has heard something. */
export async function liveShortly(cloud: RunningCloud, operator: string): Promise<void> {
  const subscriber = await subscribe(cloud, operator);
  const ids = { householdId: HOUSEHOLD, memberId: OWNER, thing: HUMS };
  await ask(cloud, routes.createHousehold, { token: operator, ids, body: home });
  await ask(cloud, routes.linkShop, { token: operator, ids: { ...ids, retailerId: SHOP }, body: { account: 'acc-proof' } });
  await ask(cloud, routes.addMember, { token: operator, ids, body: { name: 'P. Roof', role: 'owner' } });
  const owner = await tokenOf(cloud, { call: 'memberToken', memberId: OWNER });
  const as = { token: owner, ids };
  // Somebody who is new to us, and somebody who signs in already.
  for (const [who, email] of [
    ['new', 'new@proof.example'],
    ['known', 'anna@example.org'],
  ] as const)
    await ask(cloud, routes.inviteMember, { ...as, body: { invitationId: `inv_${who}`, name: who, email, role: 'adult' } });
  const offered = await ask(cloud, routes.offerPairing, {
    ...{ token: operator, ids, body: { deviceType: 'fridge', model: 'Proof 1', slots: [{ slot: 'milk', unit: 'ml' }] } },
  });
  const { pairingCode } = paired.parse(offered);
  await ask(cloud, routes.pairDevice, { ...as, body: { pairingCode, name: 'Proof' } });
  await waitForStanding(cloud, as);
  // In this order there is something to take out, and something to put back.
  await ask(cloud, routes.withdrawConsent, { ...as, body: answered });
  await ask(cloud, routes.giveConsent, { ...as, body: answered });
  await ask(cloud, routes.exportHousehold, as);
  await subscriber.heard;
  await subscriber.close();
  // Whoever looks on while it goes is sent away.
  await connectApp(cloud, ids);
  await ask(cloud, routes.planErasure, as);
  await ask(cloud, routes.requestErasure, { ...as, body: { householdName: home.name } });
}

/** Resolves when something has been made of what it did: a consent that is withdrawn takes that away. */
async function waitForStanding(cloud: RunningCloud, as: { readonly token: string; readonly ids: object }): Promise<void> {
  while (journey.parse(await ask(cloud, routes.readJourney, as)).standing === undefined) await wait(250);
}

async function subscribe(cloud: RunningCloud, operator: string): Promise<{ readonly heard: Promise<void>; readonly close: () => Promise<void> }> {
  let hear: () => void = () => undefined;
  const heard = new Promise<void>((resolve) => (hear = resolve));
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(204).end();
      hear();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.int() }).parse(server.address());
  const ids = { subscriptionId: 'sub_proof' };
  await ask(cloud, routes.putSubscription, { token: operator, ids, body: { name: 'Proof', url: `http://127.0.0.1:${port}/` } });
  await ask(cloud, routes.readSubscriptionSecrets, { token: operator, ids });
  await ask(cloud, routes.testSubscription, { token: operator, ids });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { heard, close };
}

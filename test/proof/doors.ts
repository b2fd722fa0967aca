/** Knocking at the doors of a running local cloud, as whoever may and as whoever may not. */
import { readFile } from 'node:fs/promises';
import { connectAsync, type MqttClient } from 'mqtt';
import { z } from 'zod';
import type { RunningCloud } from '../../infra/local/commands/running-cloud.ts';
import { routes, type Route } from '../../shared/api/routes.ts';

export const HOUSEHOLD = 'hh_anna';
export const SHOP = 'rt_frischhof';
export const names = {
  sourceId: 'src_proof',
  keyId: 'one',
  householdId: HOUSEHOLD,
  memberId: 'mem_guest',
  retailerId: SHOP,
  mandateId: 'man_nobody',
  orderId: 'ord_nobody',
};

export const tokenOf = async (cloud: RunningCloud, call: Parameters<RunningCloud['ask']>[0]): Promise<string> => z.string().parse(await cloud.ask(call));

interface Knock {
  readonly token?: string;
  readonly body?: object;
  readonly ids?: object;
  readonly query?: string;
}

/** Answers the status; whether the answer is a yes is for other tests. */
export async function knock(cloud: RunningCloud, route: Route, how: Knock): Promise<number> {
  const response = await call(cloud, route, how);
  await response.arrayBuffer();
  return response.status;
}

const TRIES = 20;

/**
 * Answers what was said; whoever finds nobody there asks again, because functions die now and then under `--faults`. Throws for anything else but a yes, so that
 * nothing after it is done for nothing.
 */
export async function ask(cloud: RunningCloud, route: Route, how: Knock): Promise<unknown> {
  for (let tried = 1; ; tried += 1) {
    const response = await call(cloud, route, how);
    const said = await response.text();
    if (response.ok) return said === '' ? undefined : JSON.parse(said);
    if (response.status < 500 || tried === TRIES) throw new Error(`${route.method} ${route.path} answered ${response.status}: ${said}`);
  }
}

function call(cloud: RunningCloud, { method, path }: Route, { token, body, ids = {}, query = '' }: Knock): Promise<Response> {
  const all: Record<string, string> = { ...names, ...ids };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => all[name] ?? name);
  const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  return fetch(`${cloud.apiUrl}${filled}${query}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

export async function connectThing(
  cloud: RunningCloud,
  operator: string,
  { thing, deviceType, householdId = HOUSEHOLD }: { thing: string; deviceType: string; householdId?: string },
): Promise<MqttClient> {
  await knock(cloud, routes.addDevice, { token: operator, body: { deviceType, name: 'Another one' }, ids: { thing, householdId } });
  await cloud.ask({ call: 'certificate', thing });
  const [ca, cert, key] = await Promise.all([
    readFile(cloud.inside('broker', 'ca.pem')),
    readFile(cloud.inside('broker', 'things', thing, 'certificate.pem')),
    readFile(cloud.inside('broker', 'things', thing, 'key.pem')),
  ]);
  return connectAsync(`mqtts://localhost:${cloud.brokerPort}`, { ca, cert, key, clientId: thing, reconnectPeriod: 0 });
}

export async function connectApp(
  cloud: RunningCloud,
  { householdId, memberId }: { readonly householdId: string; readonly memberId: string },
): Promise<MqttClient> {
  const token = await tokenOf(cloud, { call: 'memberToken', memberId });
  const ca = await readFile(cloud.inside('broker', 'ca.pem'));
  return connectAsync(`mqtts://localhost:${cloud.brokerPort}`, {
    ...{ ca, clientId: `app-${memberId}-1`, username: householdId, password: token, reconnectPeriod: 0 },
  });
}

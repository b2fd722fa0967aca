/** The real local cloud in this process, with things that have a supply each, and a clock that goes as the wall's does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce } from '../../functions/runtime/store.ts';
import { accessOf } from '../../infra/local/cloud/access.ts';
import type { Access } from '../../infra/local/cloud/control.ts';
import { openCloud, type Cloud } from '../../infra/local/cloud/open-cloud.ts';
import { synthesize } from '../../infra/local/run/synthesize.ts';
import { deviceSchema } from '../../shared/household/household.ts';
import { newSupply, supplyConfigSchema } from '../../shared/supply/new-supply.ts';
import { householdIdSchema, instantOf, supplyIdSchema, thingNameSchema, type SupplyId, type ThingName } from '../../shared/values.ts';

export interface BenchCloud {
  readonly cloud: Cloud;
  readonly access: Access;
  readonly directory: string;
  readonly bundles: string;
  readonly things: readonly { readonly thing: ThingName; readonly supplyId: SupplyId; readonly directory: string }[];
  close(): Promise<void>;
}

const householdId = householdIdSchema.parse('hh_bench');

interface BenchOptions {
  /** Of each function. */
  readonly copies?: number;
  /** How often what is due is started. */
  readonly dueRate?: string;
  /** Whose functions work off their queues; all, unless told. */
  readonly working?: (functionName: string) => boolean;
}

export async function openBenchCloud(count: number, { copies, dueRate = 'rate(1 day)', working }: BenchOptions = {}): Promise<BenchCloud> {
  const directory = mkdtempSync(path.join(tmpdir(), 'nachschub-bench-'));
  const assembly = path.join(directory, 'assembly');
  await synthesize(assembly);
  const cloud = await openCloud({
    ...{ dataDirectory: path.join(directory, 'data'), assemblyDirectory: assembly, issuer: 'http://127.0.0.1:1/oidc', expected: [], report: () => undefined },
    parameters: { DueRate: dueRate, DueShards: '1', ReadingsLogged: '100', AppUrls: 'http://127.0.0.1:1/app/signed-in' },
    clock: { startsAt: Date.now(), rate: 1, mode: 'real-time' },
    ...(copies !== undefined && { copies }),
    ...(working !== undefined && { working }),
  });
  const access = accessOf(cloud);
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL: access.endpointUrl, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: access.accessKeyId },
    ...{ AWS_SECRET_ACCESS_KEY: access.secretAccessKey, HOUSEHOLDS_TABLE: access.tables.households, DUE_SHARDS: '1' },
    RETAILERS_TABLE: access.tables.retailers,
  });
  const things = await Promise.all(Array.from({ length: count }, (_, index) => addThing(cloud, path.join(directory, 'data'), index)));
  const close = async () => {
    await cloud.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { cloud, access, directory, bundles: `${assembly}-bundles`, things, close };
}

/** Its slot holds ninety litres, of which nobody drinks so many in a minute that it could run low. */
async function addThing(cloud: Cloud, data: string, index: number) {
  const thing = thingNameSchema.parse(`fridge-bench${index}`);
  const supplyId = supplyIdSchema.parse(`sup_bench${index}`);
  const now = instantOf(cloud.conductor.now());
  await cloud.broker.issueCertificate(thing);
  await createOnce(
    kinds.device,
    keys.device(householdId, thing),
    deviceSchema.parse({ householdId, thing, deviceType: 'fridge', name: thing, slots: { milk: supplyId }, addedAt: now }),
  );
  const config = supplyConfigSchema.parse({
    ...{ supplyId, householdId, thing, slot: 'milk', name: 'milk', productLine: 'groceries', unit: 'ml', perDay: 750, portion: 200, confidenceDays: 28 },
    ...{ products: [{ gtin: '4006381333931', pack: { amount: 1_000, unit: 'ml' } }], leadTime: { meanDays: 1.2, sdDays: 0.3 }, onHand: 90_000 },
    settings: { serviceLevel: 0.95, coverDays: 5, capacity: 100_000, resolution: 50, packsMax: 6 },
  });
  await createOnce(kinds.supply, keys.supply(householdId, supplyId), newSupply(config, now));
  return { thing, supplyId, directory: path.join(data, 'broker', 'things', thing) };
}

/** What the simulators are told: one file, readable by nobody else, because the shop's keys stand in it. */
import { renameSync, writeFileSync } from 'node:fs';
import { goods, retailer, STARTS_AT, type ScenarioHousehold } from '../scenario/scenario.ts';
import type { DataDirectory } from './data-directory.ts';
import type { RetailerKeys } from './seed.ts';

export interface SimulationFacts {
  readonly seed: number;
  readonly conductorPort: number;
  readonly brokerPort: number;
  readonly brokerCa: string;
  readonly apiUrl: string;
  readonly shopPort: number;
  readonly keys: RetailerKeys;
  readonly households: readonly ScenarioHousehold[];
}

const answers = { approve: 0.68, decline: 0.26, delayMinutes: [5, 180] };

export function writeSimulation(data: DataDirectory, facts: SimulationFacts): string {
  const { seed, conductorPort, brokerPort, brokerCa, apiUrl, shopPort, keys } = facts;
  const simulation = {
    ...{ seed, startsAt: STARTS_AT, conductorPort, brokerPort, brokerCa, apiUrl },
    ...{ ledgers: data.inside('ledgers'), doorstep: data.inside('doorstep') },
    households: facts.households.map((household) => householdOf(data, household)),
    retailers: [
      {
        ...{ retailerId: retailer.retailerId, name: retailer.name, port: shopPort, secretToRetailer: keys.toRetailer, secretFromRetailer: keys.fromRetailer },
        ...{ terms: retailer.terms, temper: retailer.temper },
        catalogue: goods.map(({ gtin, sku, title, pack, unit, priceMinor, vatPercent }) => ({
          gtin,
          sku,
          title,
          pack: { amount: pack, unit },
          priceMinor,
          vatPercent,
        })),
      },
    ],
  };
  const file = data.inside('simulation.json');
  writeFileSync(`${file}.new`, JSON.stringify(simulation), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return file;
}

export const tokenFile = (data: DataDirectory, memberId: string): string => data.inside('tokens', `${memberId}.jwt`);

function householdOf(data: DataDirectory, { householdId, name, account, memberId, memberName, thing }: ScenarioHousehold) {
  const slots = goods
    .filter(({ sensed }) => sensed)
    .map(({ slot, unit, capacity, initial, noise, resolution, usePerDay, portion, gtin, pack }) => ({
      ...{ slot, unit, capacity, initial, noise, resolution, usePerDay, portion },
      products: [{ gtin, pack: { amount: pack, unit } }],
    }));
  return {
    ...{ householdId, name, account },
    members: [{ memberId, name: memberName, tokenFile: tokenFile(data, memberId), answers }],
    things: [{ thing, type: 'fridge', certificates: data.inside('broker', 'things', thing), slots }],
  };
}

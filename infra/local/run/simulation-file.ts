/** What the simulators are told: one file, readable by nobody else, because the shops' keys stand in it. */
import { renameSync, writeFileSync } from 'node:fs';
import { articles, substitutes } from '../scenario/articles.ts';
import type { ScenarioHousehold, ScenarioMember, ScenarioThing } from '../scenario/household.ts';
import { accountOf, STARTS_AT } from '../scenario/scenario.ts';
import { catalogueOf, perksOf, substitutesOf, type ScenarioShop } from '../scenario/shops.ts';
import { BY_HAND } from '../auditor/answered-by-hand.ts';
import type { Recording } from '../options.ts';
import type { DataDirectory } from './data-directory.ts';
import type { RetailerKeys } from './seed.ts';
import type { CompanyFacts } from './seed-company.ts';

export interface ShopFacts {
  readonly shop: ScenarioShop;
  readonly port: number;
  readonly keys: RetailerKeys;
}

export interface SimulationFacts {
  readonly seed: number;
  readonly conductorPort: number;
  readonly brokerPort: number;
  readonly brokerCa: string;
  readonly apiUrl: string;
  readonly shops: readonly ShopFacts[];
  readonly households: readonly ScenarioHousehold[];
  /** A person at the screen answers for its members. */
  readonly answeredByHand: string | undefined;
  /** Of the source that the simulated browsers send for. */
  readonly writeKey: string;
  readonly company: CompanyFacts;
  readonly faults: readonly string[];
  readonly replay: readonly Recording[];
}

/** Shares of yes and no, and how long somebody takes; the rest is left unanswered. */
const ANSWERS: Record<ScenarioMember['answers'], object | undefined> = {
  quick: { approve: 0.68, decline: 0.26, delayMinutes: [5, 180] },
  slow: { approve: 0.7, decline: 0.15, delayMinutes: [60, 900] },
  never: undefined,
};

export function writeSimulation(data: DataDirectory, facts: SimulationFacts): string {
  const { seed, conductorPort, brokerPort, brokerCa, apiUrl, faults, replay } = facts;
  const simulation = {
    ...{ seed, startsAt: STARTS_AT, conductorPort, brokerPort, brokerCa, apiUrl, faults, replay, collect: { writeKey: facts.writeKey } },
    company: facts.company,
    ...{ ledgers: data.inside('ledgers'), doorstep: data.inside('doorstep'), byHand: data.inside(BY_HAND), faultsFile: data.inside('faults.ndjson') },
    households: facts.households.map((household) => householdOf(data, household, facts.answeredByHand)),
    retailers: facts.shops.map(shopOf),
  };
  const file = data.inside('simulation.json');
  writeFileSync(`${file}.new`, JSON.stringify(simulation), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return file;
}

export const tokenFile = (data: DataDirectory, memberId: string): string => data.inside('tokens', `${memberId}.jwt`);

const shopOf = ({ shop, port, keys }: ShopFacts) => ({
  ...{ retailerId: shop.retailerId, name: shop.name, port, secretToRetailer: keys.toRetailer, secretFromRetailer: keys.fromRetailer },
  ...{
    terms: shop.terms,
    temper: shop.temper,
    substitutes: substitutesOf(shop),
    perks: perksOf(shop),
    promotions: promotionsOf(shop),
    namesLots: shop.namesLots === true,
  },
  catalogue: catalogueOf(shop).map(({ article: { gtin, title, pack, unit, vatPercent, withdrawal }, sku, priceMinor }) => ({
    ...{ gtin, sku, title, pack: { amount: pack, unit }, priceMinor, vatPercent, ...(withdrawal && { withdrawal }) },
  })),
});

const dayOfRun = (day: number): string => new Date(Date.parse(STARTS_AT) + day * 86_400_000).toISOString();
const promotionsOf = ({ promotions = [] }: ScenarioShop) =>
  promotions.map(({ article, priceMinor, fromDay, toDay }) => ({ gtin: articles[article].gtin, priceMinor, from: dayOfRun(fromDay), until: dayOfRun(toDay) }));

function householdOf(data: DataDirectory, household: ScenarioHousehold, answeredByHand: string | undefined) {
  const { householdId, name, language, members, things, leavesOnDay } = household;
  return {
    ...{ householdId, name, language, account: accountOf(household) },
    members: members.map(({ memberId, name: memberName, email, answers }) => ({
      ...{ memberId, name: memberName, email, tokenFile: tokenFile(data, memberId), handsOff: householdId === answeredByHand },
      ...(ANSWERS[answers] !== undefined && { answers: ANSWERS[answers] }),
    })),
    things: things.map((thing) => thingOf(data, thing)),
    ...(leavesOnDay !== undefined && { leavesOnDay }),
  };
}

function thingOf(data: DataDirectory, { thing, type, shelves, heating, signedInMemberId }: ScenarioThing) {
  return {
    ...{ thing, type, certificates: data.inside('broker', 'things', thing) },
    slots: shelves.map(({ article, slot, capacity, initial, noise, resolution, usePerDay, portion }) => {
      const { gtin, pack, unit } = articles[article];
      const other = substitutes[article];
      const instead = other === undefined ? [] : [{ gtin: other.gtin, pack: { amount: other.pack, unit: other.unit } }];
      return { ...{ slot, unit, capacity, initial, noise, resolution, usePerDay, portion }, products: [{ gtin, pack: { amount: pack, unit } }, ...instead] };
    }),
    ...(heating !== undefined && { heating }),
    ...(signedInMemberId !== undefined && { tv: { signedInMemberId, tokenFile: tokenFile(data, signedInMemberId) } }),
  };
}

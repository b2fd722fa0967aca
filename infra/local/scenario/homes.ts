/** The three households that live here from the beginning: a single, a family of four and a pensioner couple. */
import { basics, shelf } from './shelves.ts';
import type { ScenarioHousehold } from './household.ts';

const anna: ScenarioHousehold = {
  householdId: 'hh_anna',
  key: 'anna',
  name: 'Anna',
  language: 'en',
  address: { recipient: 'Anna', street: 'Lindenstraße 12', postalCode: '10969', city: 'Berlin', country: 'DE' },
  members: [{ memberId: 'mem_anna', name: 'Anna', email: 'anna@example.org', role: 'owner', answers: 'quick' }],
  shops: ['rt_frischhof', 'rt_morgenkorb', 'rt_waermewerk'],
  things: [
    {
      ...{ thing: 'fridge-anna', type: 'fridge', name: 'Anna’s fridge' },
      shelves: [
        shelf('milk', basics.milk),
        shelf('eggs', basics.eggs),
        shelf('butter', basics.butter),
        shelf('juice', basics.juice),
        shelf('cheese', basics.cheese),
        shelf('yoghurt', basics.yoghurt),
      ],
    },
    { thing: 'tv-anna', type: 'tv', name: 'Anna’s TV', signedInMemberId: 'mem_anna', shelves: [shelf('batteries', basics.batteries)] },
  ],
  cupboard: [shelf('tabs', basics.tabs)],
  mandates: [
    {
      ...{ mandateId: 'man_anna', grantedBy: 'mem_anna', articles: ['milk', 'eggs', 'butter'], shops: ['rt_frischhof', 'rt_morgenkorb'] },
      ...{ perOrderMaxMinor: 2_500, perMonthMaxMinor: 12_000, ordersPerWeekMax: 7 },
    },
  ],
};

/** Everything in the fridges is bought without a question; the tank is too dear for that. */
const berger: ScenarioHousehold = {
  householdId: 'hh_berger',
  key: 'berger',
  name: 'Familie Berger',
  language: 'en',
  address: { recipient: 'Familie Berger', street: 'Am Anger 3', postalCode: '14469', city: 'Potsdam', country: 'DE' },
  members: [
    { memberId: 'mem_ben', name: 'Ben', email: 'ben@example.org', role: 'owner', answers: 'slow' },
    { memberId: 'mem_clara', name: 'Clara', email: 'clara@example.org', role: 'adult', answers: 'quick' },
    { memberId: 'mem_mia', name: 'Mia', email: 'mia@example.org', role: 'guest', answers: 'never' },
    { memberId: 'mem_tom', name: 'Tom', email: 'tom@example.org', role: 'guest', answers: 'never' },
  ],
  shops: ['rt_frischhof', 'rt_morgenkorb', 'rt_waermewerk'],
  things: [
    {
      ...{ thing: 'fridge-berger', type: 'fridge', name: 'Kitchen fridge' },
      shelves: [
        shelf('milk', { ...basics.milk, capacity: 12, initial: 4, usePerDay: 2.1 }),
        shelf('eggs', { ...basics.eggs, capacity: 40, initial: 22, usePerDay: 4.5 }),
        shelf('butter', { ...basics.butter, capacity: 1_500, initial: 700, usePerDay: 95 }),
        shelf('cheese', { ...basics.cheese, capacity: 2_000, initial: 900, usePerDay: 150 }),
        shelf('ham', { name: 'ham', capacity: 1_200, initial: 500, usePerDay: 80, portion: 20, coverDays: 4, shelfLifeDays: 12, serviceLevel: 0.9 }),
        shelf('yoghurt', { ...basics.yoghurt, capacity: 5_000, initial: 3_200, usePerDay: 520 }),
      ],
    },
    {
      ...{ thing: 'fridge-berger-cellar', type: 'fridge', name: 'Cellar fridge' },
      shelves: [
        shelf('water', { name: 'water', capacity: 60, initial: 26, usePerDay: 4, portion: 0.3, coverDays: 7, shelfLifeDays: 300 }),
        shelf('apple-juice', {
          name: 'apple juice',
          capacity: 20,
          initial: 8,
          usePerDay: 1.2,
          portion: 0.25,
          coverDays: 7,
          shelfLifeDays: 200,
          serviceLevel: 0.9,
        }),
      ],
    },
    {
      ...{ thing: 'heating-berger', type: 'heating', name: 'Oil heating' },
      heating: { fuel: 'oil', unitsPerDegreeDay: 1.1, baseCelsius: 15, hotWaterPerDay: 1.5 },
      shelves: [
        shelf('oil', {
          ...{ slot: 'tank', name: 'heating oil', productLine: 'heating', capacity: 3_000, initial: 420, noise: 3, resolution: 5, usePerDay: 14, portion: 1 },
          ...{ coverDays: 45, shelfLifeDays: 1_500, serviceLevel: 0.99, packsMax: 25 },
        }),
      ],
    },
    {
      thing: 'tv-berger',
      type: 'tv',
      name: 'Living room TV',
      signedInMemberId: 'mem_clara',
      shelves: [shelf('batteries', { ...basics.batteries, initial: 0.9, usePerDay: 0.06 })],
    },
  ],
  cupboard: [shelf('tabs', { ...basics.tabs, initial: 24, usePerDay: 2.2 })],
  mandates: [
    {
      ...{ mandateId: 'man_berger', grantedBy: 'mem_ben', shops: ['rt_frischhof', 'rt_morgenkorb'] },
      articles: ['milk', 'eggs', 'butter', 'cheese', 'ham', 'yoghurt', 'water', 'apple-juice', 'tabs'],
      ...{ perOrderMaxMinor: 8_000, perMonthMaxMinor: 55_000, ordersPerWeekMax: 7 },
    },
  ],
};

/** They decide themselves what they eat, but they never want to be cold. */
const koehler: ScenarioHousehold = {
  householdId: 'hh_koehler',
  key: 'koehler',
  name: 'Eheleute Köhler',
  language: 'de',
  address: { recipient: 'Ilse und Karl Köhler', street: 'Gartenweg 7', postalCode: '16225', city: 'Eberswalde', country: 'DE' },
  members: [
    { memberId: 'mem_ilse', name: 'Ilse', email: 'ilse@example.org', role: 'owner', answers: 'slow' },
    { memberId: 'mem_karl', name: 'Karl', email: 'karl@example.org', role: 'adult', answers: 'slow' },
  ],
  shops: ['rt_frischhof', 'rt_waermewerk'],
  things: [
    {
      ...{ thing: 'fridge-koehler', type: 'fridge', name: 'Kühlschrank' },
      shelves: [
        shelf('milk', { ...basics.milk, name: 'Milch', usePerDay: 0.5 }),
        shelf('eggs', { ...basics.eggs, name: 'Eier', usePerDay: 1.4 }),
        shelf('butter', { ...basics.butter, name: 'Butter', usePerDay: 40 }),
        shelf('quark', { name: 'Quark', capacity: 2_000, initial: 800, usePerDay: 120, portion: 60, coverDays: 4, shelfLifeDays: 14, serviceLevel: 0.9 }),
      ],
    },
    {
      ...{ thing: 'heating-koehler', type: 'heating', name: 'Pelletheizung' },
      heating: { fuel: 'pellets', unitsPerDegreeDay: 1.9, baseCelsius: 15, hotWaterPerDay: 2 },
      shelves: [
        shelf('pellets', {
          ...{ slot: 'tank', name: 'Pellets', productLine: 'heating', capacity: 700, initial: 320, usePerDay: 22, portion: 1 },
          ...{ coverDays: 15, shelfLifeDays: 700, serviceLevel: 0.99, packsMax: 40 },
        }),
      ],
    },
    {
      ...{ thing: 'tv-koehler', type: 'tv', name: 'Fernseher', signedInMemberId: 'mem_karl' },
      shelves: [shelf('batteries', { ...basics.batteries, name: 'Batterien der Fernbedienung', initial: 1.1, usePerDay: 0.05 })],
    },
  ],
  cupboard: [],
  mandates: [
    {
      ...{ mandateId: 'man_koehler', grantedBy: 'mem_ilse', articles: ['pellets'], shops: ['rt_waermewerk'] },
      ...{ perOrderMaxMinor: 30_000, perMonthMaxMinor: 60_000, ordersPerWeekMax: 1 },
    },
  ],
};

export const homes: readonly ScenarioHousehold[] = [anna, berger, koehler];

const SINGLES = ['Mira', 'Jonas', 'Selin', 'Paul', 'Lena', 'Emre', 'Ida', 'Tobias'] as const;

/** By then a long run knows the household well enough to miss it. */
const LEAVES_ON_DAY = 24;

/** Whoever lives here beside these three is a single with a fridge and Anna's habits; the first of them stops ordering one day. */
export function single(index: number): ScenarioHousehold {
  const name = SINGLES[index % SINGLES.length] ?? 'Mira';
  const round = Math.floor(index / SINGLES.length);
  const key = `${name.toLowerCase()}${round === 0 ? '' : `-${round + 1}`}`;
  const memberId = `mem_${key}`;
  return {
    ...anna,
    ...{ householdId: `hh_${key}`, key, name, address: { ...anna.address, recipient: name } },
    members: [{ memberId, name, email: `${key}@example.org`, role: 'owner', answers: 'quick' }],
    things: anna.things.slice(0, 1).map((thing) => ({ ...thing, thing: `fridge-${key}`, name: `${name}’s fridge` })),
    mandates: anna.mandates.map((mandate) => ({ ...mandate, mandateId: `man_${key}`, grantedBy: memberId })),
    ...(index === 0 && { leavesOnDay: LEAVES_ON_DAY }),
  };
}

/** Who lives here at the beginning: households with real names, what their fridges hold, their shop and what they allow. */
import { gtinCheckDigit } from '../../../shared/values.ts';

/** GS1 keeps numbers that begin with 2 for use inside a shop: none of these is a product of somebody's. */
const inStoreGtin = (number: number): string => {
  const digits = `2${String(number).padStart(11, '0')}`;
  return `${digits}${gtinCheckDigit(digits)}`;
};

export interface Good {
  readonly slot: string;
  readonly name: string;
  readonly unit: 'l' | 'g' | 'piece';
  readonly gtin: string;
  readonly sku: string;
  readonly title: string;
  /** In `unit`, like everything below. */
  readonly pack: number;
  readonly priceMinor: number;
  readonly vatPercent: number;
  readonly capacity: number;
  readonly initial: number;
  readonly noise: number;
  readonly resolution: number;
  readonly usePerDay: number;
  readonly portion: number;
  readonly coverDays: number;
  readonly shelfLifeDays: number;
  readonly serviceLevel: number;
  readonly insideMandate: boolean;
  /** Nothing measures it: the model alone says when it is low. */
  readonly sensed: boolean;
}

const good = (number: number, of: Omit<Good, 'gtin' | 'sku' | 'vatPercent' | 'sensed'> & Partial<Pick<Good, 'vatPercent' | 'sensed'>>): Good => ({
  gtin: inStoreGtin(1_000 + number),
  sku: `FH-${1_000 + number}`,
  vatPercent: 7,
  sensed: true,
  ...of,
});

export const goods: readonly Good[] = [
  good(1, {
    slot: 'milk',
    name: 'milk',
    unit: 'l',
    title: 'Weidemilch 1 l',
    pack: 1,
    priceMinor: 129,
    capacity: 6,
    initial: 1.3,
    noise: 0.02,
    resolution: 0.05,
    usePerDay: 0.8,
    portion: 0.2,
    coverDays: 4,
    shelfLifeDays: 9,
    serviceLevel: 0.95,
    insideMandate: true,
  }),
  good(2, {
    slot: 'eggs',
    name: 'eggs',
    unit: 'piece',
    title: 'Freilandeier 10 Stück',
    pack: 10,
    priceMinor: 299,
    capacity: 24,
    initial: 11,
    noise: 0,
    resolution: 1,
    usePerDay: 2.2,
    portion: 1,
    coverDays: 5,
    shelfLifeDays: 21,
    serviceLevel: 0.95,
    insideMandate: true,
  }),
  good(3, {
    slot: 'butter',
    name: 'butter',
    unit: 'g',
    title: 'Fassbutter 250 g',
    pack: 250,
    priceMinor: 239,
    capacity: 1_000,
    initial: 330,
    noise: 4,
    resolution: 5,
    usePerDay: 45,
    portion: 15,
    coverDays: 6,
    shelfLifeDays: 30,
    serviceLevel: 0.95,
    insideMandate: true,
  }),
  good(4, {
    slot: 'juice',
    name: 'orange juice',
    unit: 'l',
    title: 'Orangensaft 1 l',
    pack: 1,
    priceMinor: 249,
    capacity: 5,
    initial: 2.1,
    noise: 0.02,
    resolution: 0.05,
    usePerDay: 0.55,
    portion: 0.25,
    coverDays: 3,
    shelfLifeDays: 20,
    serviceLevel: 0.9,
    insideMandate: false,
  }),
  good(5, {
    slot: 'cheese',
    name: 'cheese',
    unit: 'g',
    title: 'Bergkäse 300 g',
    pack: 300,
    priceMinor: 549,
    capacity: 1_200,
    initial: 420,
    noise: 4,
    resolution: 5,
    usePerDay: 60,
    portion: 20,
    coverDays: 4,
    shelfLifeDays: 25,
    serviceLevel: 0.9,
    insideMandate: false,
  }),
  good(6, {
    slot: 'yoghurt',
    name: 'yoghurt',
    unit: 'g',
    title: 'Naturjoghurt 500 g',
    pack: 500,
    priceMinor: 149,
    capacity: 3_000,
    initial: 1_700,
    noise: 8,
    resolution: 10,
    usePerDay: 260,
    portion: 130,
    coverDays: 2.5,
    shelfLifeDays: 14,
    serviceLevel: 0.9,
    insideMandate: false,
  }),
  good(7, {
    slot: 'tabs',
    name: 'dishwasher tabs',
    unit: 'piece',
    title: 'Spülmaschinentabs 30 Stück',
    pack: 30,
    priceMinor: 499,
    vatPercent: 19,
    capacity: 90,
    initial: 14,
    noise: 0,
    resolution: 1,
    usePerDay: 1.3,
    portion: 1,
    coverDays: 14,
    shelfLifeDays: 700,
    serviceLevel: 0.9,
    insideMandate: false,
    sensed: false,
  }),
];

export const retailer = {
  retailerId: 'rt_frischhof',
  name: 'Frischhof',
  terms: { deliveryFeeMinor: 178, freeDeliveryFromMinor: 2_500, minimumOrderMinor: 0, leadTimeDays: 1.2 },
  temper: { reject: 0.04, change: 0.05, leadTimeSdDays: 0.25, answerMinutes: [1, 30] },
} as const;

const NAMES = ['Anna', 'Familie Berger', 'Mira', 'Jonas', 'Eheleute Köhler', 'Selin', 'Paul', 'Wohngemeinschaft Linde'] as const;
const slug = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

export interface ScenarioHousehold {
  readonly householdId: string;
  readonly name: string;
  readonly memberId: string;
  readonly memberName: string;
  readonly account: string;
  readonly thing: string;
  readonly mandateId: string;
}

export function households(count: number): ScenarioHousehold[] {
  return Array.from({ length: count }, (_, index) => {
    const name = NAMES[index % NAMES.length] ?? 'Anna';
    const key = index < NAMES.length ? slug(name) : `${slug(name)}-${Math.floor(index / NAMES.length) + 1}`;
    return { householdId: `hh_${key}`, name, memberId: `mem_${key}`, memberName: name, account: `acc-${key}`, thing: `fridge-${key}`, mandateId: `man_${key}` };
  });
}

export const supplyId = (household: ScenarioHousehold, { slot }: Good): string => `sup_${household.householdId.slice(3)}-${slot}`;

/** A Monday morning. */
export const STARTS_AT = '2026-03-02T05:00:00.000Z';
export const MANDATE_ENDS_AT = '2027-03-31T22:00:00.000Z';

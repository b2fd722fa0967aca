/** Who lives here at the beginning, and when that is. */
import { homes, single } from './homes.ts';
import type { ScenarioHousehold, ScenarioThing } from './household.ts';
import type { Shelf } from './shelves.ts';

export const HOUSEHOLDS_DEFAULT = homes.length;

export const households = (count: number): ScenarioHousehold[] => Array.from({ length: count }, (_, index) => homes[index] ?? single(index - homes.length));

/** The household has this account with each of its shops. */
export const accountOf = ({ key }: ScenarioHousehold): string => `acc-${key}`;
export const supplyId = ({ key }: ScenarioHousehold, thing: ScenarioThing | undefined, { slot }: Shelf): string =>
  // Two devices may have a slot of the same name; the first fridge's supplies are called after the household alone.
  `sup_${thing === undefined || thing.thing === `fridge-${key}` ? key : thing.thing}-${slot}`;

/** A Monday morning. */
export const STARTS_AT = '2026-03-02T05:00:00.000Z';
export const MANDATE_ENDS_AT = '2027-03-31T22:00:00.000Z';

/** A TV that one household sells to another: whose it is when, as the description of the world says it to everybody who simulates a part of it. */
import { duration, millisOf } from '../shared/values.ts';
import type { HouseholdSpec, Simulation, ThingSpec } from './simulation.ts';

const SOLD_ON_DAY = 16;
const ON_THE_WAY = duration(30, 'hours');

export interface SecondHand {
  readonly thing: ThingSpec;
  readonly seller: HouseholdSpec;
  readonly buyer: HouseholdSpec;
  /** From here on nobody of the seller's stands before it; product milliseconds. */
  readonly soldAt: number;
  /** When it is plugged in again and brought into its new household. */
  readonly boughtAt: number;
}

/** The second household's TV goes to the third; undefined where fewer live here. */
export function secondHandOf({ households, startsAt }: Pick<Simulation, 'households' | 'startsAt'>): SecondHand | undefined {
  const [, seller, buyer] = households;
  const thing = seller?.things.find(({ type }) => type === 'tv');
  if (seller === undefined || buyer === undefined || thing === undefined) return undefined;
  // Somebody is at home in the evening: eight hours after the morning on which the run begins.
  const soldAt = millisOf(startsAt) + duration(SOLD_ON_DAY, 'days') + duration(8, 'hours');
  return { thing, seller, buyer, soldAt, boughtAt: soldAt + ON_THE_WAY };
}

/** The things that stand in a household at a moment. */
export function thingsAt(simulation: Pick<Simulation, 'households' | 'startsAt'>, household: HouseholdSpec, now: number): readonly ThingSpec[] {
  const sold = secondHandOf(simulation);
  if (sold === undefined || now < sold.soldAt) return household.things;
  if (household === sold.seller) return household.things.filter(({ thing }) => thing !== sold.thing.thing);
  return household === sold.buyer && now >= sold.boughtAt ? [...household.things, sold.thing] : household.things;
}

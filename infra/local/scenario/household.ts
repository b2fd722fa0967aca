/** What the scenario says of a household: its people, devices, shelves, shops and mandates. */
import type { ArticleName } from './articles.ts';
import type { Shelf } from './shelves.ts';

export interface ScenarioMember {
  readonly memberId: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'owner' | 'adult' | 'guest';
  /** How somebody answers who is asked. */
  readonly answers: 'quick' | 'slow' | 'never';
}

export interface ScenarioThing {
  readonly thing: string;
  readonly type: 'fridge' | 'heating' | 'tv';
  readonly name: string;
  readonly shelves: readonly Shelf[];
  /** Amounts in the unit of its fuel. */
  readonly heating?: {
    readonly fuel: 'oil' | 'pellets';
    readonly unitsPerDegreeDay: number;
    readonly baseCelsius: number;
    readonly hotWaterPerDay: number;
  };
  /** Of a TV: whose account it uses when somebody answers with the remote control. */
  readonly signedInMemberId?: string;
}

export interface ScenarioMandate {
  readonly mandateId: string;
  readonly grantedBy: string;
  readonly articles: readonly ArticleName[];
  readonly shops: readonly string[];
  readonly perOrderMaxMinor: number;
  readonly perMonthMaxMinor: number;
  readonly ordersPerWeekMax: number;
}

export interface ScenarioHousehold {
  readonly householdId: string;
  /** What stands after the prefix of its ids. */
  readonly key: string;
  readonly name: string;
  readonly language: 'de' | 'en';
  readonly address: { readonly recipient: string; readonly street: string; readonly postalCode: string; readonly city: string; readonly country: string };
  readonly members: readonly ScenarioMember[];
  readonly shops: readonly string[];
  readonly things: readonly ScenarioThing[];
  /** What no device watches. */
  readonly cupboard: readonly Shelf[];
  readonly mandates: readonly ScenarioMandate[];
  /** From this day of the run on it buys elsewhere, and its devices go on. */
  readonly leavesOnDay?: number;
}

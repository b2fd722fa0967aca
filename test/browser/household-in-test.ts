/** A household for one test alone: its own ids, people who can sign in, and what stands in its cupboard. */
import { randomBytes } from 'node:crypto';
import type { ArticleName } from '../../infra/local/scenario/articles.ts';
import type { ScenarioHousehold, ScenarioMandate, ScenarioMember } from '../../infra/local/scenario/household.ts';
import { homes } from '../../infra/local/scenario/homes.ts';
import { shelf, type Shelf } from '../../infra/local/scenario/shelves.ts';
import { memberIdSchema, householdIdSchema, type HouseholdId, type MemberId } from '../../shared/values.ts';

export interface HouseholdWishes {
  readonly name?: string;
  readonly language?: 'de' | 'en';
  /** The first one is the owner unless told otherwise. Default: Anna. */
  readonly members?: readonly { readonly name: string; readonly role?: ScenarioMember['role'] }[];
  /** In the cupboard, watched by no device. Default: milk, and enough of it. */
  readonly supplies?: readonly ArticleName[];
  readonly things?: ScenarioHousehold['things'];
  readonly shops?: readonly string[];
  readonly mandates?: readonly Omit<ScenarioMandate, 'mandateId' | 'grantedBy'>[];
}

export interface HouseholdInTest {
  readonly householdId: HouseholdId;
  readonly members: readonly (Omit<ScenarioMember, 'memberId' | 'answers'> & { readonly memberId: MemberId })[];
  /** The first member. */
  readonly owner: MemberId;
  readonly scenario: ScenarioHousehold;
}

/** Plenty of it, so that nothing is asked before a test wants it to be. */
export const plenty = (article: ArticleName, initial = 40): Shelf =>
  shelf(article, { name: article, capacity: 60, initial, usePerDay: 0.8, portion: 0.2, coverDays: 4, shelfLifeDays: 30 });

/** Who lives in the scenario already: `anna` and `berger`. */
export function resident(key: string): HouseholdInTest {
  const scenario = homes.find((home) => home.key === key);
  const members = scenario?.members.map((member) => ({ ...member, memberId: memberIdSchema.parse(member.memberId) }));
  const owner = members?.find(({ role }) => role === 'owner')?.memberId;
  if (scenario === undefined || members === undefined || owner === undefined) throw new Error(`nobody called ${key} lives here`);
  return { householdId: householdIdSchema.parse(scenario.householdId), members, owner, scenario };
}

export function imagine(wishes: HouseholdWishes): HouseholdInTest {
  const key = `t${randomBytes(5).toString('hex')}`;
  const { language = 'en', members = [{ name: 'Anna' }], supplies = ['milk'], things = [], shops = ['rt_frischhof', 'rt_waermewerk'], mandates = [] } = wishes;
  const people = members.map(({ name, role }, index) => ({
    ...{ memberId: memberIdSchema.parse(`mem_${key}-${index + 1}`), name, email: `${name.toLowerCase()}-${key}@example.org` },
    role: role ?? (index === 0 ? ('owner' as const) : ('adult' as const)),
  }));
  const [first] = people;
  if (first === undefined) throw new Error('a household has somebody who lives there');
  const householdId = householdIdSchema.parse(`hh_${key}`);
  const name = wishes.name ?? first.name;
  const address = { recipient: name, street: 'Lindenstraße 12', postalCode: '10969', city: 'Berlin', country: 'DE' };
  const scenario: ScenarioHousehold = {
    ...{ householdId, key, name, language, address, shops, things, cupboard: supplies.map((article) => plenty(article)) },
    members: people.map((person) => ({ ...person, answers: 'never' })),
    mandates: mandates.map((mandate, index) => ({ ...mandate, mandateId: `man_${key}-${index + 1}`, grantedBy: first.memberId })),
  };
  return { householdId, members: people, owner: first.memberId, scenario };
}

/** Who reads e-mails: the owners of the second and the third household like them best, and so a few days of a headless run write some. */
import { duration } from '../../shared/values.ts';
import { HouseholdApi } from '../household-api.ts';
import type { HouseholdSpec, Simulation } from '../simulation.ts';
import type { Chore } from './chores.ts';

/** Where nobody works who would write, nobody is asked. */
export function mailReaders(simulation: Simulation, startsAt: number): Chore[] {
  return simulation.company === undefined ? [] : simulation.households.slice(1, 3).flatMap((household) => reader(simulation, household, startsAt));
}

function reader(simulation: Simulation, household: HouseholdSpec, startsAt: number): Chore[] {
  const [owner] = household.members;
  if (owner === undefined) return [];
  const { householdId, language } = household;
  const door = new HouseholdApi(simulation.apiUrl, householdId, owner);
  const carryOut = async () => {
    const asked = await door.mailWording();
    if (asked.away || asked.content === undefined) return !asked.away;
    for (const wanted of [
      { type: 'allow-mail', wordingVersion: asked.content, language },
      { type: 'prefer', channels: ['e-mail'] },
    ])
      if ((await door.changeOutreach(wanted)).away) return false;
    const news = await door.answerConsent('give', { purpose: 'product-news', wordingVersion: '2026-11', language });
    return !news.away;
  };
  return [{ what: `e-mail to ${householdId}`, householdId, at: startsAt + duration(1, 'hours'), carryOut }];
}

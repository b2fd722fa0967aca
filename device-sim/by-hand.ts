/** Whether somebody of a household uses the app themselves: then nobody is simulated in their place. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HouseholdSpec, Simulation } from './simulation.ts';

/** Looked up each time, because a person may come at any moment. */
export const answersByHand = ({ byHand }: Pick<Simulation, 'byHand'>, { members }: Pick<HouseholdSpec, 'members'>): boolean =>
  byHand !== undefined && members.some(({ memberId }) => existsSync(join(byHand, memberId)));

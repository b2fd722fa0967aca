/** In whose household the person is now. Every page inside the frame has it; none asks again. */
import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { Answer } from './api/contract-types.ts';

export type Overview = Answer<'readHousehold'>;

export interface HouseholdHere {
  readonly householdId: Overview['household']['householdId'];
  readonly member: Overview['members'][number];
  readonly overview: Overview;
  /** Guests look and do not change. */
  readonly mayAct: boolean;
  readonly reload: () => Promise<void>;
}

const Here = createContext<HouseholdHere | undefined>(undefined);

export const HouseholdProvider = ({ here, children }: { readonly here: HouseholdHere; readonly children?: ComponentChildren }) => (
  <Here.Provider value={here}>{children}</Here.Provider>
);

export function useHousehold(): HouseholdHere {
  const here = useContext(Here);
  if (here === undefined) throw new Error('a page outside of the frame asked for the household');
  return here;
}

/** Which of several households a person looks at on this device. */
import { signal } from '@preact/signals';

const keptAs = (memberId: string): string => `nachschub-household:${memberId}`;
const changed = signal(0);

export function chosenHousehold(memberId: string): string | undefined {
  // Reading it is what makes the component be drawn again.
  return changed.value < 0 ? undefined : (localStorage.getItem(keptAs(memberId)) ?? undefined);
}

/** @param householdId undefined: to be asked again */
export function chooseHousehold(memberId: string, householdId: string | undefined): void {
  if (householdId === undefined) localStorage.removeItem(keptAs(memberId));
  else localStorage.setItem(keptAs(memberId), householdId);
  changed.value += 1;
}

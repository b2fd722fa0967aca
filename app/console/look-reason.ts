/** Why somebody looks at a household, kept in this window until they sign out of it: asked once, and sent with every look. */
import { signal } from '@preact/signals';

export interface Reason {
  readonly purpose: 'case' | 'call' | 'complaint' | 'asked-for';
  readonly caseId?: string | undefined;
  readonly reason?: string | undefined;
}

const keptAs = (householdId: string): string => `nachschub-look:${householdId}`;
/** So that what is shown follows what was said. */
const said = signal<Readonly<Record<string, Reason>>>({});

export function sayReason(householdId: string, reason: Reason): void {
  sessionStorage.setItem(keptAs(householdId), JSON.stringify(reason));
  said.value = { ...said.value, [householdId]: reason };
}

export function reasonFor(householdId: string): Reason | undefined {
  const known = said.value[householdId];
  if (known !== undefined) return known;
  const found = sessionStorage.getItem(keptAs(householdId));
  // Written by this very file.
  return found === null ? undefined : (JSON.parse(found) as Reason);
}

export function takeReasonBack(householdId: string): void {
  sessionStorage.removeItem(keptAs(householdId));
  const { [householdId]: _, ...others } = said.value;
  said.value = others;
}

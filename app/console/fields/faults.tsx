/** What is wrong, handed down to the field where it is: each field asks for its own place. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Fault } from '../../../shared/journey/field-faults.ts';
import { language } from '../../words/language.ts';

export const Faults = createContext<readonly Fault[]>([]);

/** @param at `steps.0.minutes`; with `isWithin` also whatever is wrong further inside, where no field of its own shows it */
export function useFaults(): (at: string, isWithin?: boolean) => string | undefined {
  const faults = useContext(Faults);
  return (at, isWithin = false) => faults.find((fault) => fault.at === at || (isWithin && fault.at.startsWith(`${at}.`)))?.words[language.value];
}

export function FaultLine({ at, isWithin }: { readonly at: string; readonly isWithin?: boolean }) {
  const text = useFaults()(at, isWithin);
  return text === undefined ? null : (
    <p class="field-error" role="alert">
      {text}
    </p>
  );
}

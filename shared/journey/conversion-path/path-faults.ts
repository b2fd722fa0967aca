/** What is not yet as it has to be in a conversion path, each at its field and in words: the builder shows it, and the API refuses with it. */
import { faultsIn, type Fault, type OwnWords } from '../field-faults.ts';
import { DEPTH_MAX, pathSchema, STEPS_MAX, type Path } from './path.ts';

export type ReadPath = { readonly path: Path; readonly faults?: undefined } | { readonly path?: undefined; readonly faults: readonly Fault[] };

export function readPath(given: unknown): ReadPath {
  const parsed = pathSchema.safeParse(given);
  if (parsed.success) return { path: parsed.data };
  return { faults: faultsIn(parsed.error, ofSchema) };
}

const ofSchema: OwnWords = {
  'expected atLeast or atMost': { de: 'Mindestens oder höchstens muss eine Zahl haben.', en: 'At least or at most needs a number.' },
  'expected at least one message, task or recommendation': {
    de: 'Mindestens eine Nachricht, eine Aufgabe oder eine Empfehlung gehört dazu: Warten allein bewirkt nichts.',
    en: 'It needs at least one message, task or recommendation: waiting alone does nothing.',
  },
  [`expected at most ${DEPTH_MAX} branches within each other`]: {
    de: `Höchstens ${DEPTH_MAX} Verzweigungen ineinander.`,
    en: `At most ${DEPTH_MAX} branches within each other.`,
  },
  [`expected at most ${STEPS_MAX} steps`]: { de: `Höchstens ${STEPS_MAX} Schritte.`, en: `At most ${STEPS_MAX} steps.` },
  'there are no words for this message': { de: 'Diese Nachricht hat noch keine Worte.', en: 'This message has no words yet.' },
  'what is promotional is never urgent': {
    de: 'Ein Vorschlag oder Neues ist nie dringend: Nimm „dringend“ bei der Nachricht heraus, oder wähle einen anderen Zweck.',
    en: 'A suggestion or news is never urgent: take “urgent” off the message, or choose another purpose.',
  },
};

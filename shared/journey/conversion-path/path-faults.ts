/** What is not yet as it has to be in a conversion path, each at its field and in words: the builder shows it, and the API refuses with it. */
import type { z } from 'zod';
import { meantBy } from '../../meant-issues.ts';
import { DEPTH_MAX, pathSchema, STEPS_MAX, type Path } from './path.ts';

type Words = { readonly de: string; readonly en: string };
export interface Fault {
  /** `steps.0.minutes`; empty: the path as a whole. */
  readonly at: string;
  readonly words: Words;
}
export type ReadPath = { readonly path: Path; readonly faults?: undefined } | { readonly path?: undefined; readonly faults: readonly Fault[] };

export function readPath(given: unknown): ReadPath {
  const parsed = pathSchema.safeParse(given);
  if (parsed.success) return { path: parsed.data };
  const found = parsed.error.issues.flatMap((issue) => meantBy(issue));
  return { faults: found.map(({ path, issue }) => ({ at: path.map(String).join('.'), words: wordsOf(issue) })) };
}

const MISSING: Words = { de: 'Hier fehlt noch etwas.', en: 'Something is still missing here.' };
const ofSchema: Readonly<Record<string, Words>> = {
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

const characters = 'Kleine Buchstaben, Ziffern und Bindestriche, zuerst ein Buchstabe, höchstens 40 Zeichen.';
const FORMAT: Words = { de: characters, en: 'Small letters, digits and hyphens, a letter first, at most 40 characters.' };
const ofCode: { readonly [Code in z.core.$ZodIssue['code']]?: (issue: Extract<z.core.$ZodIssue, { code: Code }>) => Words } = {
  too_small: ({ origin, minimum }) => (origin === 'string' || origin === 'array' ? MISSING : { de: `Mindestens ${minimum}.`, en: `At least ${minimum}.` }),
  too_big: ({ origin, maximum }) => {
    if (origin === 'string') return { de: `Höchstens ${maximum} Zeichen.`, en: `At most ${maximum} characters.` };
    return origin === 'array'
      ? { de: `Höchstens ${maximum} davon.`, en: `At most ${maximum} of these.` }
      : { de: `Höchstens ${maximum}.`, en: `At most ${maximum}.` };
  },
  invalid_type: ({ expected }) => (expected === 'int' ? { de: 'Eine ganze Zahl, bitte.', en: 'A whole number, please.' } : MISSING),
  invalid_format: ({ format }) => (format === 'starts_with' ? { de: 'Beginnt mit /app/.', en: 'Begins with /app/.' } : FORMAT),
  invalid_value: () => ({ de: 'Wähle eines davon.', en: 'Choose one of these.' }),
  unrecognized_keys: ({ keys }) => ({ de: `Unbekannt: ${keys.join(', ')}.`, en: `Unknown: ${keys.join(', ')}.` }),
};

function wordsOf(issue: z.core.$ZodIssue): Words {
  const told: ((issue: never) => Words) | undefined = ofCode[issue.code];
  return told?.(issue as never) ?? ofSchema[issue.message] ?? { de: issue.message, en: issue.message };
}

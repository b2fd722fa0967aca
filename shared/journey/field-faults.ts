/** What is not yet as a schema has it, each at its field and in words: whoever fills it in is shown it, and the API refuses with it. */
import type { z } from 'zod';
import { meantBy } from '../meant-issues.ts';

type Words = { readonly de: string; readonly en: string };
export interface Fault {
  /** `steps.0.minutes`; empty: the whole. */
  readonly at: string;
  readonly words: Words;
}
/** By what a schema says itself. */
export type OwnWords = Readonly<Record<string, Words>>;

export const faultsIn = (error: z.ZodError, own: OwnWords): Fault[] =>
  error.issues.flatMap((issue) => meantBy(issue)).map(({ path, issue }) => ({ at: path.map(String).join('.'), words: wordsOf(issue, own) }));

const MISSING: Words = { de: 'Hier fehlt noch etwas.', en: 'Something is still missing here.' };
const characters = 'Kleine Buchstaben, Ziffern und Bindestriche, zuerst ein Buchstabe, höchstens 40 Zeichen.';
const FORMAT: Words = { de: characters, en: 'Small letters, digits and hyphens, a letter first, at most 40 characters.' };
const ofFormat: OwnWords = {
  starts_with: { de: 'Beginnt mit /app/.', en: 'Begins with /app/.' },
  url: { de: 'Eine Adresse mit https://.', en: 'An address with https://.' },
};
const ofCode: { readonly [Code in z.core.$ZodIssue['code']]?: (issue: Extract<z.core.$ZodIssue, { code: Code }>) => Words } = {
  too_small: ({ origin, minimum }) => (origin === 'string' || origin === 'array' ? MISSING : { de: `Mindestens ${minimum}.`, en: `At least ${minimum}.` }),
  too_big: ({ origin, maximum }) => {
    if (origin === 'string') return { de: `Höchstens ${maximum} Zeichen.`, en: `At most ${maximum} characters.` };
    return origin === 'array'
      ? { de: `Höchstens ${maximum} davon.`, en: `At most ${maximum} of these.` }
      : { de: `Höchstens ${maximum}.`, en: `At most ${maximum}.` };
  },
  invalid_type: ({ expected }) => (expected === 'int' ? { de: 'Eine ganze Zahl, bitte.', en: 'A whole number, please.' } : MISSING),
  invalid_format: ({ format }) => ofFormat[format] ?? FORMAT,
  invalid_value: () => ({ de: 'Wähle eines davon.', en: 'Choose one of these.' }),
  unrecognized_keys: ({ keys }) => ({ de: `Unbekannt: ${keys.join(', ')}.`, en: `Unknown: ${keys.join(', ')}.` }),
};

function wordsOf(issue: z.core.$ZodIssue, own: OwnWords): Words {
  const told: ((issue: never) => Words) | undefined = ofCode[issue.code];
  return own[issue.message] ?? told?.(issue as never) ?? { de: issue.message, en: issue.message };
}

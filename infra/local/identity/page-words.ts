/** What the sign-in pages say, in the language that the browser asks for. */

export type Language = 'de' | 'en';

/** The first of the two that stands in the list of wishes; English when neither does. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wished = (acceptLanguage ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  const first = wished.find((language) => language === 'de' || language === 'en');
  return first === 'de' ? 'de' : 'en';
}

export const signInWords = {
  de: {
    title: 'Wer bist du?',
    note: 'Diese Anmeldung gibt es nur auf diesem Rechner, darum ohne Passwort. Auf AWS meldet man sich bei Amazon Cognito an.',
    nobody: 'Hier wohnt noch niemand.',
    over: 'Diese Anmeldung ist vorbei. Beginne in der App noch einmal.',
  },
  en: {
    title: 'Who are you?',
    note: 'This sign-in exists on this machine only, hence no password. On AWS people sign in with Amazon Cognito.',
    nobody: 'Nobody lives here yet.',
    over: 'This sign-in is over. Begin once more in the app.',
  },
} as const satisfies Record<Language, Record<string, string>>;

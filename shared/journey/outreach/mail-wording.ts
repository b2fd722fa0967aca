/** What a member reads before they say yes to e-mail. The log of answers names the version; versions are never edited. Without zod, because the app's pages read it too. */
export interface MailWording {
  readonly title: string;
  readonly text: string;
}

/** Of the text that is shown today. */
export const MAIL_WORDING = '2026-11';

export const mailWording: Readonly<Record<string, Readonly<Record<'en' | 'de', MailWording>>>> = {
  '2026-11': {
    en: {
      title: 'By e-mail',
      text: 'Nachschub may write to me at the e-mail address that I sign in with: reminders of what waits for me, and help with what we have. Offers and news only if I have also said yes to news under “Your data”. Never more than reaches us otherwise, and each e-mail says why it came and has a link that ends this with one click.',
    },
    de: {
      title: 'Per E-Mail',
      text: 'Nachschub darf mir an die E-Mail-Adresse schreiben, mit der ich mich anmelde: Erinnerungen an das, was auf mich wartet, und Hilfe zu dem, was wir haben. Angebote und Neuigkeiten nur, wenn ich unter „Deine Daten“ auch zu Neuem Ja gesagt habe. Nie mehr, als uns sonst erreicht; jede E-Mail sagt, warum sie kommt, und hat einen Link, der das mit einem Klick beendet.',
    },
  },
};

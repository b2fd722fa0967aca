export const words = {
  en: {
    title: 'No more e-mails?',
    text: 'With one press Nachschub writes no more e-mails to you. What you ordered is not concerned, and the same still stands in the app.',
    stop: 'No more e-mails',
    none: 'This link ends nothing: it is not complete, or there is nothing left to end.',
    doneTitle: 'No more e-mails',
    done: (when: string) => `E-mails to you ended on ${when}. You can close this page.`,
    more: 'In the app you choose which messages reach you, where and when, or stop them all.',
    toMessages: 'Messages and stops',
  },
  de: {
    title: 'Keine E-Mails mehr?',
    text: 'Ein Druck, und Nachschub schreibt dir keine E-Mails mehr. Bestellungen sind davon nicht berührt, und in der App steht weiter dasselbe.',
    stop: 'Keine E-Mails mehr',
    none: 'Dieser Link beendet nichts: Er ist nicht vollständig, oder es gibt nichts mehr zu beenden.',
    doneTitle: 'Keine E-Mails mehr',
    done: (when: string) => `E-Mails an dich endeten am ${when}. Du kannst diese Seite schließen.`,
    more: 'In der App wählst du, welche Nachrichten dich wo und wann erreichen, oder stoppst alle.',
    toMessages: 'Nachrichten und Stopps',
  },
};

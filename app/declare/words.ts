export const words = {
  en: {
    back: 'Back',
    keep: 'Keep this receipt. It says what you declared, and when it came.',
    save: 'Save receipt',
    print: 'Print',
  },
  de: {
    back: 'Zurück',
    keep: 'Bewahre diese Bestätigung auf. Darin steht, was du erklärt hast und wann es ankam.',
    save: 'Bestätigung speichern',
    print: 'Drucken',
  },
} as const;

export const words = {
  en: {
    look: 'Have a look',
    close: 'Close',
    sentLater: 'Your answer has arrived.',
    refusedLater: 'Your answer came too late or no longer fitted. Nothing was bought through it.',
    waitingTitle: (count: number) => (count === 1 ? '1 answer is not sent yet' : `${count} answers are not sent yet`),
    waitingText: 'Nothing is bought until it is confirmed. We send it as soon as there is a connection.',
    takeBack: 'Take back',
  },
  de: {
    look: 'Ansehen',
    close: 'Schließen',
    sentLater: 'Deine Antwort ist angekommen.',
    refusedLater: 'Deine Antwort kam zu spät oder passte nicht mehr. Gekauft wurde dadurch nichts.',
    waitingTitle: (count: number) => (count === 1 ? '1 Antwort ist noch nicht gesendet' : `${count} Antworten sind noch nicht gesendet`),
    waitingText: 'Gekauft wird erst, wenn es bestätigt ist. Wir senden, sobald wieder eine Verbindung da ist.',
    takeBack: 'Zurücknehmen',
  },
} as const;

export const words = {
  en: {
    title: 'Who looked at your data',
    text: 'Whoever looks after you says first what for. It stands here before they see anything, and in the copy that you can take home.',
    none: 'Nobody has looked.',
    kinds: {
      page: 'somebody of our service looked',
      'case-answered': 'we answered',
      'case-solved': 'we called it solved',
      'call-noted': 'we noted a call',
      identity: 'we put right who is who',
    },
    purposes: { case: 'because of your case', call: 'during a call', complaint: 'because of a complaint', 'asked-for': 'because you asked us to' },
    quoted: (reason: string) => `“${reason}”`,
    more: (count: number) => `${count} more stand in the copy of your data.`,
  },
  de: {
    title: 'Wer deine Daten angesehen hat',
    text: 'Wer euch betreut, sagt zuerst, wozu. Es steht hier, bevor jemand etwas sieht, und in der Kopie, die du mitnehmen kannst.',
    none: 'Niemand hat geschaut.',
    kinds: {
      page: 'jemand von unserem Service hat geschaut',
      'case-answered': 'wir haben geantwortet',
      'case-solved': 'wir haben es für gelöst erklärt',
      'call-noted': 'wir haben einen Anruf vermerkt',
      identity: 'wir haben berichtigt, wer wer ist',
    },
    purposes: { case: 'wegen deines Anliegens', call: 'während eines Anrufs', complaint: 'wegen einer Beschwerde', 'asked-for': 'weil du uns gebeten hast' },
    quoted: (reason: string) => `„${reason}“`,
    more: (count: number) => `${count} weitere stehen in der Kopie deiner Daten.`,
  },
};

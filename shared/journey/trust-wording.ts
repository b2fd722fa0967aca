/** What a household is told of a doubted sensor, and of items that earn or lose to be bought without asking. */

interface Facts {
  /** A supply, as the household calls it. */
  readonly item: string;
  /** 4 of 4. */
  readonly right: string;
}

export const trustWording = {
  'sensor-doubted': {
    en: ({ item }: Facts) => ({
      title: `${item}: the sensor seems to be wrong`,
      text: 'Until that is clear we ask before we buy. Count it once, and we believe you.',
    }),
    de: ({ item }: Facts) => ({
      title: `${item}: Der Sensor scheint falsch zu messen`,
      text: 'Bis das klar ist, fragen wir vor dem Kaufen. Zähl einmal nach, dann glauben wir dir.',
    }),
  },
  'automation-offered': {
    en: ({ item, right }: Facts) => ({
      title: `${item}: shall we do it?`,
      text: `We have been right ${right} times. With a mandate you would not be asked any more.`,
    }),
    de: ({ item, right }: Facts) => ({
      title: `${item}: Sollen wir das übernehmen?`,
      text: `Wir lagen ${right} Mal richtig. Mit einem Mandat fragen wir dich nicht mehr.`,
    }),
  },
  'automation-withdrawn': {
    en: ({ item, right }: Facts) => ({
      title: `${item}: we ask again`,
      text: `Of late we were right only ${right} times, so we no longer buy it without asking.`,
    }),
    de: ({ item, right }: Facts) => ({
      title: `${item}: Wir fragen wieder`,
      text: `Zuletzt lagen wir nur ${right} Mal richtig. Deshalb kaufen wir es nicht mehr ungefragt.`,
    }),
  },
};

export const words = {
  en: {
    title: 'You began this on another device',
    ago: (when: string) => `Last changed ${when}. Nothing that you have answered there is asked again.`,
    goOn: 'Go on',
    again: 'Start again',
  },
  de: {
    title: 'Du hast das auf einem anderen Gerät begonnen',
    ago: (when: string) => `Zuletzt geändert ${when}. Was du dort schon beantwortet hast, wird nicht noch einmal gefragt.`,
    goOn: 'Weitermachen',
    again: 'Neu beginnen',
  },
} as const;

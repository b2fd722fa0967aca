/** A question how it went, for a screen across the room: what is asked, and what the ends of its scale mean. */
import type { SurveyKind } from '../collect/survey-sentiment.ts';

export interface AskedInWords {
  readonly text: string;
  readonly worst: string;
  readonly best: string;
}
export const surveyWording: Readonly<Record<'en' | 'de', Readonly<Record<SurveyKind, AskedInWords>>>> = {
  en: {
    csat: { text: 'How was the last delivery?', worst: 'not good at all', best: 'very good' },
    nps: { text: 'How likely is it that you recommend Nachschub to friends?', worst: 'not at all', best: 'surely' },
    ces: { text: 'How easy was it to get your problem solved?', worst: 'very hard', best: 'very easy' },
  },
  de: {
    csat: { text: 'Wie war die letzte Lieferung?', worst: 'gar nicht gut', best: 'sehr gut' },
    nps: { text: 'Wie wahrscheinlich ist es, dass ihr Nachschub weiterempfehlt?', worst: 'gar nicht', best: 'ganz sicher' },
    ces: { text: 'Wie leicht war es, euer Problem gelöst zu bekommen?', worst: 'sehr schwer', best: 'sehr leicht' },
  },
};

/** The keys of a remote control that answer it. */
export const surveyScale: Readonly<Record<SurveyKind, { readonly from: number; readonly to: number }>> = {
  nps: { from: 0, to: 10 },
  csat: { from: 1, to: 5 },
  ces: { from: 1, to: 7 },
};

/** Why an action was not chosen, and what the chosen one is worth, for whoever looks after households. */
import { heldReasons } from '../outreach/words.ts';
import type { RejectedBecause } from './choose.ts';

type Language = 'de' | 'en';
const words: Readonly<Record<RejectedBecause, Readonly<Record<Language, string>>>> = {
  'no-need': { de: 'dafür gibt es keinen Anlass', en: 'there is no occasion for it' },
  'one-sided': { de: 'es nützt nur einer Seite', en: 'it helps one side only' },
  lately: { de: 'das kam vor Kurzem schon', en: 'it came not long ago' },
  'open-already': { de: 'eine Empfehlung ist noch offen', en: 'one recommendation is still open' },
  'too-little': { de: 'es lohnt die Aufmerksamkeit nicht', en: 'it is not worth the attention' },
  'less-than-best': { de: 'etwas anderes ist mehr wert', en: 'another is worth more' },
  stopped: { de: 'der Haushalt will davon nichts hören', en: 'the household has stopped messages of this kind' },
  'stopped-all': { de: 'der Haushalt will gar nichts hören', en: 'the household has stopped all such messages' },
  'no-consent': { de: 'dazu hat niemand eingewilligt', en: 'nobody has consented to it' },
  'left-alone': { de: 'der Haushalt gehört zur Vergleichsgruppe', en: 'the household is in the control group' },
  'too-late': { de: 'es käme zu spät', en: 'it would come too late' },
  'no-channel': { de: 'es gibt keinen Weg dorthin', en: 'there is no way to reach it' },
  'channel-away': { de: 'der Bildschirm ist gerade aus', en: 'the screen is off just now' },
  'open-case': { de: 'ein Anliegen ist offen', en: 'a case is open' },
  'bad-moment': { de: 'gerade ist etwas schiefgegangen', en: 'something has just gone wrong' },
  unwell: { de: 'die Beziehung ist dafür nicht gut genug', en: 'the relationship is not well enough for it' },
  'day-full': { de: 'heute kam schon etwas', en: 'something came today already' },
  'week-full': { de: 'diese Woche kam schon genug', en: 'enough has come this week' },
  'quiet-hours': { de: 'gerade ist Ruhezeit', en: 'it is a quiet hour' },
  'better-moment': { de: 'es kommt noch ein besserer Moment', en: 'a better moment is still to come' },
};
const isKnown = (because: string): because is RejectedBecause => Object.hasOwn(words, because) || heldReasons.some((reason) => reason === because);
export const rejectedInWords = (because: string, language: Language): string => (isKnown(because) ? words[because][language] : because);

/** What an outlook says, in words: why a household may leave, what its silence is, and what would change it. */
import type { Figures, Reason, ReasonWording } from '../reason.ts';
import type { Reading } from './outlook.ts';

type Words = Readonly<Record<'de' | 'en', string>>;
const number = (value: string | number | undefined): number => Number(value ?? 0);
const percent = (value: string | number | undefined): string => `${Math.round(number(value) * 100)} %`;
const days = (language: 'de' | 'en', many: number): string =>
  language === 'de' ? `${many} ${many === 1 ? 'Tag' : 'Tagen'}` : `${many} ${many === 1 ? 'day' : 'days'}`;
const times = (language: 'de' | 'en', many: number): string =>
  language === 'de' ? (many === 1 ? 'einmal' : `${many}-mal`) : many === 1 ? 'once' : many === 2 ? 'twice' : `${many} times`;
const fixed = (de: string, en: string): ReasonWording => ({ de: () => de, en: () => en });
const counted = (of: (language: 'de' | 'en', figures: Figures) => string): ReasonWording => ({
  de: (figures) => of('de', figures),
  en: (figures) => of('en', figures),
});

const reasons: Readonly<Record<string, ReasonWording>> = {
  silence: {
    de: (figures) =>
      `seit ${days('de', number(figures['days']))} nichts geliefert${figures['usual'] === undefined ? '' : `, sonst alle ${number(figures['usual'])} Tage`}; danach allein noch Kunde zu ${percent(figures['alive'])}`,
    en: (figures) =>
      `nothing delivered for ${days('en', number(figures['days']))}${figures['usual'] === undefined ? '' : `, usually every ${number(figures['usual'])} days`}; by that alone still a customer at ${percent(figures['alive'])}`,
  },
  'bought-elsewhere': counted((language, figures) =>
    language === 'de'
      ? `der Vorrat stieg ${times('de', number(figures['times']))} ohne unsere Lieferung`
      : `the stock rose ${times('en', number(figures['times']))} without our delivery`,
  ),
  'needs-unanswered': counted((language, figures) =>
    language === 'de'
      ? `etwas ist seit ${days('de', number(figures['days']))} knapp und nichts unterwegs`
      : `something has been low for ${days('en', number(figures['days']))} with nothing on its way`,
  ),
  'stock-lasts': counted((language, figures) =>
    language === 'de'
      ? `der Vorrat reicht noch ${number(figures['days'])} Tage: es wird nichts gebraucht`
      : `the stock lasts another ${days('en', number(figures['days']))}: nothing is needed`,
  ),
  'devices-silent': counted((language, figures) =>
    language === 'de'
      ? `die Geräte schweigen seit ${days('de', number(figures['days']))}: Urlaub, Umzug oder defekt`
      : `the devices have been silent for ${days('en', number(figures['days']))}: holiday, move or fault`,
  ),
  'silent-for-long': counted((language, figures) =>
    language === 'de'
      ? `die Geräte schweigen seit ${days('de', number(figures['days']))}: vermutlich umgezogen`
      : `the devices have been silent for ${days('en', number(figures['days']))}: probably moved`,
  ),
  'devices-removed': fixed('kein Gerät ist mehr im Haushalt', 'no device is left in the household'),
  'says-no': counted((language, figures) =>
    language === 'de'
      ? `${times('de', number(figures['times']))} abgelehnt oder nicht geantwortet`
      : `declined or left unanswered ${times('en', number(figures['times']))}`,
  ),
  'order-under-way': fixed('eine Bestellung ist unterwegs', 'an order is under way'),
  'mandate-ended': fixed('der Dauerauftrag wurde beendet', 'the mandate was ended'),
  'spending-stopped': fixed('Käufe wurden gestoppt', 'buying was stopped'),
  'bad-mood': fixed('die Stimmung war zuletzt schlecht', 'the mood has been bad of late'),
  'takes-part': fixed('der Haushalt macht weiter mit: Liste, Zählen, Zusagen', 'the household goes on taking part: list, counts, answers'),
};

const causes: Readonly<Record<string, ReasonWording>> = {
  'bad-onboarding': counted((language, figures) =>
    language === 'de'
      ? `schlechter Start: ${number(figures['days'])} Tage bis zur ersten Lieferung`
      : `bad onboarding: ${days('en', number(figures['days']))} to the first delivery`,
  ),
  'no-continuing-success': counted((language, figures) =>
    language === 'de'
      ? `kein anhaltender Nutzen: ${number(figures['times'])}-mal zu viel, verdorben oder zurück bei ${number(figures['of'])} Lieferungen`
      : `no continuing success: too much, spoiled or sent back ${times('en', number(figures['times']))} in ${number(figures['of'])} deliveries`,
  ),
  'bad-support': counted((language, figures) => {
    const [again, open] = [number(figures['again']), number(figures['days'])];
    if (language === 'de')
      return `schlechte Hilfe: ${[again > 0 ? `${times('de', again)} wieder aufgemacht` : '', open > 0 ? `seit ${days('de', open)} offen` : ''].filter(Boolean).join(', ')}`;
    return `bad support: ${[again > 0 ? `reopened ${times('en', again)}` : '', open > 0 ? `open for ${days('en', open)}` : ''].filter(Boolean).join(', ')}`;
  }),
  'promises-broken': counted((language, figures) =>
    language === 'de'
      ? `Versprechen gebrochen: ${times('de', number(figures['times']))} abgesagt, hängen geblieben oder zu spät`
      : `promises broken: cancelled, stuck or overdue ${times('en', number(figures['times']))}`,
  ),
  'accumulated-experience': counted((language, figures) => {
    const [cases, broken, disappointed] = [number(figures['cases']), number(figures['broken']), number(figures['disappointed'])];
    return language === 'de'
      ? `es hat sich angesammelt: ${cases} Anliegen, ${broken} gebrochene Versprechen, ${disappointed} Enttäuschungen`
      : `it has gathered: ${cases} ${cases === 1 ? 'case' : 'cases'}, ${broken} broken ${broken === 1 ? 'promise' : 'promises'}, ${disappointed} ${disappointed === 1 ? 'disappointment' : 'disappointments'}`;
  }),
};

const changes: Readonly<Record<string, Words>> = {
  'orders-again': { de: 'die nächste Bestellung kommt', en: 'the next order comes' },
  'buys-here-again': { de: 'was anderswo gekauft wurde, kommt wieder von uns', en: 'what was bought elsewhere comes from us again' },
  'need-answered': { de: 'der offene Bedarf wird bestellt', en: 'the open need is ordered' },
  'mandate-again': { de: 'ein neuer Dauerauftrag', en: 'a new mandate' },
  'spending-resumed': { de: 'Käufe sind wieder erlaubt', en: 'buying is allowed again' },
  'offer-that-fits': { de: 'ein Vorschlag, der passt', en: 'a proposal that fits' },
  'trouble-mended': { de: 'der Ärger ist behoben', en: 'the trouble is mended' },
  'device-heard': { de: 'ein Gerät meldet sich wieder', en: 'a device is heard again' },
  'device-brought-back': { de: 'ein Gerät wird wieder angemeldet', en: 'a device is brought back' },
};

const readings: Readonly<Record<Reading, Words>> = {
  'buys-here': { de: 'kauft hier', en: 'buys here' },
  'stock-lasts': { de: 'Vorrat reicht', en: 'stock lasts' },
  'buys-elsewhere': { de: 'kauft anderswo', en: 'buys elsewhere' },
  'refilled-elsewhere': { de: 'anderswo nachgefüllt', en: 'refilled elsewhere' },
  away: { de: 'Geräte schweigen', en: 'devices silent' },
  moved: { de: 'vermutlich umgezogen', en: 'probably moved' },
  fading: { de: 'lässt nach', en: 'fading' },
};

export const outlookReasonInWords = ({ code, figures }: Reason, language: 'de' | 'en'): string => (reasons[code] ?? causes[code])?.[language](figures) ?? code;
export const changeInWords = (code: string, language: 'de' | 'en'): string => changes[code]?.[language] ?? code;
export const readingInWords = (reading: Reading, language: 'de' | 'en'): string => readings[reading][language];

/** What we think of a household, said to the household: as it would be said at its kitchen table. */
import type { Figures } from '../../shared/journey/reason.ts';

type Sentences = Readonly<Record<string, (figures: Figures) => string>>;
const number = (figures: Figures, name: string): number => Number(figures[name] ?? 0);

const reasonsEn: Sentences = {
  silence: (figures) =>
    `Your last delivery came ${days(number(figures, 'days'))} ago${figures['usual'] === undefined ? '' : `; between two there are usually ${days(number(figures, 'usual'))}`}.`,
  'bought-elsewhere': (figures) => `A stock rose ${times(number(figures, 'times'))} without a delivery of ours, so it was probably bought elsewhere.`,
  'needs-unanswered': (figures) => `Something has been running low for ${days(number(figures, 'days'))}, and nothing is on its way.`,
  'stock-lasts': (figures) => `Your stocks last for another ${days(number(figures, 'days'))}. That you order nothing is only natural.`,
  'devices-silent': (figures) => `Your devices have said nothing for ${days(number(figures, 'days'))}. Perhaps you are away, or one is broken.`,
  'silent-for-long': (figures) => `Your devices have said nothing for ${days(number(figures, 'days'))}. Perhaps you have moved.`,
  'devices-removed': () => 'No device is left with us.',
  'says-no': (figures) => `You said no to ${proposals(number(figures, 'times'))} or left them unanswered.`,
  'order-under-way': () => 'An order is on its way to you.',
  'mandate-ended': () => 'You have ended a mandate.',
  'spending-stopped': () => 'You have stopped automatic buying.',
  'bad-mood': () => 'What you told us lately sounded rather dissatisfied.',
  'takes-part': () => 'You use the list, count your supplies or answer our questions.',
  'bad-onboarding': (figures) => `It took us ${days(number(figures, 'days'))} until your first delivery came.`,
  'no-continuing-success': () => 'Too often we brought too much, or something that spoiled or went back.',
  'bad-support': () => 'We left a problem of yours open for long, or did not solve it the first time.',
  'promises-broken': (figures) => `We did not keep a promise ${times(number(figures, 'times'))}: cancelled, stuck or late.`,
  'accumulated-experience': () => 'Several things went wrong between us, one after another.',
};
const days = (many: number): string => `${many} ${many === 1 ? 'day' : 'days'}`;
const times = (many: number): string => (many === 1 ? 'once' : many === 2 ? 'twice' : `${many} times`);
const proposals = (many: number): string => `${many} ${many === 1 ? 'proposal' : 'proposals'}`;

const reasonsDe: Sentences = {
  silence: (figures) =>
    `Eure letzte Lieferung kam vor ${tagen(number(figures, 'days'))}${figures['usual'] === undefined ? '' : `; sonst liegen ${tage(number(figures, 'usual'))} dazwischen`}.`,
  'bought-elsewhere': (figures) => `Ein Vorrat stieg ${male(number(figures, 'times'))} ohne unsere Lieferung, wurde also wohl anderswo gekauft.`,
  'needs-unanswered': (figures) => `Etwas ist seit ${tagen(number(figures, 'days'))} knapp, und nichts ist unterwegs.`,
  'stock-lasts': (figures) => `Eure Vorräte reichen noch ${tage(number(figures, 'days'))}. Dass ihr nichts bestellt, ist nur natürlich.`,
  'devices-silent': (figures) =>
    `Eure Geräte haben sich seit ${tagen(number(figures, 'days'))} nicht gemeldet. Vielleicht seid ihr verreist, oder eines ist defekt.`,
  'silent-for-long': (figures) => `Eure Geräte haben sich seit ${tagen(number(figures, 'days'))} nicht gemeldet. Vielleicht seid ihr umgezogen.`,
  'devices-removed': () => 'Bei uns ist kein Gerät mehr von euch angemeldet.',
  'says-no': (figures) =>
    `Ihr habt ${number(figures, 'times') === 1 ? 'einen Vorschlag' : `${number(figures, 'times')} Vorschläge`} abgelehnt oder nicht beantwortet.`,
  'order-under-way': () => 'Eine Bestellung ist zu euch unterwegs.',
  'mandate-ended': () => 'Ihr habt ein Mandat beendet.',
  'spending-stopped': () => 'Ihr habt das automatische Kaufen angehalten.',
  'bad-mood': () => 'Was ihr uns zuletzt gesagt habt, klang eher unzufrieden.',
  'takes-part': () => 'Ihr nutzt die Liste, zählt Vorräte oder beantwortet unsere Fragen.',
  'bad-onboarding': (figures) => `Bis eure erste Lieferung kam, haben wir ${tage(number(figures, 'days'))} gebraucht.`,
  'no-continuing-success': () => 'Wir haben zu oft zu viel gebracht oder etwas, das verdarb oder zurückging.',
  'bad-support': () => 'Wir haben ein Anliegen von euch lange offen gelassen oder nicht beim ersten Mal gelöst.',
  'promises-broken': (figures) => `Wir haben ${male(number(figures, 'times'))} ein Versprechen nicht gehalten: abgesagt, hängen geblieben oder zu spät.`,
  'accumulated-experience': () => 'Zwischen uns ging mehreres nacheinander schief.',
};
const tage = (many: number): string => `${many} ${many === 1 ? 'Tag' : 'Tage'}`;
const tagen = (many: number): string => `${many} ${many === 1 ? 'Tag' : 'Tagen'}`;
const male = (many: number): string => (many === 1 ? 'einmal' : `${many}-mal`);

export const words = {
  en: {
    title: 'What we expect of you',
    text: 'From your orders and what your devices say we reckon each day how it goes on between us. It is an estimate and may be wrong.',
    objected: 'Nothing: you have objected to learning from your orders, so we reckon nothing.',
    none: 'Nothing yet. We begin after your first delivery.',
    staying: 'We expect that you go on ordering with us.',
    unsure: 'We are not sure whether you go on ordering with us.',
    leaving: 'We think that you order elsewhere now, or less.',
    chance: (often: number) => `Of ten households that are like yours in this, about ${often} go on.`,
    expect: (deliveries: number, much: string) =>
      `In the next twelve weeks we expect about ${deliveries === 1 ? 'one delivery' : `${deliveries} deliveries`} to you, for some ${much} in all.`,
    expectNothing: 'In the next twelve weeks we expect no delivery to you, or hardly one.',
    why: 'Why we think so',
    whatFor: 'What it changes',
    use: 'Which of our groups you are in, whether we suggest something to you, and whether somebody of ours asks how you are. What shops charge you and what is bought for you do not depend on it. If you do not want it, say no above to learning from your orders: then it is deleted.',
    asOf: (day: string) => `Reckoned on ${day}.`,
    reasons: reasonsEn,
  },
  de: {
    title: 'Was wir von euch erwarten',
    text: 'Aus euren Bestellungen und dem, was eure Geräte melden, schätzen wir jeden Tag, wie es zwischen uns weitergeht. Das ist eine Schätzung und kann falsch sein.',
    objected: 'Nichts: Ihr habt widersprochen, dass wir aus euren Bestellungen lernen. Darum schätzen wir nichts.',
    none: 'Noch nichts. Wir beginnen nach eurer ersten Lieferung.',
    staying: 'Wir erwarten, dass ihr weiter bei uns bestellt.',
    unsure: 'Wir sind nicht sicher, ob ihr weiter bei uns bestellt.',
    leaving: 'Wir glauben, dass ihr inzwischen anderswo bestellt oder weniger.',
    chance: (often: number) => `Von zehn Haushalten, die darin so sind wie eurer, machen etwa ${often} weiter.`,
    expect: (deliveries: number, much: string) =>
      `In den nächsten zwölf Wochen rechnen wir mit etwa ${deliveries === 1 ? 'einer Lieferung' : `${deliveries} Lieferungen`} an euch, zusammen für rund ${much}.`,
    expectNothing: 'In den nächsten zwölf Wochen rechnen wir mit keiner oder kaum einer Lieferung an euch.',
    why: 'Warum wir das glauben',
    whatFor: 'Was es ändert',
    use: 'In welchen unserer Gruppen ihr seid, ob wir euch etwas vorschlagen und ob jemand von uns nachfragt, wie es euch geht. Was Läden von euch verlangen und was für euch gekauft wird, hängt nicht davon ab. Wenn ihr das nicht wollt, sagt oben Nein dazu, dass wir aus euren Bestellungen lernen: Dann wird es gelöscht.',
    asOf: (day: string) => `Geschätzt am ${day}.`,
    reasons: reasonsDe,
  },
};

/** What a next best action is called, how it is put to a household and why, and why others were not chosen: in both languages. */
import type { Figures } from '../reason.ts';
import { signalInWords } from '../signal/signal-wording.ts';
import { categoryName } from '../../supply/prior/category-wording.ts';

type Language = 'de' | 'en';
type Said = (figures: Figures) => string;
interface ActionWording {
  /** For whoever looks after households. */
  readonly name: string;
  readonly title: Said;
  readonly text: Said;
  /** For the household, as a sentence: what of its own this rests on. */
  readonly reason: Said;
}
const of = (figures: Figures, name: string): string => String(figures[name] ?? '');
const category = (figures: Figures, name: string, language: Language): string => categoryName(of(figures, name), language);
const plural = (figures: Figures, name: string, one: string, many: string): string => `${of(figures, name)} ${Number(figures[name]) === 1 ? one : many}`;

const german: Readonly<Record<string, ActionWording>> = {
  'offer-mandate': {
    name: 'Mandat anbieten',
    title: () => 'Du stimmst oft zu',
    text: () => 'Ein Mandat mit deinen eigenen Grenzen würde dir die Frage ersparen. Du kannst es jederzeit beenden.',
    reason: (figures) => `ihr habt in vier Wochen ${of(figures, 'approvals')}-mal selbst zugestimmt`,
  },
  'trust-item': {
    name: 'Mandat für einen Artikel, der es verdient hat',
    title: (figures) => `${of(figures, 'name')} von selbst kaufen?`,
    text: (figures) => `Unsere Vorschläge für ${of(figures, 'name')} waren zuletzt alle richtig. Auf Wunsch fragen wir dafür nicht mehr.`,
    reason: (figures) => `bei ${of(figures, 'name')} hätten wir genau wie ihr entschieden`,
  },
  'fewer-deliveries': {
    name: 'Seltener liefern',
    title: () => 'Weniger Lieferungen',
    text: (figures) => `Mit etwas größeren Vorräten kämt ihr mit ${of(figures, 'less')} Lieferungen weniger aus und spart die Gebühren.`,
    reason: (figures) => `in vier Wochen kamen ${of(figures, 'deliveries')} kleine Lieferungen`,
  },
  'less-waste': {
    name: 'Weniger verschwenden',
    title: () => 'Kaufen wir zu viel?',
    text: () => 'Einiges blieb übrig oder verdarb. Sag uns in den Einstellungen, wie lange eine Packung reichen soll, dann kaufen wir weniger.',
    reason: (figures) => `in vier Wochen war ${of(figures, 'wasted')}-mal zu viel da`,
  },
  'service-call': {
    name: 'Anrufen und helfen',
    title: () => 'Bitte anrufen',
    text: () => 'Hier lief einiges schief. Ein Anruf hilft mehr als die nächste Nachricht.',
    reason: (figures) => `${plural(figures, 'reopened', 'Anliegen kam', 'Anliegen kamen')} wieder, ${of(figures, 'doubted')}-mal war ein Sensor zweifelhaft`,
  },
  'tier-perk': {
    name: 'Auf die nächste Stufe hinweisen',
    title: (figures) => `Fast ${of(figures, 'next')}`,
    text: (figures) =>
      `Noch ${plural(figures, 'missing', 'Bestellung', 'Bestellungen')}, dann gilt ${of(figures, 'next')}: Lieferungen werden früher kostenlos.`,
    reason: (figures) => `bis zur nächsten Stufe ${Number(figures['missing']) === 1 ? 'fehlt' : 'fehlen'} ${of(figures, 'missing')}`,
  },
  referral: {
    name: 'Um eine Empfehlung bitten',
    title: () => 'Gefällt es euch?',
    text: () => 'Empfehlt uns weiter: vier Wochen kostenlose Lieferung für euch und ebenso für die anderen.',
    reason: () => 'bei euch läuft es gut',
  },
  'cheap-now': {
    name: 'Auf einen günstigen Preis hinweisen',
    title: (figures) => `${of(figures, 'name')} ist gerade günstig`,
    text: (figures) => `${signalInWords({ code: 'signal-cheap', figures }, 'de')}. Es lohnt sich, jetzt zu kaufen, was ihr ohnehin braucht.`,
    reason: (figures) => `ihr kauft ${of(figures, 'name')} dort ohnehin`,
  },
  'stock-ahead': {
    name: 'Rechtzeitig bevorraten',
    title: (figures) => `${of(figures, 'name')} rechtzeitig bestellen`,
    text: (figures) => `${of(figures, 'name')} könnte sonst knapp werden. Ein Blick auf den Vorrat lohnt sich.`,
    reason: (figures) => `Wetter, Nachfrage oder Lieferzeit ändern sich, und ${of(figures, 'name')} reicht nicht lange genug`,
  },
  'cross-sell': {
    name: 'Etwas Passendes vorschlagen',
    title: (figures) => `Auch ${category(figures, 'category', 'de')}?`,
    text: (figures) => `Wir könnten auch auf ${category(figures, 'category', 'de')} achten, damit es nie ausgeht.`,
    reason: (figures) =>
      figures['have'] === undefined
        ? `${of(figures, 'households')} andere Haushalte haben es`
        : `${of(figures, 'households')} andere mit ${category(figures, 'have', 'de')} haben es auch`,
  },
  'up-sell': {
    name: 'Mehr mit einem Gerät',
    title: (figures) => `${of(figures, 'name')} kann mehr`,
    text: (figures) => `Noch steht nichts unter der Obhut von ${of(figures, 'name')}. Sag, was darin steht, dann behalten wir es im Blick.`,
    reason: (figures) => `${of(figures, 'name')} ist verbunden und achtet noch auf nichts`,
  },
  accessory: {
    name: 'Pflege und Zubehör',
    title: (figures) => `Zeit für ${of(figures, 'productDe')}`,
    text: (figures) => `Nach dem, was über ${of(figures, 'name')} bekannt ist, wird ${of(figures, 'productDe')} fällig. Das erspart meist eine Reparatur.`,
    reason: (figures) => `${of(figures, 'name')} wird viel genutzt oder ist ein Jahr in Betrieb`,
  },
};

const english: Readonly<Record<string, ActionWording>> = {
  'offer-mandate': {
    name: 'Offer a mandate',
    title: () => 'You approve often',
    text: () => 'A mandate with limits of your own would spare you the question. You can end it at any time.',
    reason: (figures) => `you have approved ${of(figures, 'approvals')} times yourselves in four weeks`,
  },
  'trust-item': {
    name: 'Mandate for an item that has earned it',
    title: (figures) => `Buy ${of(figures, 'name')} without asking?`,
    text: (figures) => `Our last proposals for ${of(figures, 'name')} were all right. If you like, we no longer ask.`,
    reason: (figures) => `for ${of(figures, 'name')} we would have decided just as you did`,
  },
  'fewer-deliveries': {
    name: 'Deliver less often',
    title: () => 'Fewer deliveries',
    text: (figures) => `With a little more in stock you would need ${of(figures, 'less')} deliveries fewer, and save the fees.`,
    reason: (figures) => `${of(figures, 'deliveries')} small deliveries came in four weeks`,
  },
  'less-waste': {
    name: 'Waste less',
    title: () => 'Do we buy too much?',
    text: () => 'Some of it was left over or spoiled. Say in the settings how long a pack should last, and we buy less.',
    reason: (figures) => `there was too much ${of(figures, 'wasted')} times in four weeks`,
  },
  'service-call': {
    name: 'Call and help',
    title: () => 'Please call',
    text: () => 'Several things went wrong here. A call helps more than another message.',
    reason: (figures) => `${plural(figures, 'reopened', 'case came', 'cases came')} back, a sensor was doubted ${of(figures, 'doubted')} times`,
  },
  'tier-perk': {
    name: 'Point to the next tier',
    title: (figures) => `Nearly ${of(figures, 'next')}`,
    text: (figures) => `${plural(figures, 'missing', 'more order', 'more orders')} and you are ${of(figures, 'next')}: deliveries become free sooner.`,
    reason: (figures) => `${plural(figures, 'missing', 'is', 'are')} missing to the next tier`,
  },
  referral: {
    name: 'Ask for a referral',
    title: () => 'Do you like it?',
    text: () => 'Recommend us: four weeks of free delivery for you, and the same for the others.',
    reason: () => 'things go well with you',
  },
  'cheap-now': {
    name: 'Point to a low price',
    title: (figures) => `${of(figures, 'name')} is cheap just now`,
    text: (figures) => `${signalInWords({ code: 'signal-cheap', figures }, 'en')}. It pays to buy now what you need anyway.`,
    reason: (figures) => `you buy ${of(figures, 'name')} there anyway`,
  },
  'stock-ahead': {
    name: 'Stock up in time',
    title: (figures) => `Order ${of(figures, 'name')} in time`,
    text: (figures) => `${of(figures, 'name')} may run short otherwise. It is worth a look at what is left.`,
    reason: (figures) => `the weather, demand or a delivery time changes, and ${of(figures, 'name')} does not last long enough`,
  },
  'cross-sell': {
    name: 'Suggest something that goes with it',
    title: (figures) => `${category(figures, 'category', 'en')} too?`,
    text: (figures) => `We could look after ${category(figures, 'category', 'en')} too, so that you never run out.`,
    reason: (figures) =>
      figures['have'] === undefined
        ? `${of(figures, 'households')} other households have it`
        : `${of(figures, 'households')} others who have ${category(figures, 'have', 'en')} have it too`,
  },
  'up-sell': {
    name: 'More from a device',
    title: (figures) => `${of(figures, 'name')} can do more`,
    text: (figures) => `Nothing is looked after by ${of(figures, 'name')} yet. Say what stands in it, and we keep an eye on it.`,
    reason: (figures) => `${of(figures, 'name')} is connected and watches nothing yet`,
  },
  accessory: {
    name: 'Care and accessories',
    title: (figures) => `Time for ${of(figures, 'productEn')}`,
    text: (figures) => `By what is known of ${of(figures, 'name')}, ${of(figures, 'productEn')} is due. It mostly spares a repair.`,
    reason: (figures) => `there is much use of ${of(figures, 'name')}, or it has been a year`,
  },
};
const actionWords: Readonly<Record<Language, Readonly<Record<string, ActionWording>>>> = { de: german, en: english };

export const actionName = (action: string, language: Language): string => actionWords[language][action]?.name ?? action;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export interface ActionWords {
  readonly title: string;
  readonly text: string;
  readonly reason: string;
}
/** As it is put to a household; undefined for an action that has no words. */
export function actionInWords(action: string, figures: Figures, language: Language): ActionWords | undefined {
  const words = actionWords[language][action];
  return (
    words && {
      title: capital(words.title(figures)).slice(0, 120),
      text: capital(words.text(figures)).slice(0, 300),
      reason: words.reason(figures).slice(0, 200),
    }
  );
}

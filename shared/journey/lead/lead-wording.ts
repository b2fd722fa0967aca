/** A lead in words: what it did and what was done, why it scores, why it stands where it stands. */
import { typeInWords } from '../type-wording.ts';
import type { Touchpoint } from '../touchpoint.ts';
import type { Channel } from '../words.ts';
import type { LeadRules } from './lead-rules.ts';
import type { LeadStanding } from './lead.ts';
import type { Score } from './score.ts';

type Language = 'de' | 'en';
type Told = Readonly<Record<Language, (about: string | undefined) => string>>;

const quoted = (about: string | undefined, language: Language): string => (about === undefined ? '' : language === 'de' ? ` „${about}“` : ` “${about}”`);
const one = (de: string, en: string): Told => ({ de: (about) => `${de}${quoted(about, 'de')}`, en: (about) => `${en}${quoted(about, 'en')}` });

/** By the names that trackers share; what others have named stays as they named it. */
const told: Readonly<Record<string, Told>> = {
  page: one('Sah die Seite', 'Looked at the page'),
  screen: one('Sah die Ansicht', 'Looked at the screen'),
  identify: { de: () => 'Sagte, wer da ist', en: () => 'Said who it is' },
  'Product Viewed': one('Sah ein Produkt an:', 'Looked at a product:'),
  'Product Compared': one('Verglich Produkte:', 'Compared products:'),
  'Product Added': one('Legte etwas in den Warenkorb:', 'Put something in the cart:'),
  'Checkout Started': one('Begann zu bestellen', 'Began to order'),
  'Products Searched': one('Suchte nach etwas', 'Searched for something'),
  'Newsletter Subscribed': one('Bat um den Newsletter', 'Asked for the newsletter'),
  'Form Submitted': one('Schickte ein Formular ab:', 'Sent a form:'),
  'Callback Requested': one('Bat um einen Anruf', 'Asked to be called'),
  'Demo Requested': one('Bat um eine Vorführung', 'Asked for a demonstration'),
  'Email Delivered': one('Bekam Post von uns', 'Got mail from us'),
  'Email Opened': one('Öffnete unsere Post', 'Opened our mail'),
  'Email Link Clicked': one('Folgte einem Link in unserer Post', 'Followed a link in our mail'),
  'Email Marked as Spam': one('Nannte unsere Post Spam', 'Called our mail spam'),
  Unsubscribed: one('Bestellte unsere Post ab', 'Stopped our mail'),
  'Contact Refused': one('Will nicht angesprochen werden', 'Does not want to be contacted'),
  'Store Visited': one('War im Laden', 'Came to a shop'),
  'Call Made': one('Wurde von uns angerufen', 'Was called by us'),
  'Support Called': one('Rief uns an', 'Called us'),
  'lead.addressed': one('Bekam etwas von uns gesagt:', 'Was told something by us:'),
  'lead.handed-over': { de: () => 'Wir haben an den Vertrieb übergeben', en: () => 'We handed over to sales' },
};

/** @param touchpoint as it stands in the journey */
export function touchInWords({ type, properties = {} }: Pick<Touchpoint, 'type' | 'properties'>, language: Language): string {
  const about = ['product', 'name', 'form', 'subject'].map((name) => properties[name]).find((value) => typeof value === 'string');
  const wording = told[type];
  return wording === undefined ? typeInWords(type, language) : wording[language](typeof about === 'string' ? about : undefined);
}

const times = (many: number, language: Language): string => (many === 1 ? '' : language === 'de' ? `, ${many}-mal` : `, ${many} times`);

/** Each with what it gives: “looked at prices, 2 times (+14)”. */
export const scoreInWords = ({ parts }: Pick<Score, 'parts'>, { scores }: Pick<LeadRules, 'scores'>, language: Language): string[] =>
  parts.map(({ rule, points, times: many, kind }) => {
    const reason = scores.find((known) => known.rule === rule)?.reason[language] ?? rule;
    return `${reason}${kind === 'fit' ? '' : times(many, language)} (+${points})`;
  });

const channels: Readonly<Record<Channel, readonly [de: string, en: string]>> = {
  ...{ fridge: ['Kühlschrank', 'fridge'], heating: ['Heizung', 'heating'], tv: ['Fernseher', 'TV'], app: ['App', 'app'], push: ['Push', 'push'] },
  ...{
    'e-mail': ['E-Mail', 'e-mail'],
    web: ['Web', 'web'],
    store: ['Laden', 'shop'],
    'call-centre': ['Telefon', 'telephone'],
    retailer: ['Händler', 'retailer'],
  },
  ...{ survey: ['Umfrage', 'survey'], social: ['soziale Netze', 'social media'], crm: ['Vertrieb', 'sales'], nachschub: ['Nachschub', 'Nachschub'] },
};
export const channelInWords = (channel: Channel, language: Language): string => channels[channel][language === 'de' ? 0 : 1];

const inLanguage = (language: Language, de: string, en: string): string => (language === 'de' ? de : en);

/** Why it is where it is. */
export function stageInWords({ stage, generated, handedOver, lost, consent }: LeadStanding, language: Language): string {
  if (stage === 'won') return inLanguage(language, 'ist ein Haushalt geworden', 'has become a household');
  if (lost?.reason === 'said-no') return inLanguage(language, 'will nicht mehr angesprochen werden', 'does not want to be contacted any more');
  if (lost?.reason === 'silent') return inLanguage(language, 'hat lange nichts von sich hören lassen', 'has not been heard of for long');
  if (lost?.because !== undefined) return inLanguage(language, `geschlossen: ${lost.because}`, `closed: ${lost.because}`);
  if (handedOver !== undefined) {
    if (handedOver.by !== 'score') return inLanguage(language, `übergeben: ${handedOver.because}`, `handed over: ${handedOver.because}`);
    return inLanguage(language, 'übergeben, weil genug Punkte zusammenkamen', 'handed over because there were points enough');
  }
  if (stage === 'nurtured') return inLanguage(language, 'kam wieder, nachdem wir geantwortet hatten', 'came back after we had answered');
  if (stage === 'addressed') return inLanguage(language, 'hat von uns gehört', 'has heard from us');
  const asked = touchInWords({ type: generated.type }, language).replace(/:$/, '');
  return consent === 'given' ? asked : inLanguage(language, `${asked}, seither nicht mehr`, `${asked}, and not since`);
}

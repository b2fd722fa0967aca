/** The stage's own words; what the system, the shops and the TV say comes from them. */
const en = {
  title: 'Stage',
  phone: 'The phone of',
  alone: 'in a tab of its own',
  tv: 'In the living room',
  shop: 'The shops’ own books',
  pause: 'Pause',
  resume: 'Go on',
  day: 'One day on',
  frame: (name) => `The app of ${name}`,
  off: 'Nothing is on the screen.',
  noReceipts: 'The shops have written nothing yet.',
  noTv: 'Nobody here has a TV.',
  lost: 'not connected, trying again',
  mode: { 'real-time': (hours) => `${hours} h a second`, jump: () => 'jumping', paused: () => 'paused' },
};

const de = {
  title: 'Bühne',
  phone: 'Das Telefon von',
  alone: 'allein in einem Tab',
  tv: 'Im Wohnzimmer',
  shop: 'Die Bücher der Läden',
  pause: 'Anhalten',
  resume: 'Weiter',
  day: 'Ein Tag weiter',
  frame: (name) => `Die App von ${name}`,
  off: 'Auf dem Bildschirm ist nichts.',
  noReceipts: 'Die Läden haben noch nichts geschrieben.',
  noTv: 'Hier hat niemand einen Fernseher.',
  lost: 'nicht verbunden, neuer Versuch',
  mode: { 'real-time': (hours) => `${hours} h je Sekunde`, jump: () => 'springt', paused: () => 'angehalten' },
};

/** On the TV's screen, in the household's language and not in the reader's. */
export const onScreen = {
  en: {
    delivery: 'Delivery',
    perks: { voucher: 'Voucher', 'free-delivery': 'Free delivery', 'buy-one-get-one': 'Every second pack free' },
    funders: { brand: 'the brand', platform: 'Nachschub' },
    from: (funder) => `paid by ${funder}`,
    total: 'Total',
    more: (count) => `and ${count} more`,
    no: 'No, not now',
    at: (shop) => `at ${shop}`,
    by: (date) => `by ${date}`,
    onlyInApp: 'Go on in the app',
  },
  de: {
    delivery: 'Lieferung',
    perks: { voucher: 'Gutschein', 'free-delivery': 'Kostenlose Lieferung', 'buy-one-get-one': 'Jede zweite Packung gratis' },
    funders: { brand: 'der Marke', platform: 'Nachschub' },
    from: (funder) => `bezahlt von ${funder}`,
    total: 'Summe',
    more: (count) => `und ${count} weitere`,
    no: 'Nein, jetzt nicht',
    at: (shop) => `bei ${shop}`,
    by: (date) => `bis ${date}`,
    onlyInApp: 'Weiter in der App',
  },
};

export const language = navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
export const words = language === 'de' ? de : en;

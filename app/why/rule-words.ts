/** Each rule of a standing permission in a person's words. The figures come from the record, not from its English sentences. */
export interface RuleFigures {
  readonly from: string;
  readonly until: string;
  readonly shop: string;
  readonly cap: string;
  readonly total: string;
  readonly monthCap: string;
  readonly spent: string;
  readonly perWeek: number;
  readonly thisWeek: number;
  readonly quoteUntil: string;
  /** Of the order's goods, the permission's own and those it does not name. */
  readonly goods: number;
  readonly foreign: string;
}

export const ruleWords = {
  en: {
    active: () => 'The mandate is active',
    started: (f: RuleFigures) => `It holds from ${f.from}`,
    'not-ended': (f: RuleFigures) => `It holds until ${f.until}`,
    'retailer-allowed': (f: RuleFigures) => `${f.shop} is one of its shops`,
    'every-line-product-allowed': (f: RuleFigures) => (f.foreign === '' ? 'It names everything in the order' : `It does not name: ${f.foreign}`),
    'per-order-cap': (f: RuleFigures) => `At most ${f.cap} per order; this one costs ${f.total}`,
    'per-month-cap': (f: RuleFigures) => `At most ${f.monthCap} a month; ${f.spent} are spent or reserved, ${f.total} more`,
    frequency: (f: RuleFigures) => `At most ${f.perWeek} orders in seven days; there were ${f.thisWeek}`,
    'quote-valid': (f: RuleFigures) => `The price stands until ${f.quoteUntil}`,
    'not-stopped': () => 'No stop is switched on for it',
    'sensor-trusted': () => 'The sensors behind it are believed',
    'automation-earned': () => 'It has earned to be bought without asking, or you have allowed it',
    'mandate-exists': () => 'There is no mandate yet',
    'no-objection-to-profiling': () => 'You have objected to buying by forecast',
    other: () => 'A further limit',
  },
  de: {
    active: () => 'Das Mandat gilt gerade',
    started: (f: RuleFigures) => `Es gilt ab ${f.from}`,
    'not-ended': (f: RuleFigures) => `Es gilt bis ${f.until}`,
    'retailer-allowed': (f: RuleFigures) => `${f.shop} gehört zu seinen Läden`,
    'every-line-product-allowed': (f: RuleFigures) => (f.foreign === '' ? 'Es nennt alles in der Bestellung' : `Es nennt nicht: ${f.foreign}`),
    'per-order-cap': (f: RuleFigures) => `Höchstens ${f.cap} je Bestellung; diese kostet ${f.total}`,
    'per-month-cap': (f: RuleFigures) => `Höchstens ${f.monthCap} im Monat; ${f.spent} sind ausgegeben oder vorgemerkt, ${f.total} kämen dazu`,
    frequency: (f: RuleFigures) => `Höchstens ${f.perWeek} Bestellungen in sieben Tagen; es waren ${f.thisWeek}`,
    'quote-valid': (f: RuleFigures) => `Der Preis gilt bis ${f.quoteUntil}`,
    'not-stopped': () => 'Kein Stopp ist dafür eingeschaltet',
    'sensor-trusted': () => 'Die Sensoren dahinter sind glaubwürdig',
    'automation-earned': () => 'Es darf ungefragt gekauft werden: verdient oder von euch erlaubt',
    'mandate-exists': () => 'Es gibt noch kein Mandat',
    'no-objection-to-profiling': () => 'Ihr habt dem Kaufen nach Prognose widersprochen',
    other: () => 'Eine weitere Grenze',
  },
} as const;
export type RuleWords = (typeof ruleWords)['en'] | (typeof ruleWords)['de'];

const isKnown = (rule: string, t: RuleWords): rule is keyof RuleWords => rule in t;
export const ruleInWords = (rule: string, figures: RuleFigures, t: RuleWords): string => (isKnown(rule, t) ? t[rule](figures) : t.other());

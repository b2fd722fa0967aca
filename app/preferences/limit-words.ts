export const limitWords = {
  en: {
    dearerPercentLabel: 'More expensive by at most',
    dearerHint: 'What costs more than this is a no without a question. Empty: no limit, but you are asked.',
    dearerHintOfOne: 'What costs more than this is a no without a question. Empty: as for everything you order.',
    dearerMinorLabel: 'And by at most',
    neverBrandsLabel: 'Brands that may never come',
    neverBrandsHint: 'Names with commas between them, or the first digits of a maker’s barcodes.',
    neverBrandsHintOfOne: 'Names with commas between them, or the first digits of a maker’s barcodes. Empty: as for everything you order.',
  },
  de: {
    dearerPercentLabel: 'Höchstens teurer um',
    dearerHint: 'Was mehr kostet, ist ohne Frage ein Nein. Leer: keine Grenze, aber du wirst gefragt.',
    dearerHintOfOne: 'Was mehr kostet, ist ohne Frage ein Nein. Leer: wie bei allem, was du bestellst.',
    dearerMinorLabel: 'Und höchstens um',
    neverBrandsLabel: 'Marken, die nie kommen dürfen',
    neverBrandsHint: 'Namen mit Komma dazwischen, oder die ersten Ziffern der Strichcodes eines Herstellers.',
    neverBrandsHintOfOne: 'Namen mit Komma dazwischen, oder die ersten Ziffern der Strichcodes eines Herstellers. Leer: wie bei allem, was du bestellst.',
  },
} as const;

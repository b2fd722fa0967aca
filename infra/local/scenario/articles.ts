/** What the shops of the scenario sell: articles with their packs, measured as the supplies are that they fill. */
import { gtinCheckDigit } from '../../../shared/gtin.ts';

/** GS1 keeps numbers that begin with 2 for use inside a shop: none of these is a product of somebody's. */
const inStoreGtin = (number: number): string => {
  const digits = `2${String(number).padStart(11, '0')}`;
  return `${digits}${gtinCheckDigit(digits)}`;
};

export interface Article {
  readonly number: number;
  readonly gtin: string;
  readonly title: string;
  readonly unit: 'l' | 'g' | 'kg' | 'piece';
  /** In `unit`. */
  readonly pack: number;
  /** Germany: 7 on most food, 19 on the rest (UStG §12). */
  readonly vatPercent: 7 | 19;
  /** It spoils within days, so nobody can withdraw from buying it (BGB §312g (2) 2). Butter, cheese and UHT juice last weeks. */
  readonly withdrawal?: 'perishable';
}

const article = (number: number, title: string, unit: Article['unit'], pack: number, vatPercent: Article['vatPercent'] = 7): Article => ({
  ...{ number, gtin: inStoreGtin(number), title, unit, pack, vatPercent },
});

const perishable = (fresh: Article): Article => ({ ...fresh, withdrawal: 'perishable' });

export const articles = {
  milk: perishable(article(1_001, 'Weidemilch 1 l', 'l', 1)),
  eggs: article(1_002, 'Freilandeier 10 Stück', 'piece', 10),
  butter: article(1_003, 'Fassbutter 250 g', 'g', 250),
  juice: article(1_004, 'Orangensaft 1 l', 'l', 1),
  cheese: article(1_005, 'Bergkäse 300 g', 'g', 300),
  yoghurt: perishable(article(1_006, 'Naturjoghurt 500 g', 'g', 500)),
  tabs: article(1_007, 'Spülmaschinentabs 30 Stück', 'piece', 30, 19),
  quark: perishable(article(1_008, 'Speisequark 500 g', 'g', 500)),
  ham: perishable(article(1_009, 'Kochschinken 150 g', 'g', 150)),
  water: article(1_010, 'Mineralwasser 6 × 1,5 l', 'l', 9, 19),
  'apple-juice': article(1_011, 'Apfelsaft naturtrüb 1 l', 'l', 1),
  batteries: article(2_001, 'Batterien AAA 4 Stück', 'piece', 4, 19),
  oil: article(2_002, 'Heizöl schwefelarm 100 l', 'l', 100, 19),
  pellets: article(2_003, 'Holzpellets Sack 15 kg', 'kg', 15),
} as const satisfies Record<string, Article>;

export type ArticleName = keyof typeof articles;

/** What a shop has left when an article runs short: like it, and not the same. */
export const substitutes: Readonly<Partial<Record<ArticleName, Article>>> = {
  milk: article(1_101, 'Haltbare Milch 1 l', 'l', 1),
  butter: article(1_103, 'Süßrahmbutter 250 g', 'g', 250),
  juice: article(1_104, 'Orangensaft mild 0,75 l', 'l', 0.75),
  cheese: article(1_105, 'Almkäse 250 g', 'g', 250),
};

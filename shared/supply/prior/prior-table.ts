/**
 * How often households buy a pack: a gamma distribution of packs a day for each category, over the items that a household bought on at least five
 * days. Figures, not purchases. Written by `npm run priors -- --purchases FILE --categories FILE --origin TEXT --out` this file; do not edit it.
 * Learnt from purchases of 50 households at an Italian supermarket, 2007 to 2014 (Guidotti et al., ICDM 2017), categories by the shop’s own hierarchy; 2026-11-22.
 */
export interface PriorRow {
  readonly category: string;
  /** Of the gamma distribution of packs a day; the smaller, the more unlike households are. */
  readonly shape: number;
  /** Days; shape / rateDays is the mean. */
  readonly rateDays: number;
  readonly households: number;
  /** One item of one household each. */
  readonly items: number;
}

export const PRIOR_OF_ANY: PriorRow = { category: 'anything', shape: 1.19, rateDays: 85.6, households: 50, items: 10303 };

export const PRIORS: readonly PriorRow[] = [
  { category: 'beer', shape: 1.47, rateDays: 143.8, households: 24, items: 33 },
  { category: 'biscuits', shape: 1.19, rateDays: 78.4, households: 44, items: 100 },
  { category: 'bread', shape: 0.7, rateDays: 17.9, households: 49, items: 267 },
  { category: 'butter', shape: 1.74, rateDays: 103.9, households: 44, items: 52 },
  { category: 'cereals', shape: 1.08, rateDays: 59.9, households: 19, items: 34 },
  { category: 'cheese', shape: 1.28, rateDays: 91.1, households: 49, items: 566 },
  { category: 'cleaner', shape: 1.89, rateDays: 252.1, households: 31, items: 121 },
  { category: 'coffee', shape: 1.2, rateDays: 71.6, households: 41, items: 88 },
  { category: 'cold meat', shape: 1.41, rateDays: 122.6, households: 48, items: 495 },
  { category: 'cream', shape: 1.45, rateDays: 115.8, households: 29, items: 49 },
  { category: 'dish detergent', shape: 1.88, rateDays: 149.8, households: 37, items: 73 },
  { category: 'eggs', shape: 1.38, rateDays: 71.6, households: 41, items: 103 },
  { category: 'flour', shape: 1.68, rateDays: 160.9, households: 37, items: 101 },
  { category: 'ice cream', shape: 1.26, rateDays: 104.9, households: 40, items: 121 },
  { category: 'juice', shape: 1.42, rateDays: 96.2, households: 34, items: 82 },
  { category: 'kitchen roll', shape: 1.95, rateDays: 229.2, households: 34, items: 72 },
  { category: 'laundry detergent', shape: 1.51, rateDays: 131.6, households: 38, items: 171 },
  { category: 'milk', shape: 0.76, rateDays: 19.2, households: 47, items: 132 },
  { category: 'oil', shape: 1.29, rateDays: 81.8, households: 45, items: 115 },
  { category: 'pasta', shape: 1.28, rateDays: 71.8, households: 47, items: 199 },
  { category: 'pet food', shape: 0.95, rateDays: 14.7, households: 10, items: 31 },
  { category: 'rice', shape: 1.45, rateDays: 138.2, households: 31, items: 59 },
  { category: 'soap and shampoo', shape: 2.05, rateDays: 278, households: 36, items: 103 },
  { category: 'soft drinks', shape: 0.91, rateDays: 52.9, households: 40, items: 148 },
  { category: 'sugar', shape: 1.48, rateDays: 78.9, households: 44, items: 59 },
  { category: 'tinned tomatoes', shape: 1.32, rateDays: 70.7, households: 44, items: 113 },
  { category: 'toilet paper', shape: 1.47, rateDays: 125.1, households: 38, items: 63 },
  { category: 'toothpaste', shape: 1.85, rateDays: 270.2, households: 26, items: 55 },
  { category: 'water', shape: 1.03, rateDays: 34.2, households: 43, items: 90 },
  { category: 'wine', shape: 0.74, rateDays: 32, households: 40, items: 108 },
  { category: 'yoghurt', shape: 1.1, rateDays: 62.9, households: 42, items: 159 },
];

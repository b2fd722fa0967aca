/**
 * What a household does not eat or drink, as data: a closed vocabulary that shops put on their offers and people tick in the app. It says
 * something about health or faith (GDPR Art. 9), so it stands in the household's own item and in no event.
 */

/** Of an offer: it contains this. Of a household: it avoids this. Allergens after Regulation (EU) 1169/2011, Annex II, and what faith or taste forbids. */
export const dietTags = [
  ...(['gluten', 'lactose', 'milk', 'egg', 'nuts', 'peanuts', 'soy', 'fish', 'shellfish', 'sesame', 'celery', 'mustard'] as const),
  ...(['pork', 'beef', 'meat', 'gelatine', 'alcohol', 'caffeine'] as const),
] as const;
export type DietTag = (typeof dietTags)[number];

/** What an offer contains although the household avoids it. */
export const clashes = (tags: readonly DietTag[] | undefined, avoid: readonly DietTag[] | undefined): DietTag[] =>
  (tags ?? []).filter((tag) => (avoid ?? []).includes(tag));

/** Which kind of product a supply is, by the name that a person or a shop gave it. Without zod and without a catalogue: it only helps a first guess. */

/** Every kind of which something is known, in the words by which English and German names end. */
export const CATEGORY_WORDS = {
  milk: ['milk', 'milch'],
  butter: ['butter', 'margarine'],
  cream: ['cream', 'sahne', 'rahm'],
  eggs: ['egg', 'eggs', 'ei', 'eier'],
  cheese: ['cheese', 'käse', 'gouda', 'mozzarella', 'parmesan', 'quark'],
  yoghurt: ['yoghurt', 'yogurt', 'joghurt'],
  'cold meat': ['ham', 'salami', 'schinken', 'wurst', 'aufschnitt'],
  bread: ['bread', 'rolls', 'toast', 'brot', 'brötchen'],
  water: ['water', 'wasser'],
  'soft drinks': ['cola', 'lemonade', 'limonade', 'limo'],
  juice: ['juice', 'saft'],
  beer: ['beer', 'bier', 'pils'],
  wine: ['wine', 'wein'],
  coffee: ['coffee', 'espresso', 'kaffee'],
  pasta: ['pasta', 'spaghetti', 'noodles', 'nudeln'],
  rice: ['rice', 'reis'],
  flour: ['flour', 'mehl'],
  sugar: ['sugar', 'zucker'],
  biscuits: ['biscuits', 'cookies', 'kekse'],
  cereals: ['cereals', 'cereal', 'muesli', 'müsli', 'cornflakes'],
  oil: ['öl', 'olive-oil', 'oil'],
  'tinned tomatoes': ['tomatoes', 'tomaten', 'passata'],
  'ice cream': ['ice-cream', 'eis'],
  'pet food': ['cat-food', 'dog-food', 'pet-food', 'katzenfutter', 'hundefutter'],
  'laundry detergent': ['detergent', 'waschmittel', 'weichspüler'],
  'dish detergent': ['dishwasher-tabs', 'spülmittel', 'spülmaschinentabs', 'tabs'],
  cleaner: ['cleaner', 'reiniger'],
  'baby care': ['nappies', 'diapers', 'baby-food', 'windeln', 'babynahrung', 'babymilch'],
  medicine: ['medicine', 'tablets', 'insulin', 'tabletten', 'medikament', 'medikamente'],
  'toilet paper': ['toilet-paper', 'toilettenpapier', 'klopapier'],
  'kitchen roll': ['kitchen-roll', 'küchenrolle', 'küchenrollen'],
  toothpaste: ['toothpaste', 'zahnpasta', 'zahncreme'],
  'soap and shampoo': ['soap', 'shampoo', 'seife', 'duschgel'],
} as const satisfies Record<string, readonly string[]>;
export type Category = keyof typeof CATEGORY_WORDS;

/** So short that German compounds end in them by chance: Brei, Reis. */
const WHOLE_WORD_LENGTH = 3;

/** The longer first: a tin of cat food is no tin. */
const endings = Object.entries(CATEGORY_WORDS)
  .flatMap(([category, words]) => words.map((word) => ({ category, word: word.replaceAll('-', ' ') })))
  .sort((a, b) => b.word.length - a.word.length);

/**
 * In both languages what comes last says what it is: Milchreis is rice, Buttermilch is milk. The words are asked from the last to the first, so that
 * a pack’s size behind the name does not matter. Undefined where no word is known. @param name such as Weidemilch 1 l
 */
export function categoryOf(name: string): Category | undefined {
  const words = name.toLowerCase().match(/\p{L}+/gu) ?? [];
  for (let last = words.length; last > 0; last -= 1) {
    const upTo = words.slice(0, last).join(' ');
    const found = endings.find(({ word }) => upTo === word || upTo.endsWith(` ${word}`) || (word.length > WHOLE_WORD_LENGTH && upTo.endsWith(word)));
    if (found && isCategory(found.category)) return found.category;
  }
  return undefined;
}

const isCategory = (text: string): text is Category => text in CATEGORY_WORDS;

/** What a kind of product is called by whoever reads of it; in English as category.ts names it. */
const inGerman: Readonly<Record<string, string>> = {
  ...{ milk: 'Milch', butter: 'Butter', cream: 'Sahne', eggs: 'Eier', cheese: 'Käse', yoghurt: 'Joghurt', 'cold meat': 'Aufschnitt', bread: 'Brot' },
  ...{ water: 'Wasser', 'soft drinks': 'Limonade', juice: 'Saft', beer: 'Bier', wine: 'Wein', coffee: 'Kaffee', pasta: 'Nudeln', rice: 'Reis' },
  ...{ flour: 'Mehl', sugar: 'Zucker', biscuits: 'Kekse', cereals: 'Müsli', oil: 'Öl', 'tinned tomatoes': 'Dosentomaten', 'ice cream': 'Eis' },
  ...{ 'pet food': 'Tierfutter', 'laundry detergent': 'Waschmittel', 'dish detergent': 'Spülmittel', cleaner: 'Reiniger', 'baby care': 'Babypflege' },
  ...{ medicine: 'Medikamente', 'toilet paper': 'Toilettenpapier', 'kitchen roll': 'Küchenrolle', toothpaste: 'Zahnpasta' },
  ...{ 'soap and shampoo': 'Seife und Shampoo' },
};

export const categoryName = (category: string, language: 'de' | 'en'): string => (language === 'de' ? (inGerman[category] ?? category) : category);

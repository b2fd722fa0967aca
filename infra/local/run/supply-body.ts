/** A shelf of the scenario as an operator adds it: the body of the supply's PUT. */
import { toBase } from '../../../shared/values.ts';
import { articles } from '../scenario/articles.ts';
import type { Shelf } from '../scenario/shelves.ts';

export function supplyBody(shelf: Shelf, { thing, leadTimeDays }: { thing: string | undefined; leadTimeDays: number }): object {
  const article = articles[shelf.article];
  const base = (amount: number) => toBase({ amount, unit: article.unit });
  const { name, productLine, serviceLevel, coverDays, shelfLifeDays, packsMax } = shelf;
  return {
    ...{ name, productLine, unit: base(1).unit },
    ...(thing !== undefined && { thing, slot: shelf.slot }),
    products: [{ gtin: article.gtin, pack: base(article.pack) }],
    settings: { serviceLevel, coverDays, shelfLifeDays, packsMax, capacity: base(shelf.capacity).amount, resolution: base(shelf.resolution).amount },
    // A first guess, a third off: the model has to learn what this household really uses.
    ...{ perDay: base(shelf.usePerDay).amount * 0.7, portion: base(shelf.portion).amount, confidenceDays: 3, onHand: base(shelf.initial).amount },
    leadTime: { meanDays: leadTimeDays, sdDays: 0.5 },
  };
}

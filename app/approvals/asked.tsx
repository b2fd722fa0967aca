/** Why somebody is asked although there is a mandate: one sentence, by the rules that were applied when it was decided. */
import { useHousehold } from '../household.tsx';
import { useFormats, type Formats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { askedWords } from './asked-words.ts';
import type { OrderView } from './view.ts';

type Because = NonNullable<OrderView['askedBecause']>;
type Words = (typeof askedWords)['en'] | (typeof askedWords)['de'];
interface Said {
  readonly t: Words;
  readonly f: Formats;
  readonly shop: string;
  readonly nameOf: (supplyId: string) => string;
}

export function Asked({ view }: { readonly view: OrderView }) {
  const t = useWords(askedWords);
  const f = useFormats();
  const { overview } = useHousehold();
  const { askedBecause: because, order, shop } = view;
  if (because === undefined) return null;
  const nameOf = (supplyId: string) =>
    overview.supplies.find((supply) => supply.supplyId === supplyId)?.name ??
    order.quote.lineItems.find((line) => line.supplyId === supplyId)?.title ??
    supplyId;
  const said = t.although(reasonOf(because, { t, f, shop: shop.name, nameOf }));
  return (
    <p class="approval-asked">
      {said} {because.others > 0 && t.others(because.others)}
    </p>
  );
}

function reasonOf(because: Because, { t, f, shop, nameOf }: Said): string {
  switch (because.kind) {
    case 'objection':
      return t.objection;
    case 'brake':
      return t.brake(f.money(because.figures.goods), because.figures.days, f.money(because.figures.limit));
    case 'item-stopped':
      return t.itemStopped(nameOf(because.supplyId));
    case 'shop-stopped':
      return t.shopStopped(shop);
    case 'not-named':
      return t.notNamed(because.titles.join(', '));
    case 'other-shop':
      return t.otherShop(shop);
    case 'sensor-doubted':
      return because.reason === undefined ? t.doubted(nameOf(because.supplyId)) : t.doubt[because.reason](nameOf(because.supplyId));
    case 'not-earned':
      return because.of === 0 ? t.notWatched(nameOf(because.supplyId)) : t.notEarned(nameOf(because.supplyId), because.right, because.of);
    case 'withdrawn':
      return t.withdrawn(nameOf(because.supplyId), because.right, because.of);
    case 'order-cap':
      return t.orderCap(f.money(because.total), f.money(because.most)) + dearerOf(because, t, f);
    case 'month-cap':
      return t.monthCap(f.money(because.total), f.money(because.most)) + dearerOf(because, t, f);
    case 'frequency':
      return t.frequency(because.orders, because.most);
    case 'stopped':
    case 'paused':
    case 'not-begun':
    case 'ended':
    case 'price-over':
    case 'other':
      return plainOf(because.kind, t);
  }
}

const dearerOf = ({ dearer }: Extract<Because, { kind: 'order-cap' | 'month-cap' }>, t: Words, f: Formats): string =>
  dearer === undefined ? '' : t.dearer(dearer.title, f.money(dearer.price), f.money(dearer.usual));

const plainOf = (kind: 'stopped' | 'paused' | 'not-begun' | 'ended' | 'price-over' | 'other', t: Words): string =>
  ({ stopped: t.stopped, paused: t.paused, 'not-begun': t.notBegun, ended: t.ended, 'price-over': t.priceOver, other: t.other })[kind];

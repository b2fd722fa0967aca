/** What was spent, by whom and where. */
import { Row, Rows } from '../design/rows.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { FigureCard, type Figure, type Shops } from './figure-card.tsx';
import { words } from './words.ts';

export function SpentCard({ figure, shops }: { readonly figure: Figure; readonly shops: Shops }) {
  const t = useWords(words);
  const { money } = useFormats();
  const { overview } = useHousehold();
  const nameOfBuyer = (by: string | undefined): string => {
    if (by?.startsWith('man_')) return t.byMandates;
    return t.byPeople(overview.members.find(({ memberId }) => memberId === by)?.name ?? by ?? '');
  };
  const nameOfShop = (retailerId: string): string => t.atShop(shops.find((shop) => shop.retailerId === retailerId)?.name ?? retailerId);
  const rows = [...sums(figure, ({ by }) => nameOfBuyer(by)), ...sums(figure, ({ retailerId }) => nameOfShop(retailerId))];
  return (
    <FigureCard name="spent" figure={figure} shops={shops}>
      {rows.length > 0 && (
        <Rows>
          {rows.map(([label, { amountMinor, count }]) => (
            <Row key={label} label={label} aside={money({ amountMinor, currency: 'EUR' })}>
              {t.orders(count)}
            </Row>
          ))}
        </Rows>
      )}
    </FigureCard>
  );
}

type Item = Figure['items'][number];

function sums({ items }: Figure, nameOf: (item: Item) => string): [string, { amountMinor: number; count: number }][] {
  const found = new Map<string, { amountMinor: number; count: number }>();
  for (const item of items) {
    const { amountMinor, count } = found.get(nameOf(item)) ?? { amountMinor: 0, count: 0 };
    found.set(nameOf(item), { amountMinor: amountMinor + item.amount.amountMinor, count: count + 1 });
  }
  return [...found].sort(([, a], [, b]) => b.amountMinor - a.amountMinor);
}

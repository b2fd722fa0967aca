/** One figure: how much, what it means, and the orders that it comes from. */
import type { ComponentChildren } from 'preact';
import type { Answer } from '../api/contract-types.ts';
import { Card, Tag } from '../design/card.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

type Statement = Answer<'readStatement'>['statement'];
export type FigureName = keyof (typeof words)['en']['figures'];
export type Figure = Statement[FigureName];
export type Shops = Answer<'readStatement'>['shops'];

interface FigureCardProps {
  readonly name: FigureName;
  readonly figure: Figure;
  readonly shops: Shops;
  /** For figures that are counted; the others are sums. */
  readonly unit?: (count: number) => string;
  readonly children?: ComponentChildren;
}

export function FigureCard({ name, figure, shops, unit, children }: FigureCardProps) {
  const t = useWords(words);
  const { money } = useFormats();
  return (
    <Card id={`figure-${name}`} title={t.figures[name]}>
      <p class="figure-number">{unit === undefined ? money(figure.sum) : unit(figure.count)}</p>
      <p class="small soft">{t.means[name]}</p>
      {children}
      {figure.items.length === 0 ? (
        <p class="small">{t.nothing}</p>
      ) : (
        <details>
          <summary>{t.show(figure.count)}</summary>
          <Items figure={figure} shops={shops} isSum={unit === undefined} />
        </details>
      )}
    </Card>
  );
}

function Items({ figure, shops, isSum }: { readonly figure: Figure; readonly shops: Shops; readonly isSum: boolean }) {
  const t = useWords(words);
  const { money, day } = useFormats();
  return (
    <Rows>
      {figure.items.map(({ orderId, retailerId, at, amount, title, because, outAt }, index) => (
        <Row key={`${orderId} ${String(index)}`} label={title} href={urls.order(orderId)} aside={isSum ? money(amount) : undefined}>
          {day(at)}, {shops.find((shop) => shop.retailerId === retailerId)?.name ?? retailerId} <Tag>{t.because[because]}</Tag>
          {outAt !== undefined && <div>{t.outAt(day(outAt))}</div>}
        </Row>
      ))}
    </Rows>
  );
}

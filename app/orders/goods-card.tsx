import { Card } from '../design/card.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import type { FollowView } from './view.ts';
import { words } from './words.ts';

export function GoodsCard({ view }: { readonly view: FollowView }) {
  const t = useWords(words);
  const formats = useFormats();
  const isDelivered = view.status === 'delivered';
  return (
    <Card title={t.goods}>
      <Rows>
        {view.lines.map(({ supplyId, gtin, title, quantity, lineTotal, progress }) => (
          <Row
            key={`${supplyId} ${gtin}`}
            label={`${t.packs(isDelivered ? quantity : (progress?.current ?? quantity), quantity)} ${title}`}
            aside={<span class="orders-aside">{formats.money(lineTotal)}</span>}
          >
            {isDelivered && progress?.substitute === undefined && t.came(progress?.fulfilled ?? 0, quantity)}
            {progress?.substitute !== undefined &&
              t.instead(isDelivered ? progress.substitute.fulfilled : progress.substitute.current, progress.substituteTitle ?? progress.substitute.gtin)}
          </Row>
        ))}
      </Rows>
      <dl class="order-sums">
        <dt>{t.deliveryFee}</dt>
        <dd>{formats.money(view.deliveryFee)}</dd>
        <dt>{t.total}</dt>
        <dd>
          <strong>{formats.money(view.total)}</strong>
        </dd>
        {view.charged !== undefined && (
          <>
            <dt>{t.charged}</dt>
            <dd>
              <strong>{formats.money(view.charged)}</strong>
            </dd>
          </>
        )}
      </dl>
      <p class="small soft order-number">
        {t.orderNumber}: {view.orderId}
      </p>
      <p>
        <a href={urls.why(view.orderId)}>{t.why}</a>
      </p>
    </Card>
  );
}

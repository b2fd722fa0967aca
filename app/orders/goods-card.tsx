import { Card } from '../design/card.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { moneyWords } from './money-words.ts';
import { PerkRows } from './perk-rows.tsx';
import type { FollowView } from './view.ts';
import { words } from './words.ts';

export function GoodsCard({ view }: { readonly view: FollowView }) {
  const t = useWords(words);
  const tMoney = useWords(moneyWords);
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
            <LineNotes progress={progress} isDelivered={isDelivered} />
            {progress?.substitute !== undefined &&
              t.instead(isDelivered ? progress.substitute.fulfilled : progress.substitute.current, progress.substituteTitle ?? progress.substitute.gtin)}
          </Row>
        ))}
      </Rows>
      <dl class="order-sums">
        <dt>{t.deliveryFee}</dt>
        <dd>{formats.money(view.deliveryFee)}</dd>
        <PerkRows perks={view.perks} shop={view.shop.name} />
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
        {view.refund !== undefined && view.refund.refunded.amountMinor > 0 && (
          <>
            <dt>{tMoney.refunded}</dt>
            <dd>{formats.money(view.refund.refunded)}</dd>
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

interface LineNotesProps {
  readonly progress: FollowView['lines'][number]['progress'];
  readonly isDelivered: boolean;
}

/** What became of a line that does not come as it was ordered: why, what comes later, what went back. */
function LineNotes({ progress, isDelivered }: LineNotesProps) {
  const t = useWords(words);
  const tMoney = useWords(moneyWords);
  const formats = useFormats();
  if (progress === undefined) return null;
  const { ordered, current, fulfilled, returned = 0, backOrdered, reason } = progress;
  const notes = [
    !isDelivered && fulfilled > 0 && t.came(fulfilled, ordered),
    reason !== undefined && (current < ordered || backOrdered !== undefined) && tMoney.lineReasons[reason],
    backOrdered !== undefined && tMoney.later(backOrdered.packs, formats.day(backOrdered.expectedAt)),
    returned > 0 && tMoney.wentBack(returned),
  ].filter((note) => note !== false);
  return notes.length === 0 ? null : <div class="small soft">{notes.join('; ')}</div>;
}

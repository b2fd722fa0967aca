/** What the law wants seen directly before the button (BGB §312j (2)): goods, their prices, who sells them, delivery, what perks take off and the whole sum. */
import { addDays } from './days.ts';
import { useNow } from '../api/clock.ts';
import { summedPerks } from '../../shared/order/perk/apply-perks.ts';
import { OrderButton } from '../design/order-button.tsx';
import { PerkRows } from '../orders/perk-rows.tsx';
import { useFormats, type Formats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import type { Line, Quote, Words } from './view.ts';
import { words } from './words.ts';

interface OrderBoxProps {
  readonly quote: Quote;
  readonly shop: string;
  readonly busy: boolean;
  /** Why it may not be pressed now. */
  readonly why?: string | undefined;
  readonly onOrder: () => void;
}

export function OrderBox({ quote, shop, busy, why, onOrder }: OrderBoxProps) {
  const t = useWords(words);
  const f = useFormats();
  const arrives = addDays(useNow(), quote.leadTimeDays);
  return (
    <section class="approval-box" aria-label={t.goods}>
      <ul class="approval-lines" tabIndex={0} aria-label={t.goods}>
        {quote.lineItems.map((line) => (
          <GoodsLine key={line.needId} line={line} />
        ))}
      </ul>
      <dl class="approval-sum">
        <div>
          <dt>{t.seller}</dt>
          <dd>{shop}</dd>
        </div>
        <div>
          <dt>{t.delivery}</dt>
          <dd>
            {t.about(f.day(arrives))} · {quote.deliveryFee.amountMinor === 0 ? t.free : f.money(quote.deliveryFee)}
          </dd>
        </div>
        <PerkRows perks={summedPerks(quote)} shop={shop} />
        <div>
          <dt class="approval-total">{t.total}</dt>
          <dd class="approval-total">{f.money(quote.total)}</dd>
        </div>
      </dl>
      <OrderButton busy={busy} disabled={why !== undefined} why={why} onClick={onOrder} />
    </section>
  );
}

function GoodsLine({ line }: { readonly line: Line }) {
  const t = useWords(words);
  const f = useFormats();
  const { quantity, title, unitPrice, pack, lineTotal, withdrawal = 'exists', joined, stockedUp } = line;
  return (
    <li class="approval-line">
      <strong>
        {quantity} × {title}
      </strong>
      <strong>{f.money(lineTotal)}</strong>
      <span class="small soft">
        {t.each(f.money(unitPrice))} · {f.unitPrice(unitPrice, pack)}
      </span>
      {joined !== undefined && <span class="small soft">{alongText(joined, t, f)}</span>}
      {stockedUp !== undefined && <span class="small soft">{t.stockedUp(stockedUp.extraPacks, f.money(stockedUp.usualPrice))}</span>}
      <span class="small soft">{withdrawal === 'exists' ? t.rightExists : t.rightNone[withdrawal]}</span>
    </li>
  );
}

/** What brought it along: a delivery later, or a threshold of the shop. */
function alongText({ lifts, saves }: NonNullable<Line['joined']>, t: Words, f: Formats): string {
  const sum = saves.amountMinor > 0 ? f.money(saves) : undefined;
  if (lifts === 'minimum-order') return t.joinedMinimum;
  if (lifts === 'free-delivery') return sum === undefined ? t.joinedFreeToo : t.joinedFree(sum);
  return sum === undefined ? t.joinedParcel : t.joined(sum);
}

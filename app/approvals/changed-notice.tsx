/** What is different from what the person has looked at: nobody taps a button for something that changed under the finger. */
import { Button } from '../design/button.tsx';
import { Notice } from '../design/card.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import type { ChangeLine } from './use-answer.ts';
import { differences, type Alternatives, type OrderView, type Quote } from './view.ts';
import { words } from './words.ts';

export function ChangedNotice({ was, view, onSeen }: { readonly was: Quote; readonly view: OrderView; readonly onSeen: () => void }) {
  const t = useWords(words);
  const f = useFormats();
  const { overview } = useHousehold();
  const { order } = view;
  const by = order.changes?.at(-1)?.memberId;
  const name = overview.members.find(({ memberId }) => memberId === by)?.name ?? t.somebody;
  const isSameSum = was.total.amountMinor === order.quote.total.amountMinor;
  return (
    <Notice tone="warn">
      <strong>{t.changedTitle}</strong>
      <p>
        {t.changedBy(name)} {isSameSum ? t.changedSame : t.changedTotal(f.money(was.total), f.money(order.quote.total))}
      </p>
      <ul class="small">
        {differences(was, order.quote, t).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <div>
        <Button kind="quiet" onClick={onSeen}>
          {t.seen}
        </Button>
      </div>
    </Notice>
  );
}

interface PriceNoticeProps {
  readonly quote: Quote;
  readonly alternatives: Alternatives;
  readonly onTake?: ((lines: readonly ChangeLine[]) => void) | undefined;
}

/** The shop is bound to what it offered until that ends; a lower price since is there for the asking. */
export function PriceNotice({ quote, alternatives: { now }, onTake }: PriceNoticeProps) {
  const t = useWords(words);
  const f = useFormats();
  if (now === undefined) return <Notice tone="warn">{t.notOffered}</Notice>;
  if (now.total.amountMinor === quote.total.amountMinor) return null;
  const [was, is] = [f.money(quote.total), f.money(now.total)];
  if (now.total.amountMinor > quote.total.amountMinor) return <Notice tone="accent">{t.priceUp(was, is)}</Notice>;
  return (
    <Notice tone="accent">
      <p>{t.priceDown(was, is)}</p>
      {onTake !== undefined && (
        <div>
          <Button kind="quiet" onClick={() => onTake(quote.lineItems.map(({ needId, gtin, quantity }) => ({ needId, gtin, quantity })))}>
            {t.takeNewPrice}
          </Button>
        </div>
      )}
    </Notice>
  );
}

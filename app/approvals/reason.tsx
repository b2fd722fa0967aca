/** Why it is asked, in one sentence with the interval: what the decision itself rested on. */
import { useNow } from '../api/clock.ts';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import type { OrderView } from './view.ts';
import { words } from './words.ts';

export function Reason({ view: { order, record } }: { readonly view: OrderView }) {
  const t = useWords(words);
  const f = useFormats();
  const now = useNow();
  const { overview } = useHousehold();
  // What came along is not low.
  const bought = new Set<string>(order.quote.lineItems.filter(({ joined }) => joined === undefined).map(({ needId }) => needId));
  const needs = record.proposal.needs
    .filter(({ needId }) => bought.has(needId))
    .sort((a, b) => (a.snapshot.projectedStockout.p10 < b.snapshot.projectedStockout.p10 ? -1 : 1));
  const [first] = needs;
  if (first === undefined) return null;
  const { p10, p90 } = first.snapshot.projectedStockout;
  const called = overview.supplies.find(({ supplyId }) => supplyId === first.supplyId)?.name ?? order.quote.lineItems[0]?.title ?? '';
  const name = `${called.charAt(0).toUpperCase()}${called.slice(1)}`;
  const [from, to] = [f.day(p10), f.day(p90)];
  return (
    <span>
      {p90 <= now ? t.usedUp(name) : from === to ? t.lastsUntil(name, from) : t.lastsBetween(name, from, to)} {needs.length > 1 && t.alsoLow(needs.length - 1)}{' '}
      <a href={urls.why(order.orderId)}>{t.whyLink}</a>
    </span>
  );
}

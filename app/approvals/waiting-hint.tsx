/** What it would bring to wait, with the risk beside it: worked out when the order was proposed. */
import { useNow } from '../api/clock.ts';
import { Notice } from '../design/card.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import type { OrderView } from './view.ts';
import { words } from './words.ts';

export function WaitingHint({ view: { order, record } }: { readonly view: OrderView }) {
  const t = useWords(words);
  const f = useFormats();
  const now = useNow();
  const { overview } = useHousehold();
  const { waiting, quoteHash } = record.proposal;
  // Of another order than the one on the screen nothing was worked out.
  if (waiting === undefined || waiting.until <= now || order.quote.hash !== quoteHash) return null;
  const nameOf = (supplyId: string) => overview.supplies.find((supply) => supply.supplyId === supplyId)?.name;
  const [along, atRisk] = [nameOf(waiting.withSupply), nameOf(waiting.atRisk)];
  if (along === undefined || atRisk === undefined) return null;
  return <Notice tone="accent">{t.waiting(f.day(waiting.until), along, f.money(waiting.saves), atRisk, f.percent(waiting.risk))}</Notice>;
}

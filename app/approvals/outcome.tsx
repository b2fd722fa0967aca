/** What became of the question: who answered, when, and what stood on the screen. */
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { goodsOf, type OrderView } from './view.ts';
import { words } from './words.ts';

export function Outcome({ view }: { readonly view: OrderView }) {
  const t = useWords(words);
  const f = useFormats();
  const { order, shop } = view;
  const { title, text, isGood } = useSaying(view);
  return (
    <div class="stack">
      <Card title={title} tone={isGood ? 'good' : 'plain'}>
        {text !== '' && <p>{text}</p>}
        <p>
          {goodsOf(order.quote)} · {shop.name} · {f.money(order.quote.total)}
        </p>
        <div class="line-up">
          <Button href={urls.order(order.orderId)}>{isGood ? t.toOrder : t.toOrderOver}</Button>
          <Button kind="quiet" href={urls.home}>
            {t.toHome}
          </Button>
        </div>
        {isGood && (
          <p>
            <a href={urls.newMandateFor(order.quote.lineItems.map(({ gtin }) => gtin))}>{t.always}</a>
          </p>
        )}
      </Card>
      <Evidence view={view} />
    </div>
  );
}

function useSaying({ order, record }: OrderView): { readonly title: string; readonly text: string; readonly isGood: boolean } {
  const t = useWords(words);
  const f = useFormats();
  const { overview } = useHousehold();
  const nameOf = (memberId: string) => overview.members.find((member) => member.memberId === memberId)?.name ?? t.somebody;
  if (order.status === 'declined')
    return { title: t.declinedTitle, text: `${t.declinedBy(nameOf(order.memberId))} ${reasonText(order.reason, record, t)}`, isGood: false };
  if (order.status === 'withdrawn') return { title: t.declinedTitle, text: t.withdrawnBy(nameOf(order.memberId)), isGood: false };
  if (order.status === 'expired') return { title: t.expiredTitle, text: t.expiredText, isGood: false };
  if (order.status === 'proposed') return { title: t.preparingTitle, text: t.preparingText, isGood: false };
  const approval = 'approval' in order ? order.approval : undefined;
  if (approval === undefined) return { title: t.preparingTitle, text: t.preparingText, isGood: false };
  const when = f.dayAndTime(approval.at);
  const text = approval.by.kind === 'person' ? t.approvedBy(nameOf(approval.by.memberId), when) : t.approvedByMandate(when);
  return { title: t.approvedTitle, text, isGood: order.status !== 'rejected' && order.status !== 'cancelled' };
}

type Words = (typeof words)['en'] | (typeof words)['de'];
type Reasons = Words['reasons'];
const isReason = (reason: string, reasons: Reasons): reason is keyof Reasons => reason in reasons;
/** A reason from another screen may be in somebody's own words. */
const reasonText = (reason: string, { refusal }: OrderView['record'], t: Words): string =>
  `${isReason(reason, t.reasons) ? t.reasons[reason] : reason}${refusal?.comment === undefined ? '' : `: ${refusal.comment}`}`;

const HASH_SHOWN = 12;

function Evidence({ view: { record } }: { readonly view: OrderView }) {
  const t = useWords(words);
  const { approval } = record;
  if (approval === undefined) return null;
  const { buttonText, wordingVersion, quoteHash } = approval.evidence;
  const screen = approval.by.kind === 'person' ? approval.by.screen : undefined;
  return (
    <Card title={t.evidence}>
      <p class="small">{t.evidenceText(buttonText, wordingVersion, quoteHash.slice(0, HASH_SHOWN))}</p>
      {screen !== undefined && <p class="small">{t.evidenceScreen(t.screens[screen])}</p>}
    </Card>
  );
}

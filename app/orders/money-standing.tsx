import { Card, Notice } from '../design/card.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { moneyWords } from './money-words.ts';
import type { FollowView } from './view.ts';

type MoneyWords = (typeof moneyWords)['en'] | (typeof moneyWords)['de'];

interface StandingProps {
  readonly view: FollowView;
}

/** The shop could not charge the account: until when that can be put right, or that the order is over. */
export function PaymentStanding({ view: { payment, shop, status } }: StandingProps) {
  const t = useWords(moneyWords);
  const formats = useFormats();
  if (payment === undefined) return null;
  const { reason, retryBefore } = payment;
  const ended = status === 'cancelled' ? t.paymentOver : '';
  return (
    <Notice tone="warn">
      <strong>{t.paymentTitle}</strong>
      <p>{[t.paymentReasons[reason], retryBefore === undefined ? ended : t.paymentWaits(formats.dayAndTime(retryBefore))].join(' ')}</p>
      <p>{t.paymentText(shop.name)}</p>
    </Notice>
  );
}

/** Of an order that comes in several parts. */
export function PartStanding({ view: { partAt } }: StandingProps) {
  const t = useWords(moneyWords);
  const formats = useFormats();
  if (partAt === undefined) return null;
  return (
    <Notice tone="accent">
      <strong>{t.partTitle}</strong>
      <p>{t.partText(formats.dayAndTime(partAt))}</p>
    </Notice>
  );
}

/** What the shop owes back, why, and what has become of it. */
export function RefundStanding({ view: { refund } }: StandingProps) {
  const t = useWords(moneyWords);
  const formats = useFormats();
  if (refund === undefined) return null;
  return (
    <Card title={t.refundTitle} tone={refund.standing === 'overdue' ? 'warn' : undefined}>
      <p>{refundText(refund, t, formats)}</p>
      <Rows>
        {refund.owed.map(({ cause, amount, since, title }) => (
          <Row
            key={`${cause} ${title ?? ''} ${since}`}
            label={title ?? t.refundCauses[cause]}
            aside={<span class="orders-aside">{formats.money(amount)}</span>}
          >
            {title === undefined ? formats.day(since) : `${t.refundCauses[cause]}, ${formats.day(since)}`}
          </Row>
        ))}
      </Rows>
    </Card>
  );
}

function refundText(
  { standing, open, refunded, dueAt, refundedAt }: NonNullable<FollowView['refund']>,
  t: MoneyWords,
  formats: ReturnType<typeof useFormats>,
): string {
  if (standing !== 'settled' && dueAt !== undefined) return t.refund[standing](formats.money(open), formats.day(dueAt));
  return refundedAt === undefined ? '' : t.refundSettled(formats.money(refunded), formats.day(refundedAt));
}

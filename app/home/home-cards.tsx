import type { ComponentChildren } from 'preact';
import type { Instant } from '../../shared/values.ts';
import { Card } from '../design/card.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { calendarDaysUntil, type Matters, type OrderRow } from './what-matters.ts';
import { words } from './words.ts';

interface CardProps {
  readonly matters: Matters;
  readonly now: Instant;
  readonly zone: string;
}

function useGoods() {
  const t = useWords(words);
  return ({ order }: OrderRow): string => t.items(order.quote.lineItems[0]?.title ?? '', order.quote.lineItems.length - 1);
}

/** First what somebody must decide, the most pressing kind above; or that there is nothing. */
export function NeedsYou({ matters, now, zone }: CardProps) {
  const t = useWords(words);
  const { mayAct } = useHousehold();
  const formats = useFormats();
  const goods = useGoods();
  const { waiting, questions, today, short } = matters;
  if (waiting.length + questions.length + short.length + today.length === 0) return <AllWell />;
  const decisions = waiting.length + questions.length + short.length;
  return (
    <Card title={decisions > 0 ? t.needsYou : undefined} tone={decisions > 0 ? 'warn' : 'accent'}>
      <Rows>
        {waiting.map((row) => (
          <Row
            key={row.order.orderId}
            href={urls.approval(row.order.orderId)}
            label={mayAct ? t.waiting(row.shop.name) : t.waitingWatch(row.shop.name)}
            aside={<strong class="home-sum">{formats.money(row.order.quote.total)}</strong>}
          >
            {goods(row)}
            {'expiresAt' in row.order && <> · {t.answerUntil(formats.dayAndTime(row.order.expiresAt))}</>}
          </Row>
        ))}
        {questions.map(({ row, answerBefore }) => (
          <Row key={`${row.order.orderId} question`} href={urls.order(row.order.orderId)} label={t.question(row.shop.name)}>
            {t.answerUntil(formats.dayAndTime(answerBefore))}
          </Row>
        ))}
        {short.map(({ supplyId, name, projectedStockout }) => (
          <Row key={supplyId} href={urls.supply(supplyId)} label={t.short(name)}>
            {t.shortText(formats.inDays(Math.max(0, calendarDaysUntil(projectedStockout.median, now, zone))))}
          </Row>
        ))}
        {today.map((row) => (
          <Row key={`${row.order.orderId} today`} href={urls.order(row.order.orderId)} label={<DeliveredToday row={row} />}>
            {goods(row)}
          </Row>
        ))}
      </Rows>
    </Card>
  );
}

function DeliveredToday({ row }: { readonly row: OrderRow }): ComponentChildren {
  const t = useWords(words);
  const formats = useFormats();
  const at = 'progress' in row.order ? row.order.progress.deliveryAt : undefined;
  return at === undefined ? t.today(row.shop.name) : t.todayAt(row.shop.name, formats.time(at));
}

function AllWell() {
  const t = useWords(words);
  return (
    <Card tone="accent">
      <div class="home-well">
        <svg viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">
          <circle class="home-well-disc" cx="20" cy="20" r="19" />
          <path class="home-well-tick" d="m12 20.5 5.5 5.5L28.5 15" />
        </svg>
        <div>
          <h2>{t.allWell}</h2>
          <p>{t.allWellText}</p>
        </div>
      </div>
    </Card>
  );
}

export function ComingNext({ matters: { coming, nextOut }, now, zone }: CardProps) {
  const t = useWords(words);
  const formats = useFormats();
  const goods = useGoods();
  const days = (at: Instant): string => formats.inDays(Math.max(0, calendarDaysUntil(at, now, zone)));
  return (
    <Card title={t.next}>
      <Rows>
        {coming.map(({ row, at }) => (
          <Row key={row.order.orderId} href={urls.order(row.order.orderId)} label={row.shop.name} aside={formats.money(row.order.quote.total)}>
            {goods(row)} · {at === undefined ? t.comesSoon : t.comes(days(at))}
          </Row>
        ))}
        {nextOut.map(({ supplyId, name, unit, inHouse, projectedStockout }) => (
          <Row key={supplyId} href={urls.supply(supplyId)} label={name} aside={formats.quantity(inHouse, unit)}>
            {t.runsOut(days(projectedStockout.median))}
          </Row>
        ))}
      </Rows>
      {coming.length + nextOut.length === 0 && <p class="soft">{t.nothingNext}</p>}
    </Card>
  );
}

export function ThisMonth({ month: { name, sum, orders } }: { readonly month: Matters['month'] }) {
  const t = useWords(words);
  const formats = useFormats();
  return (
    <Card title={formats.month(name)}>
      <p>
        <span class="number">{formats.money(sum)}</span> <span class="soft">{t.monthOrders(orders)}</span>
      </p>
      <p>
        <a href={urls.statement()}>{t.statement}</a>
      </p>
    </Card>
  );
}

import { useState } from 'preact/hooks';
import { useResource } from '../api/client.ts';
import { Card, Empty, Tag } from '../design/card.tsx';
import { Select } from '../design/choice.tsx';
import { Page } from '../design/page.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { timeZone } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { FILTERS, grouped, isIn, shownAt, toneOf, type Filter, type OrderRow } from './view.ts';
import { words } from './words.ts';

export default function OrdersPage() {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const { data, problem, reload } = useResource('listOrders', { params: { householdId } });
  const [filter, setFilter] = useState<Filter>('all');
  const formats = useFormats();
  const groups = grouped(
    (data?.orders ?? []).filter(({ order }) => isIn(filter, order.status)),
    timeZone.value,
  );
  return (
    <Page title={t.title}>
      <Select label={t.filter} value={filter} options={FILTERS.map((value) => ({ value, label: t.filters[value] }))} onChange={setFilter} />
      {data === undefined && (problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined && groups.length === 0 && (
        <Empty title={t.none}>
          <p>{t.noneText}</p>
        </Empty>
      )}
      {groups.map(({ of, rows }) => (
        <Card key={of} title={of === 'open' ? t.filters.open : formats.month(of)}>
          <Rows>
            {rows.map((row) => (
              <OrderLine key={row.order.orderId} row={row} />
            ))}
          </Rows>
        </Card>
      ))}
    </Page>
  );
}

function OrderLine({ row }: { readonly row: OrderRow }) {
  const t = useWords(words);
  const formats = useFormats();
  const { order, shop } = row;
  const [first, ...more] = order.quote.lineItems;
  const deliveryAt = 'progress' in order && order.status !== 'delivered' ? order.progress.deliveryAt : undefined;
  const charged = 'progress' in order ? order.progress.total : undefined;
  return (
    <Row
      href={order.status === 'awaiting-approval' ? urls.approval(order.orderId) : urls.order(order.orderId)}
      label={
        <>
          {first?.title}
          {t.more(more.length)}
        </>
      }
      aside={<span class="orders-aside">{formats.money(charged ?? order.quote.total)}</span>}
    >
      <Tag tone={toneOf(order.status)}>{t.status[order.status]}</Tag> {shop.name} ·{' '}
      {deliveryAt !== undefined ? t.expected(formats.day(deliveryAt)) : formats.day(shownAt(row))}
    </Row>
  );
}

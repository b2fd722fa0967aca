import { useNow } from '../api/clock.ts';
import { Button } from '../design/button.tsx';
import { Card, Empty, Tag } from '../design/card.tsx';
import { Meter } from '../design/meter.tsx';
import { Page } from '../design/page.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { grouped, willNotLast, type GroupName, type SupplyRow } from './groups.ts';
import './supplies.css';
import { useUntil } from './use-until.ts';
import { words } from './words.ts';

export default function SuppliesPage() {
  const t = useWords(words);
  const { overview, mayAct } = useHousehold();
  const now = useNow();
  return (
    <Page title={t.title} lead={t.lead}>
      {mayAct && (
        <div class="line-up">
          <Button href={urls.scan}>{t.scan}</Button>
          <Button kind="quiet" href={urls.addSupply}>
            {t.add}
          </Button>
        </div>
      )}
      {overview.supplies.length === 0 && (
        <Card>
          <Empty title={t.emptyTitle}>
            <p>{t.emptyText}</p>
          </Empty>
        </Card>
      )}
      {grouped(overview.supplies, now).map(({ name, supplies }) => (
        <Card key={name} title={t.groups[name]} tone={name === 'needs-you' ? 'warn' : 'plain'}>
          <Rows>
            {supplies.map((supply) => (
              <SupplyInList key={supply.supplyId} {...{ supply, group: name }} />
            ))}
          </Rows>
        </Card>
      ))}
      {mayAct && (
        <p>
          <a href={urls.diet}>{t.diet}</a>
        </p>
      )}
    </Page>
  );
}

function SupplyInList({ supply, group }: { readonly supply: SupplyRow; readonly group: GroupName }) {
  const t = useWords(words);
  const formats = useFormats();
  const now = useNow();
  const until = useUntil(supply.projectedStockout);
  const { name, unit, inHouse, orderUpTo, onOrder } = supply;
  return (
    <Row href={urls.supply(supply.supplyId)} label={name} aside={<span class="supply-amount">{formats.quantity(inHouse, unit)}</span>}>
      <Meter label={t.level(name)} value={inHouse / orderUpTo} low={group === 'needs-you'} />
      <span>{until}</span>
      {onOrder > 0 && <> · {t.onTheWay(formats.quantity(onOrder, unit))}</>}
      {supply.decisionOrderId !== undefined && <strong class="supply-need">{t.decide}</strong>}
      {supply.decisionOrderId === undefined && group === 'needs-you' && willNotLast(supply, now) && <strong class="supply-need">{t.willNotLast}</strong>}
      {supply.neverBuy && (
        <>
          {' '}
          <Tag>{t.neverBought}</Tag>
        </>
      )}
    </Row>
  );
}

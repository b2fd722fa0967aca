import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { euros } from '../../shared/values.ts';
import { useResource, send } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Meter } from '../design/meter.tsx';
import { Page } from '../design/page.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useParam } from '../use-param.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { CountCard, SpoilCard } from './count-card.tsx';
import { LevelCourse } from './level-course.tsx';
import './supplies.css';
import { AutomationCard, isDoubted, RegretCard, SensorNotice } from './trust-cards.tsx';
import { trustWords } from './trust-words.ts';
import { useUntil } from './use-until.ts';
import { words } from './words.ts';

type Supply = Answer<'readSupply'>;
const isAllowed = (supply: Supply, action: Supply['actions'][number]['action']): boolean => supply.actions.some((one) => one.action === action && one.allowed);

export default function SupplyPage() {
  const t = useWords(words);
  const supplyId = useParam('supplyId');
  const { householdId, reload: reloadHousehold } = useHousehold();
  const { data: supply, problem, reload } = useResource('readSupply', { params: { householdId, supplyId } });
  if (supply === undefined) {
    return (
      <Page title={t.title} back={urls.supplies} backLabel={t.back}>
        {problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void reload()} />}
      </Page>
    );
  }
  const again = () => void Promise.all([reload(), reloadHousehold()]);
  return (
    <Page title={supply.name} back={urls.supplies} backLabel={t.back}>
      {supply.settings.neverBuy && <Notice tone="warn">{t.notBuying}</Notice>}
      <SensorNotice supply={supply} />
      <LevelCard supply={supply} />
      <LevelCourse supply={supply} />
      <ComingCard supply={supply} />
      <div class="columns">
        {isAllowed(supply, 'count') && <CountCard supply={supply} onDone={again} />}
        <div class="stack">
          <AutomationCard supply={supply} onDone={again} />
          <RegretCard supply={supply} />
          <FiguresCard supply={supply} />
          {isAllowed(supply, 'spoil') && <SpoilCard supply={supply} onDone={again} />}
        </div>
      </div>
      {isAllowed(supply, 'change-settings') ? (
        <div class="line-up">
          <Button kind="quiet" href={urls.supplySettings(supplyId)}>
            {t.settings}
          </Button>
          <RemoveButton supply={supply} onDone={reloadHousehold} />
        </div>
      ) : (
        <p class="soft">{t.guests}</p>
      )}
    </Page>
  );
}

function LevelCard({ supply }: { readonly supply: Supply }) {
  const t = useWords(words);
  const formats = useFormats();
  const until = useUntil(supply.projectedStockout);
  const { inHouse, orderUpTo, unit, stands, modelled, lastReadingAt, countedAt } = supply;
  return (
    <Card title={t.inHouse}>
      <p>
        <span class="number">{formats.quantity(inHouse, unit)}</span> <span class="soft">{until}</span>
      </p>
      <Meter label={t.level(supply.name)} value={inHouse / orderUpTo} low={inHouse <= supply.reorderPoint} />
      {stands !== undefined && stands.larder > 0 && !isDoubted(supply) && (
        <p>{t.slotAndLarder(formats.quantity(stands.slot, unit), formats.quantity(stands.larder, unit))}</p>
      )}
      <p class="small soft">
        {lastReadingAt === undefined && t.senseless}
        {lastReadingAt !== undefined &&
          (modelled && !isDoubted(supply) ? t.silent(formats.dayAndTime(lastReadingAt)) : t.readOn(formats.dayAndTime(lastReadingAt)))}
        {countedAt !== undefined && <> · {t.countedOn(formats.dayAndTime(countedAt))}</>}
      </p>
    </Card>
  );
}

function ComingCard({ supply: { onTheWay, lastDelivery, unit } }: { readonly supply: Supply }) {
  const t = useWords(words);
  const formats = useFormats();
  if (onTheWay.length === 0 && lastDelivery === undefined) return null;
  return (
    <Card title={onTheWay.length > 0 ? t.comingTitle : t.lastDelivery}>
      <Rows>
        {onTheWay.map(({ orderId, amount, expectedAt }) => (
          <Row key={orderId} href={urls.order(orderId)} label={t.onTheWay(formats.quantity(amount, unit))}>
            {expectedAt === undefined ? t.comesUnknown : t.comes(formats.day(expectedAt))}
          </Row>
        ))}
        {lastDelivery !== undefined && (
          <Row href={urls.order(lastDelivery.orderId)} label={`${t.lastDelivery}: ${formats.quantity(lastDelivery.amount, unit)}`}>
            {formats.dayAndTime(lastDelivery.at)}
          </Row>
        )}
      </Rows>
    </Card>
  );
}

function FiguresCard({ supply }: { readonly supply: Supply }) {
  const t = useWords(words);
  const formats = useFormats();
  const tt = useWords(trustWords);
  const { aim, boughtElsewhere: elsewhere } = supply;
  // A fraction of a cent is told as one.
  const euro = (minor: number) => formats.money(euros(Math.max(1, Math.round(minor))));
  const figures = [
    [t.perDay, formats.quantity(supply.perDay, supply.unit)],
    [t.reorderPoint, formats.quantity(supply.reorderPoint, supply.unit)],
    [t.orderUpTo, formats.quantity(supply.orderUpTo, supply.unit)],
    [t.leadTime, t.days(formats.number(supply.leadTimeDays))],
    ...(elsewhere === undefined ? [] : [[tt.elsewhere, tt.elsewhereTimes(tt.times(elsewhere.count), formats.day(elsewhere.lastAt))] as const]),
  ] as const;
  return (
    <Card title={t.figures}>
      <dl class="facts">{figures.map(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}</dl>
      {supply.startedFrom !== undefined && <p class="soft">{t.startedFrom}</p>}
      {aim !== undefined && <p class="soft">{t.aim(euro(aim.withoutMinor), euro(aim.tooManyMinor))}</p>}
    </Card>
  );
}

function RemoveButton({ supply, onDone }: { readonly supply: Supply; readonly onDone: () => Promise<void> }) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const { route } = useLocation();
  const [open, setOpen] = useState(false);
  const { busy, problem, run } = useSending();
  const remove = () =>
    run(async () => {
      await send('removeSupply', { params: { householdId, supplyId: supply.supplyId } });
      await onDone();
      route(urls.supplies);
    });
  return (
    <>
      <Button kind="danger" disabled={!isAllowed(supply, 'remove')} why={t.hasDevice} onClick={() => setOpen(true)}>
        {t.remove}
      </Button>
      <Dialog title={t.removeTitle} open={open} onClose={() => setOpen(false)}>
        <p>{t.removeText}</p>
        {problem !== undefined && <Trouble problem={problem} />}
        <div class="line-up">
          <Button kind="danger" busy={busy} onClick={() => void remove()}>
            {t.removeYes}
          </Button>
          <Button kind="quiet" onClick={() => setOpen(false)}>
            {t.keep}
          </Button>
        </div>
      </Dialog>
    </>
  );
}

import { useLocation } from 'preact-iso';
import { send, useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice, Tag } from '../design/card.tsx';
import { Meter } from '../design/meter.tsx';
import { Page } from '../design/page.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useParam } from '../use-param.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { useLongDates } from './dates.ts';
import { EndMandate } from './end-mandate.tsx';
import { Limits, Proof } from './mandate-terms.tsx';
import { nameOf, useMandateName } from './named.ts';
import { words } from './words.ts';
import './mandates.css';

type Detail = Answer<'readMandate'>;

export default function MandatePage() {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const mandateId = useParam('mandateId');
  const { data, problem, reload } = useResource('readMandate', { params: { householdId, mandateId } });
  const { query } = useLocation();
  const mandateName = useMandateName((data?.view.mandate.gtins.length ?? 0) > 0);
  if (data === undefined) {
    return (
      <Page title={t.back} back={urls.mandates} backLabel={t.back}>
        {problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void reload()} />}
      </Page>
    );
  }
  const { mandate, standing } = data.view;
  return (
    <Page
      title={mandateName(mandate)}
      back={urls.mandates}
      backLabel={t.back}
      lead={<Tag tone={standing === 'active' ? 'good' : 'plain'}>{t.standing[standing]}</Tag>}
    >
      {query['granted'] !== undefined && <Notice tone="good">{t.granted}</Notice>}
      <Figures data={data} />
      <Actions data={data} reload={reload} />
      <Limits mandate={mandate} shops={data.shops} />
      {data.endToken !== undefined && (
        <Card title={t.linkTitle}>
          <p class="small">{t.linkText}</p>
          <a class="end-link" href={urls.endMandate(data.endToken)}>
            {t.linkLabel}
          </a>
        </Card>
      )}
      <Bought data={data} />
      <Proof mandate={mandate} />
    </Page>
  );
}

function Figures({ data: { view } }: { readonly data: Detail }) {
  const t = useWords(words);
  const { money, month } = useFormats();
  const { date } = useLongDates();
  const { mandate, spent, reserved, left, ordersThisWeek, resetsOn } = view;
  const used = spent.amountMinor + reserved.amountMinor;
  return (
    <Card title={t.spentLabel(month(view.month))}>
      <Meter
        label={t.figures}
        value={used / mandate.perMonthMax.amountMinor}
        text={t.spentOf(money({ ...spent, amountMinor: used }), money(mandate.perMonthMax))}
      />
      <Rows>
        <Row label={t.spent} aside={money(spent)} />
        <Row label={t.reserved} aside={money(reserved)} />
        <Row label={t.left} aside={money(left)}>
          <time dateTime={resetsOn}>{t.leftUntil(date(`${resetsOn}T12:00:00.000Z`))}</time>
        </Row>
        <Row label={t.week} aside={t.weekOf(ordersThisWeek, mandate.ordersPerWeekMax)} />
      </Rows>
    </Card>
  );
}

function Actions({ data: { view }, reload }: { readonly data: Detail; readonly reload: () => Promise<void> }) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const { busy, problem, run } = useSending(reload);
  const { mandateId } = view.mandate;
  const change = (name: 'pauseMandate' | 'resumeMandate') => run(() => send(name, { params: { householdId, mandateId } }));
  const find = (name: 'pause' | 'resume' | 'end') => view.actions.find(({ action }) => action === name);
  const [pause, resume, end] = [find('pause'), find('resume'), find('end')];
  if (end?.reason === 'already-ended') return null;
  const shown = pause?.allowed === true || resume?.reason === 'already-active' ? pause : resume;
  const isPause = shown === pause;
  return (
    <Card>
      {problem !== undefined && <Trouble problem={problem} />}
      <div class="line-up">
        <Button kind="quiet" {...{ busy }} {...offWith(shown, t.why)} onClick={() => void change(isPause ? 'pauseMandate' : 'resumeMandate')}>
          {isPause ? t.pause : t.resume}
        </Button>
        <EndMandate mandateId={mandateId} {...offWith(end, t.why)} onEnded={reload} />
      </div>
    </Card>
  );
}

/** The reason comes as a word of the API. */
function offWith(action: Detail['view']['actions'][number] | undefined, why: Readonly<Record<string, string>>) {
  const reason = action?.reason === undefined ? undefined : why[action.reason];
  return { disabled: action?.allowed !== true, ...(reason !== undefined && { why: reason }) };
}

/** The rest is one click away. */
const BOUGHT_SHOWN = 5;

function Bought({ data: { bought, shops } }: { readonly data: Detail }) {
  const t = useWords(words);
  const [latest, before] = [bought.slice(0, BOUGHT_SHOWN), bought.slice(BOUGHT_SHOWN)];
  return (
    <Card title={t.bought}>
      {bought.length === 0 ? <p class="soft">{t.boughtNone}</p> : <BoughtRows {...{ bought: latest, shops }} />}
      {before.length > 0 && (
        <details>
          <summary>{t.boughtBefore(before.length)}</summary>
          <BoughtRows {...{ bought: before, shops }} />
        </details>
      )}
    </Card>
  );
}

function BoughtRows({ bought, shops }: Pick<Detail, 'bought' | 'shops'>) {
  const { money, day } = useFormats();
  return (
    <Rows>
      {bought.map(({ orderId, quote, proposedAt, retailerId }) => (
        <Row key={orderId} label={quote.lineItems.map(({ title }) => title).join(', ')} href={urls.order(orderId)} aside={money(quote.total)}>
          {nameOf(shops, retailerId)}, {day(proposedAt)}
        </Row>
      ))}
    </Rows>
  );
}

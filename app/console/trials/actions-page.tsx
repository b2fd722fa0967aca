/** Next best actions of all households: recommended, seen, taken up, and their lift over the tenth that is left alone. */
import { useState } from 'preact/hooks';
import { actionName } from '../../../shared/journey/next-best/next-best-wording.ts';
import { useResource } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { Card, Empty } from '../../design/card.tsx';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { useFormats } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { DataTable } from '../data-table.tsx';
import { PeriodSwitch, periodOf, type PeriodDays } from '../period.tsx';
import { IntervalRows } from './interval-rows.tsx';
import { words } from './trials-words.ts';

type Result = Answer<'readActions'>['actions'][number];

export default function ActionsPage() {
  const t = useWords(words);
  const [days, setDays] = useState<PeriodDays>(28);
  const { data, problem, reload } = useResource('readActions', { query: periodOf(days) });
  return (
    <Page title={t.actions} lead={t.actionsLead}>
      <PeriodSwitch days={days} onChange={setDays} />
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {data?.actions.length === 0 && <Empty title={t.noActions} />}
      {data !== undefined && data.actions.length > 0 && <Figures actions={data.actions} />}
    </Page>
  );
}

const nameOf = ({ action }: Result): string => actionName(action, language.value);

function Figures({ actions }: { readonly actions: readonly Result[] }) {
  const t = useWords(words);
  const formats = useFormats();
  const rates = actions.flatMap((one) => {
    const { action, rate, taken, over } = one;
    return rate === undefined ? [] : [{ key: action, label: nameOf(one), ...rate, text: t.takenText(formats.percent(rate.value), taken, over) }];
  });
  return (
    <div class="console-figures">
      <Card title={t.taken}>
        <p class="small soft">{t.takenLead}</p>
        {rates.length === 0 ? <p class="soft">{t.nobodyYet}</p> : <IntervalRows rows={rates} />}
        <DataTable
          caption={t.actions}
          fileName="next-best-actions"
          columns={[t.action, t.recommended, t.shown, t.tapped, t.over, t.taken, t.withheld, t.anyway, t.worth]}
          rows={actions.map((one) => [
            ...[nameOf(one), one.recommended, one.shown, one.tapped, one.over, one.taken, one.withheld, one.takenAnyway],
            formats.money({ amountMinor: one.worthMinor, currency: 'EUR' }),
          ])}
        />
      </Card>
      <Lifts actions={actions} />
    </div>
  );
}

function Lifts({ actions }: { readonly actions: readonly Result[] }) {
  const t = useWords(words);
  const points = (value: number): string => (100 * value).toFixed(1);
  const rows = actions.flatMap((one) => {
    if (one.lift === undefined) return [];
    const { value, low, high } = one.lift;
    const text = one.isEnough ? t.points(points(value), points(low), points(high)) : t.notEnough;
    const tone = !one.isEnough || (low <= 0 && high >= 0) ? ('plain' as const) : low > 0 ? ('good' as const) : ('bad' as const);
    return [{ key: one.action, label: nameOf(one), value, low, high, text, tone }];
  });
  return (
    <Card title={t.lift}>
      <p class="small soft">{t.liftLead}</p>
      {rows.length === 0 ? <p class="soft">{t.notEnough}</p> : <IntervalRows rows={rows} />}
    </Card>
  );
}

/** Which channels earn orders: read from counters, whose cost does not know how many journeys there were. */
import './attribution.css';
import { useState } from 'preact/hooks';
import { now } from '../../api/clock.ts';
import { useResource } from '../../api/client.ts';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { Credits } from './credits.tsx';
import { Dividend } from './dividend.tsx';
import { Influence, Lost } from './influence.tsx';
import { Lags } from './lags.tsx';
import type { Report } from './report.ts';
import { words } from './words.ts';

const PERIODS = [1, 3, 12] as const;
const ORDERS = ['best', '1', '2', '3', '4'] as const;
const NULLS = ['with', 'without'] as const;

/** @param months with this one */
function periodOf(months: number): { readonly from: string; readonly to: string } {
  const [year = 0, month = 1] = now().slice(0, 7).split('-').map(Number);
  return { from: new Date(Date.UTC(year, month - months, 1)).toISOString().slice(0, 7), to: now().slice(0, 7) };
}

export default function AttributionPage() {
  const t = useWords(words);
  const [months, setMonths] = useState<(typeof PERIODS)[number]>(3);
  const [order, setOrder] = useState<(typeof ORDERS)[number]>('1');
  const [nulls, setNulls] = useState<(typeof NULLS)[number]>('with');
  const query = { ...periodOf(months), nulls, ...(order !== 'best' && { order }) };
  const { data, problem, reload } = useResource('readAttribution', { query });
  return (
    <Page title={t.title} lead={t.lead}>
      <div class="attribution-choices">
        <Choice label={t.period} options={PERIODS} chosen={months} nameOf={(one) => t.periods[one]} onChoose={setMonths} />
        <Choice label={t.memory} options={ORDERS} chosen={order} nameOf={(one) => t.orders[one]} onChoose={setOrder} />
        <Choice label={t.nulls} options={NULLS} chosen={nulls} nameOf={(one) => t.nullsBy[one]} onChoose={setNulls} />
      </div>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined && <Attribution report={data} isBest={order === 'best'} />}
    </Page>
  );
}

interface ChoiceProps<Option extends string | number> {
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: Option;
  readonly nameOf: (option: Option) => string;
  readonly onChoose: (option: Option) => void;
}
function Choice<Option extends string | number>({ label, options, chosen, nameOf, onChoose }: ChoiceProps<Option>) {
  return (
    <div>
      <p class="small soft" aria-hidden="true">
        {label}
      </p>
      <div class="console-switch" role="group" aria-label={label}>
        {options.map((one) => (
          <button key={one} type="button" aria-pressed={one === chosen} onClick={() => onChoose(one)}>
            {nameOf(one)}
          </button>
        ))}
      </div>
    </div>
  );
}

function Attribution({ report, isBest }: { readonly report: Report; readonly isBest: boolean }) {
  const t = useWords(words);
  const { totals, order } = report.models.at(-1) ?? { totals: { conversions: 0, nulls: 0 }, order: null };
  const isEmpty = totals.conversions + totals.nulls === 0;
  return (
    <div class="console-figures">
      {isEmpty ? (
        <p class="soft">{t.none}</p>
      ) : (
        <>
          <Credits report={report} />
          <div class="console-read">
            {isBest && order !== null && <p class="small">{t.suggested(order)}</p>}
            <Lost report={report} />
          </div>
          <Influence report={report} />
          <Lags report={report} />
        </>
      )}
      <Dividend report={report} />
    </div>
  );
}

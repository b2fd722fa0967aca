import { useLocation } from 'preact-iso';
import { useResource } from '../api/client.ts';
import { useNow } from '../api/clock.ts';
import type { Answer } from '../api/contract-types.ts';
import { Notice } from '../design/card.tsx';
import { Select } from '../design/choice.tsx';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useParam } from '../use-param.ts';
import { useFormats } from '../words/formats.ts';
import { timeZone } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { FigureCard } from './figure-card.tsx';
import { SpentCard } from './spent-card.tsx';
import { StandingCard } from './standing-card.tsx';
import { words } from './words.ts';
import './statement.css';

/** The month that it is now, where the household lives. */
const monthOf = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' }).format(Date.parse(instant)).slice(0, 7);

export default function StatementPage() {
  const t = useWords(words);
  const { month: inWords } = useFormats();
  const { householdId } = useHousehold();
  const { route } = useLocation();
  const thisMonth = monthOf(useNow(), timeZone.value);
  const month = useParam('month') || thisMonth;
  const { data, problem, reload } = useResource('readStatement', { params: { householdId, month } });
  const months = [...new Set([month, ...(data?.months ?? [thisMonth])])].sort().reverse();
  return (
    <Page title={t.title} back={urls.more} lead={t.lead}>
      <Select label={t.month} value={month} options={months.map((value) => ({ value, label: inWords(value) }))} onChange={(to) => route(urls.statement(to))} />
      {data === undefined && problem === undefined && <Loading />}
      {data === undefined && problem !== undefined && <Trouble problem={problem} retry={() => void reload()} />}
      {data !== undefined && <Figures {...data} />}
    </Page>
  );
}

function Figures({ statement, shops, standing }: Answer<'readStatement'>) {
  const t = useWords(words);
  return (
    <>
      {!statement.complete && <Notice tone="plain">{t.running}</Notice>}
      <div class="figures">
        <SpentCard figure={statement.spent} shops={shops} />
        <FigureCard name="runOutsAvoided" figure={statement.runOutsAvoided} shops={shops} unit={t.times} />
        <FigureCard name="errandsSaved" figure={statement.errandsSaved} shops={shops} unit={t.days} />
        <FigureCard name="feesSaved" figure={statement.feesSaved} shops={shops} />
        <FigureCard name="perksSaved" figure={statement.perksSaved} shops={shops} />
        <StandingCard standing={standing} />
        <FigureCard name="runOutsHappened" figure={statement.runOutsHappened} shops={shops} unit={t.times} />
        <FigureCard name="regret" figure={statement.regret} shops={shops} />
        <FigureCard name="promisesBroken" figure={statement.promisesBroken} shops={shops} unit={t.orders} />
        <FigureCard name="notBought" figure={statement.notBought} shops={shops} />
      </div>
    </>
  );
}

/** Leads: how far they came, where they stand, where they asked; who they are only for a reason. */
import './leads.css';
import { useState } from 'preact/hooks';
import { leadStages, type LeadStage } from '../../../shared/journey/lead/lead-stages.ts';
import { useResource } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { Card, Empty } from '../../design/card.tsx';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { useWords } from '../../words/use-words.ts';
import { Bars } from '../bars.tsx';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { DataTable } from '../data-table.tsx';
import { words as mapWords } from '../map-words.ts';
import { LeadList } from './lead-list.tsx';
import { words } from './leads-words.ts';
import { Way } from './way.tsx';

type Report = Answer<'readLeads'>;

export default function LeadsPage() {
  const t = useWords(words);
  const { data, problem, reload } = useResource('readLeads', {});
  return (
    <Page title={t.title} lead={t.lead}>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined &&
        (data.stages.every(({ leads }) => leads === 0) ? (
          <Empty title={t.none}>
            <p>{t.noneText}</p>
          </Empty>
        ) : (
          <Figures report={data} />
        ))}
    </Page>
  );
}

function Figures({ report }: { readonly report: Report }) {
  const t = useWords(words);
  const [stage, setStage] = useState<LeadStage>(() => leadStages.find((one) => countOf(report, one) > 0) ?? 'generated');
  return (
    <div class="stack">
      <div class="console-figures">
        <Card title={t.way}>
          <p class="small soft">{t.wayLead}</p>
          <Way reached={report.reached} />
        </Card>
        <Card title={t.where}>
          <p class="small soft">{t.whereLead}</p>
          <ul class="lead-board">
            {leadStages.map((one) => (
              <li key={one}>
                <button type="button" class={`lead-stage lead-stage-${one}`} aria-pressed={one === stage} onClick={() => setStage(one)}>
                  <strong>{countOf(report, one)}</strong> <span>{t.stageNames[one]}</span>
                </button>
              </li>
            ))}
          </ul>
          <DataTable
            {...{ caption: t.where, fileName: 'leads-now', isFolded: true, columns: [t.stage, t.leads] }}
            rows={report.stages.map((one) => [t.stageNames[one.stage], one.leads])}
          />
        </Card>
      </div>
      <LeadList key={stage} stage={stage} />
      <div class="console-figures">
        <Origins report={report} />
        <Lost report={report} />
      </div>
    </div>
  );
}
const countOf = ({ stages }: Report, stage: LeadStage): number => stages.find((one) => one.stage === stage)?.leads ?? 0;

function Origins({ report: { origins } }: { readonly report: Report }) {
  const t = useWords(words);
  const { channels } = useWords(mapWords);
  if (origins.length === 0) return null;
  return (
    <Card title={t.origins}>
      <p class="small soft">{t.asked}</p>
      <Bars bars={origins.map(({ channel, leads }) => ({ key: channel, label: channels[channel], value: leads, text: String(leads) }))} />
      <DataTable
        {...{ caption: t.origins, fileName: 'leads-origins', isFolded: true, columns: [t.channel, t.leads, t.won] }}
        rows={origins.map(({ channel, leads, won }) => [channels[channel], leads, won])}
      />
    </Card>
  );
}

function Lost({ report: { lost } }: { readonly report: Report }) {
  const t = useWords(words);
  if (lost.every(({ leads }) => leads === 0)) return null;
  const rows = lost.map(({ reason, leads }) => ({ key: reason, label: t.lostBecause[reason], value: leads, text: String(leads), tone: 'bad' as const }));
  return (
    <Card title={t.lostTitle}>
      <p class="small soft">{t.asked}</p>
      <Bars bars={rows} />
      <DataTable
        {...{ caption: t.lostTitle, fileName: 'leads-lost', isFolded: true, columns: [t.because, t.leads] }}
        rows={rows.map(({ label, value }) => [label, value])}
      />
    </Card>
  );
}

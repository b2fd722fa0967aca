/** How well each step goes from the customer's side: metrics over time, where a funnel leaks, and journeys as they are over journeys as they should be. */
import { useState } from 'preact/hooks';
import { shippedFunnels, shippedMetrics } from '../../shared/journey/metric/shipped-metrics.ts';
import { phaseNames } from '../../shared/journey/phase/phase-wording.ts';
import { shippedModels } from '../../shared/journey/target/shipped-models.ts';
import { deviationNames, lasting, stepName } from '../../shared/journey/target/target-wording.ts';
import { useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { Card, Tag } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Loading } from '../design/states.tsx';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { Bars } from './bars.tsx';
import { ConsoleTrouble } from './console-trouble.tsx';
import { DataTable } from './data-table.tsx';
import { words } from './figures-words.ts';
import { PeriodSwitch, periodOf, type PeriodDays } from './period.tsx';
import { Studies } from './studies.tsx';
import { TrendLine } from './trend-line.tsx';

type Report = Answer<'readReport'>;
/** The newest days of a funnel that left their band. */
const ALERTS_SHOWN = 3;

export default function StepsPage() {
  const t = useWords(words);
  const [days, setDays] = useState<PeriodDays>(28);
  const { data, problem, reload } = useResource('readReport', { query: periodOf(days) });
  return (
    <Page title={t.steps} lead={t.stepsLead}>
      <PeriodSwitch days={days} onChange={setDays} />
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined && (
        <div class="console-figures">
          <Metrics report={data} />
          {data.funnels.map((funnel) => (
            <Funnel key={funnel.funnel} funnel={funnel} />
          ))}
          {data.models
            .filter(({ journeys }) => journeys > 0)
            .map((model) => (
              <Target key={model.model} model={model} />
            ))}
          <Studies />
        </div>
      )}
    </Page>
  );
}

function Metrics({ report: { metrics } }: { readonly report: Report }) {
  const t = useWords(words);
  const formats = useFormats();
  const nameOf = (metric: string): string => shippedMetrics.find((one) => one.metric === metric)?.name[language.value] ?? metric;
  const shareOf = (share: number | undefined): string => (share === undefined ? t.unknown : formats.percent(share));
  return (
    <Card title={t.metrics}>
      <p class="small soft">{t.metricsLead}</p>
      <ul class="console-list">
        {metrics.map(({ metric, of, ok, share, trend, alerts, phase }) => (
          <li key={metric}>
            <span class="console-pair">
              <strong>{nameOf(metric)}</strong>
              <span class="console-number">{of === 0 ? t.notYet : `${shareOf(share)} · ${t.okOf(ok, of)}`}</span>
            </span>
            {of > 0 && <TrendLine points={trend} label={t.trendOf(nameOf(metric), trend.filter(({ value }) => value !== undefined).length)} />}
            <span class="small soft">
              {phaseNames[phase][language.value]}
              {alerts.length > 0 && (
                <>
                  {' '}
                  <Tag tone="bad">{t.alerts(alerts.length)}</Tag>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <DataTable
        caption={t.metrics}
        fileName="metrics"
        isFolded
        columns={[t.metric, t.share, t.ok, t.of]}
        rows={metrics.map(({ metric, share, ok, of }) => [nameOf(metric), shareOf(share), ok, of])}
      />
    </Card>
  );
}

function Funnel({ funnel: { funnel, steps, leak, alerts } }: { readonly funnel: Report['funnels'][number] }) {
  const t = useWords(words);
  const formats = useFormats();
  const known = shippedFunnels.find((one) => one.funnel === funnel);
  const nameOf = (step: string): string => known?.steps.find((one) => one.step === step)?.name[language.value] ?? step;
  return (
    <Card title={known?.name[language.value] ?? funnel}>
      <Bars
        bars={steps.map(({ step, reached, ofFirst }) => ({
          ...{ key: step, label: nameOf(step), value: reached, text: ofFirst === undefined ? String(reached) : `${reached} · ${formats.percent(ofFirst)}` },
          tone: step === leak?.step ? 'bad' : 'plain',
        }))}
      />
      <p class="small soft">{leak === undefined ? t.noLeak : t.leak(nameOf(leak.step), leak.lost)}</p>
      {alerts.slice(-ALERTS_SHOWN).map(({ step, day, value }) => (
        <p key={`${step} ${day}`} class="small">
          <Tag tone="bad">{day}</Tag> {nameOf(step)}: {value === undefined ? '–' : formats.percent(value)}
        </p>
      ))}
    </Card>
  );
}

function Target({
  model: { model, journeys, succeeded, failed, open, asPlanned, fitness, steps, deviations, edges },
}: {
  readonly model: Report['models'][number];
}) {
  const t = useWords(words);
  const formats = useFormats();
  const known = shippedModels.find((one) => one.model === model);
  if (known === undefined) return null;
  const nameOf = (step: string): string => (step === '^' ? t.begins : step === '$' ? t.ends : stepName(known, step, language.value));
  return (
    <Card title={known.name[language.value]}>
      <p class="small soft">{t.journeys(journeys, succeeded, failed, open)}</p>
      <p>{t.fits(asPlanned, journeys, fitness === undefined ? t.unknown : formats.percent(fitness))}</p>
      <Bars bars={Object.entries(steps).map(([step, many]) => ({ key: step, label: nameOf(step), value: many, text: t.okOf(many, journeys) }))} />
      {deviations.length > 0 && (
        <DataTable
          caption={t.deviations}
          fileName={`deviations-${model}`}
          columns={[t.step, t.deviation, t.having, t.late, t.cost]}
          rows={deviations.map(({ step, kind, journeys: having, times, lateMinutes, costMinor }) => [
            ...[nameOf(step), deviationNames[kind][language.value], having, lateMinutes === 0 ? '–' : lasting(lateMinutes / times, language.value)],
            formats.money({ amountMinor: costMinor, currency: 'EUR' }),
          ])}
        />
      )}
      <details class="console-details">
        <summary>{t.asItIs}</summary>
        <DataTable
          caption={t.asItIs}
          fileName={`steps-${model}`}
          columns={[t.from, t.to, t.times, t.took]}
          rows={edges.map(({ from, to, times, minutes }) => [nameOf(from), nameOf(to), times, minutes === undefined ? '–' : lasting(minutes, language.value)])}
        />
      </details>
    </Card>
  );
}

/** What the company has set itself: tiers, what health is made of, metrics, funnels and target journeys, in words; the first two can be changed as text. */
import { shippedFunnels, shippedMetrics } from '../../shared/journey/metric/shipped-metrics.ts';
import type { Metric } from '../../shared/journey/metric/metric.ts';
import { phaseNames } from '../../shared/journey/phase/phase-wording.ts';
import { wordInWords } from '../../shared/journey/standing/known-wording.ts';
import { shippedModels } from '../../shared/journey/target/shipped-models.ts';
import { lasting, stepName } from '../../shared/journey/target/target-wording.ts';
import { typeInWords } from '../../shared/journey/type-wording.ts';
import { useResource } from '../api/client.ts';
import { Card } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Loading } from '../design/states.tsx';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { ConsoleTrouble } from './console-trouble.tsx';
import { DataTable } from './data-table.tsx';
import { AsText, type PartProps } from './rules-as-text.tsx';
import { words } from './rules-words.ts';

export default function RulesPage() {
  const t = useWords(words);
  const { data, problem, reload } = useResource('readRules', {});
  return (
    <Page title={t.title} lead={t.lead}>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined && (
        <div class="console-wide">
          <Tiers read={data} reload={reload} />
          <Health read={data} reload={reload} />
          <Leads read={data} reload={reload} />
          <Metrics />
          <Targets />
        </div>
      )}
    </Page>
  );
}

function Tiers({ read, reload }: PartProps) {
  const t = useWords(words);
  const formats = useFormats();
  const { programme } = read.rules;
  if (programme === undefined) return null;
  const euros = (amountMinor: number): string => formats.money({ amountMinor, currency: 'EUR' });
  const least = (value: number): string => (programme.dimension === 'value' ? euros(value) : String(value));
  return (
    <Card title={t.tiers}>
      <p>{t.tiersText(t.dimensions[programme.dimension], programme.windowDays)}</p>
      <DataTable
        caption={t.tiers}
        fileName="tiers"
        columns={[t.tier, t.least, t.perks]}
        rows={programme.tiers.map(({ tier, least: from, perks }) => [wordInWords(tier, language.value), least(from), perks.join(', ')])}
      />
      <p class="small soft">{t.values(euros(programme.value.high), euros(programme.value.middle))}</p>
      <AsText part="programme" read={read} reload={reload} />
    </Card>
  );
}

function Health({ read, reload }: PartProps) {
  const t = useWords(words);
  const factors = read.rules.factors ?? [];
  const sum = factors.reduce((all, { weight }) => all + weight, 0);
  const names = (types: readonly string[]): string => types.map((type) => typeInWords(type, language.value)).join(', ');
  const inWords = (factor: (typeof factors)[number]): string =>
    'good' in factor
      ? t.share(names(factor.good), names(factor.bad), factor.days, factor.least)
      : 'feeling' in factor
        ? t.feeling(factor.days)
        : t.prediction(factor.prediction);
  return (
    <Card title={t.health}>
      <p class="small soft">{t.healthText}</p>
      <DataTable
        caption={t.health}
        fileName="health"
        columns={[t.factor, t.weight, t.meaning]}
        rows={factors.map((factor) => [factor.factor, `${Math.round((factor.weight / sum) * 100)} %`, inWords(factor)])}
      />
      <AsText part="factors" read={read} reload={reload} />
    </Card>
  );
}

function Leads({ read, reload }: PartProps) {
  const t = useWords(words);
  const { leads } = read.rules;
  if (leads === undefined) return null;
  const { generated, nurtured } = leads.silentDays;
  return (
    <Card title={t.leads}>
      <p class="small soft">{t.leadsText(leads.handOverAt, generated, nurtured, leads.silentDays['handed-over'])}</p>
      <DataTable
        caption={t.leads}
        fileName="lead-points"
        columns={[t.because, t.kind, t.points, t.most, t.halfLife]}
        rows={leads.scores.map(({ reason, kind, points, most, halfLifeDays }) => [
          ...[reason[language.value], t.scoreKinds[kind], points, most, halfLifeDays === undefined ? t.stays : t.days(halfLifeDays)],
        ])}
      />
      <AsText part="leads" read={read} reload={reload} />
    </Card>
  );
}

function Metrics() {
  const t = useWords(words);
  const told = (value: number, unit: Metric['unit']): string => (unit === 'minutes' ? lasting(value, language.value) : `${value} ${t.units[unit]}`);
  return (
    <Card title={t.metrics}>
      <p class="small soft">{t.shipped}</p>
      <DataTable
        caption={t.metrics}
        fileName="metrics"
        columns={[t.metric, t.success, t.phase, t.team]}
        rows={shippedMetrics.map(({ name, phase, team, success: { atLeast, atMost }, unit }) => [
          name[language.value],
          [...(atLeast === undefined ? [] : [t.atLeast(told(atLeast, unit))]), ...(atMost === undefined ? [] : [t.atMost(told(atMost, unit))])].join(', '),
          phaseNames[phase][language.value],
          team,
        ])}
      />
      <h3>{t.funnels}</h3>
      <ul class="console-list">
        {shippedFunnels.map(({ funnel, name, steps }) => (
          <li key={funnel}>
            <strong>{name[language.value]}</strong>
            <span class="small soft">{steps.map((step) => step.name[language.value]).join(' → ')}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Targets() {
  const t = useWords(words);
  return (
    <Card title={t.targets}>
      <p class="small soft">{t.shipped}</p>
      <ul class="console-list">
        {shippedModels.map((model) => (
          <li key={model.model}>
            <strong>{model.name[language.value]}</strong>
            <span class="small soft">{model.steps.map(({ step }) => stepName(model, step, language.value)).join(' → ')}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

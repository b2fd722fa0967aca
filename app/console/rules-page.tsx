/** What the company has set itself: tiers, what health is made of, metrics, funnels and target journeys, in words; the first two can be changed as text. */
import { useState } from 'preact/hooks';
import { shippedFunnels, shippedMetrics } from '../../shared/journey/metric/shipped-metrics.ts';
import type { Metric } from '../../shared/journey/metric/metric.ts';
import { phaseNames } from '../../shared/journey/phase/phase-wording.ts';
import { wordInWords } from '../../shared/journey/standing/known-wording.ts';
import { shippedModels } from '../../shared/journey/target/shipped-models.ts';
import { lasting, stepName } from '../../shared/journey/target/target-wording.ts';
import { typeInWords } from '../../shared/journey/type-wording.ts';
import { send, useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { Loading } from '../design/states.tsx';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { ConsoleTrouble } from './console-trouble.tsx';
import { DataTable } from './data-table.tsx';
import { faultInText } from './json-lines.ts';
import { words } from './rules-words.ts';

type Read = Answer<'readRules'>;
type Rules = Read['rules'];

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
          <Metrics />
          <Targets />
        </div>
      )}
    </Page>
  );
}

interface PartProps {
  readonly read: Read;
  readonly reload: () => Promise<void>;
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

/** Edited as text: what is wrong is said with the line that it stands in. */
function AsText({ part, read, reload }: PartProps & { readonly part: 'programme' | 'factors' }) {
  const t = useWords(words);
  const [text, setText] = useState(() => JSON.stringify(read.rules[part], undefined, 2));
  const [isSaved, setSaved] = useState(false);
  const { busy, problem, run } = useSending(reload);
  const fault = faultInText(text, problem?.status === 400 ? problem.detail : undefined, `rules.${part}`);
  const save = async () => {
    setSaved(false);
    // The one who answers validates it.
    const changed: Rules = { ...read.rules, ...partOf(part, JSON.parse(text)) };
    setSaved(await run(() => send('changeRules', { body: { version: read.version, rules: changed } })));
  };
  return (
    <details class="console-details">
      <summary>{t.edit}</summary>
      <div class="stack-tight">
        <TextField
          label={t.asText}
          value={text}
          lines={14}
          onChange={setText}
          error={fault === undefined ? undefined : fault.line === undefined ? fault.message : t.atLine(fault.line, fault.message)}
        />
        {problem !== undefined && problem.status !== 400 && <ConsoleTrouble problem={problem} />}
        {isSaved && <Notice tone="good">{t.saved}</Notice>}
        <div>
          <Button busy={busy} disabled={fault?.isNotJson === true} onClick={() => void save()}>
            {t.save}
          </Button>
        </div>
      </div>
    </details>
  );
}

/** As somebody typed it: whether it is what it should be is said by the one who answers. */
const partOf = (part: 'programme' | 'factors', typed: unknown): Partial<Rules> => ({ [part]: typed });

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

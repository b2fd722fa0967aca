/** Who earned the orders: first touch, last touch and the chain beside each other, the other models for whoever compares. */
import { useState } from 'preact/hooks';
import { Card } from '../../design/card.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import { DataTable } from '../data-table.tsx';
import { useChannelName } from './channel-name.ts';
import type { Report } from './report.ts';
import { words } from './words.ts';

type Model = Report['models'][number];
const SHOWN = ['first', 'last', 'markov'];

export function Credits({ report }: { readonly report: Report }) {
  const t = useWords(words);
  const formats = useFormats();
  const nameOf = useChannelName();
  const [isComparing, setComparing] = useState(false);
  const models = report.models.filter(({ model }) => isComparing || SHOWN.includes(model));
  const { totals } = report.models[0] ?? { totals: { conversions: 0, value: 0, nulls: 0 } };
  const money = (value: number): string => formats.money({ amountMinor: Math.round(value), currency: 'EUR' });
  const channels = channelsByChain(report);
  const creditOf = ({ channels: credits }: Model, channel: string) => credits.find((one) => one.channel === channel);
  return (
    <Card title={t.earned}>
      <p class="small soft">{t.earnedLead(formats.number(totals.conversions), money(totals.value), formats.number(totals.nulls))}</p>
      <ModelLegend models={models} />
      <ul class="credits">
        {channels.map((channel) => (
          <li key={channel}>
            <span>{nameOf(channel)}</span>
            <CreditBars
              most={mostOf(models)}
              bars={models.map((model) => ({ model: model.model, conversions: creditOf(model, channel)?.conversions ?? 0 }))}
              numberOf={formats.number}
            />
          </li>
        ))}
      </ul>
      <p>
        <label class="credits-compare">
          <input type="checkbox" checked={isComparing} onChange={({ currentTarget }) => setComparing(currentTarget.checked)} /> {t.compare}
        </label>
      </p>
      {isComparing && <Apart report={report} />}
      <DataTable
        caption={t.earned}
        fileName="attribution"
        isFolded
        columns={[t.channel, ...models.flatMap(({ model }) => [`${t.models[model]}: ${t.conversions}`, `${t.models[model]}: ${t.value}`])]}
        rows={channels.map((channel) => [
          nameOf(channel),
          ...models.flatMap((model) => {
            const credit = creditOf(model, channel);
            return [rounded(credit?.conversions ?? 0), money(credit?.value ?? 0)];
          }),
        ])}
      />
    </Card>
  );
}

const rounded = (many: number): number => Math.round(many * 100) / 100;
const mostOf = (models: readonly Model[]): number => Math.max(1e-9, ...models.flatMap(({ channels }) => channels.map(({ conversions }) => conversions)));
/** Those first without which most would be lost. */
export const channelsByChain = ({ models }: Report): string[] =>
  [...(models.at(-1)?.channels ?? [])].sort((a, b) => b.conversions - a.conversions || (a.channel < b.channel ? -1 : 1)).map(({ channel }) => channel);

function ModelLegend({ models }: { readonly models: readonly Model[] }) {
  const t = useWords(words);
  return (
    <ul class="map-legend small">
      {models.map(({ model }) => (
        <li key={model}>
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <rect class={`credit-${model}`} width="10" height="10" />
          </svg>
          {t.models[model]}
        </li>
      ))}
    </ul>
  );
}

interface CreditBarsProps {
  readonly most: number;
  readonly bars: readonly { readonly model: string; readonly conversions: number }[];
  readonly numberOf: (many: number) => string;
}
const CreditBars = ({ most, bars, numberOf }: CreditBarsProps) => (
  <div>
    {bars.map(({ model, conversions }) => (
      <div key={model} class="credit">
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          <rect class="console-bar-track" width="100" height="6" />
          <rect class={`credit-${model}`} width={(conversions / most) * 100} height="6" />
        </svg>
        <span class="console-number small">{numberOf(conversions)}</span>
      </div>
    ))}
  </div>
);

const DISPUTED = 5;
function Apart({ report: { disagreements } }: { readonly report: Report }) {
  const t = useWords(words);
  const formats = useFormats();
  const nameOf = useChannelName();
  return (
    <>
      <p class="small soft">{t.compareLead}</p>
      <ul class="console-list console-tight small">
        {disagreements.slice(0, DISPUTED).map(({ channel, least, most }) => (
          <li key={channel} class="console-pair">
            <span>{nameOf(channel)}</span>
            <span class="console-number">
              {formats.percent(least)} – {formats.percent(most)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

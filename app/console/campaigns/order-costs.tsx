/** What an order cost, by channel and by campaign: the picture first, the same as a table beside. */
import { useState } from 'preact/hooks';
import { useResource } from '../../api/client.ts';
import { now } from '../../api/clock.ts';
import type { Answer } from '../../api/contract-types.ts';
import { Card } from '../../design/card.tsx';
import { Select } from '../../design/choice.tsx';
import { Loading } from '../../design/states.tsx';
import { useFormats } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { Bars } from '../bars.tsx';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { DataTable } from '../data-table.tsx';
import { words as mapWords } from '../map-words.ts';
import { CostImport } from './cost-import.tsx';
import { words } from './costs-words.ts';

type Report = Answer<'readCampaignCosts'>;
type Costs = Report['models'][number];

const PERIODS = ['1', '3', '12'] as const;
const MODELS = ['first', 'last', 'markov'] as const;

/** @param months with this one */
function periodOf(months: number): { readonly from: string; readonly to: string } {
  const [year = 0, month = 1] = now().slice(0, 7).split('-').map(Number);
  return { from: new Date(Date.UTC(year, month - months, 1)).toISOString().slice(0, 7), to: now().slice(0, 7) };
}

/** @param changed brings up to date what the rest of the page says of costs */
export function OrderCosts({ changed }: { readonly changed: () => Promise<void> }) {
  const t = useWords(words);
  const [months, setMonths] = useState<(typeof PERIODS)[number]>('3');
  const [model, setModel] = useState<(typeof MODELS)[number]>('markov');
  const { data, problem, reload } = useResource('readCampaignCosts', { query: periodOf(Number(months)) });
  const costs = data?.models.find((one) => one.model === model);
  return (
    <Card title={t.orderCosts}>
      {data !== undefined && <p class="small soft">{t.orderCostsLead(data.from, data.to)}</p>}
      <div class="segment-names">
        <Select label={t.period} value={months} options={PERIODS.map((value) => ({ value, label: t.periods[value] }))} onChange={setMonths} />
        <Select label={t.model} value={model} options={MODELS.map((value) => ({ value, label: t.models[value] }))} onChange={setModel} />
      </div>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {costs !== undefined && <Shown costs={costs} />}
      <CostImport
        changed={async () => {
          await Promise.all([reload(), changed()]);
        }}
      />
    </Card>
  );
}

function Shown({ costs: { channels, campaigns } }: { readonly costs: Costs }) {
  const t = useWords(words);
  const formats = useFormats();
  const names: Readonly<Record<string, string>> = useWords(mapWords).channels;
  const money = (amountMinor: number): string => formats.money({ amountMinor, currency: 'EUR' });
  const many = (orders: number): string => formats.number(Math.round(orders * 100) / 100);
  const nameOf = (channel: string): string => names[channel] ?? channel;
  const bar = (key: string, label: string, { costMinor, orders, perOrderMinor }: Omit<Costs['channels'][number], 'channel'>) => ({
    ...{ key, label: t.paidFor(label, money(costMinor), many(orders)), value: perOrderMinor ?? 0 },
    text: perOrderMinor === undefined ? t.noOrders : t.each(money(perOrderMinor)),
  });
  if (channels.length + campaigns.length === 0) return <p class="soft">{t.nothingPaid}</p>;
  const row = (campaign: string, channel: string, { costMinor, orders, perOrderMinor }: Omit<Costs['channels'][number], 'channel'>) => [
    ...[campaign, channel, money(costMinor), many(orders)],
    perOrderMinor === undefined ? t.noOrders : money(perOrderMinor),
  ];
  return (
    <>
      <h3>{t.channels}</h3>
      <Bars bars={channels.map((one) => bar(one.channel, nameOf(one.channel), one))} />
      {campaigns.length > 0 && (
        <>
          <h3>{t.campaigns}</h3>
          <Bars bars={campaigns.map((one) => bar(one.campaign, one.name[language.value], one))} />
        </>
      )}
      <DataTable
        isFolded
        caption={t.orderCosts}
        fileName="order-costs"
        columns={[t.campaign, t.channel, t.cost, t.orders, t.perOrder]}
        rows={[
          ...channels.map((one) => row('–', nameOf(one.channel), one)),
          ...campaigns.flatMap((of) => [
            row(of.name[language.value], t.whole, of),
            ...of.channels.map((one) => row(of.name[language.value], nameOf(one.channel), one)),
          ]),
        ]}
      />
    </>
  );
}

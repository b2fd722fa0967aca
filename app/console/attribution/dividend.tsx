/** What mandates buy: apart, or the loop from device to order would flood every model. */
import { Card } from '../../design/card.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import { Bars } from '../bars.tsx';
import { DataTable } from '../data-table.tsx';
import { useChannelName } from './channel-name.ts';
import type { Report } from './report.ts';
import { words } from './words.ts';

type Part = Report['automation']['created'][number];

export function Dividend({ report: { automation } }: { readonly report: Report }) {
  const t = useWords(words);
  const formats = useFormats();
  const nameOf = useChannelName();
  const money = (minor: number): string => formats.money({ amountMinor: Math.round(minor), currency: 'EUR' });
  const { orders, valueMinor, mandates, created, cycles } = automation;
  const bars = (parts: readonly Part[]) =>
    parts.map((part) => ({
      key: part.channel,
      label: nameOf(part.channel),
      value: part.valueMinor,
      text: `${formats.number(part.orders)} · ${money(part.valueMinor)}`,
    }));
  const rows = (share: string, parts: readonly Part[]) =>
    parts.map((part) => [share, nameOf(part.channel), Math.round(part.orders * 100) / 100, money(part.valueMinor)]);
  const cyclesTitle = created.length > 0 ? t.cycles : t.all;
  return (
    <Card title={t.dividend}>
      <p class="small soft">
        {orders === 0 ? t.dividendNone : t.dividendLead(formats.number(orders), money(valueMinor))} {t.mandates(mandates)}
      </p>
      {orders > 0 && created.length > 0 && (
        <>
          <h3>{t.created}</h3>
          <Bars bars={bars(created)} />
        </>
      )}
      {orders > 0 && (
        <>
          <h3>{cyclesTitle}</h3>
          <Bars bars={bars(cycles)} />
          <DataTable
            caption={t.dividend}
            fileName="automation-dividend"
            isFolded
            columns={[t.share, t.channel, t.conversions, t.value]}
            rows={[...rows(t.created, created), ...rows(cyclesTitle, cycles)]}
          />
        </>
      )}
    </Card>
  );
}

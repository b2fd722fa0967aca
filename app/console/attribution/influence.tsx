/** What would be lost without a channel, without two of them, and where one leads next. */
import { Card } from '../../design/card.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import { Bars } from '../bars.tsx';
import { DataTable } from '../data-table.tsx';
import { useChannelName } from './channel-name.ts';
import { channelsByChain } from './credits.tsx';
import type { Report } from './report.ts';
import { words } from './words.ts';

export function Lost({ report }: { readonly report: Report }) {
  const t = useWords(words);
  const formats = useFormats();
  const nameOf = useChannelName();
  const effects = [...(report.models.at(-1)?.channels ?? [])]
    .map(({ channel, removalEffect = 0 }) => ({ channel, removalEffect }))
    .sort((a, b) => b.removalEffect - a.removalEffect || (a.channel < b.channel ? -1 : 1));
  const pairs = [...report.together].sort((a, b) => b.shared - a.shared);
  return (
    <Card title={t.lost}>
      <p class="small soft">{t.lostLead}</p>
      <Bars
        bars={effects.map(({ channel, removalEffect }) => ({
          ...{ key: channel, label: nameOf(channel), value: removalEffect * 100, text: formats.percent(removalEffect) },
        }))}
      />
      <DataTable
        caption={t.together}
        fileName="lost-without-both"
        isFolded
        columns={[t.pair, `${t.together} (%)`, `${t.needed} (%)`]}
        rows={pairs.map(({ channel, other, lost, shared }) => [`${nameOf(channel)} + ${nameOf(other)}`, tenths(lost), tenths(shared)])}
      />
    </Card>
  );
}
const tenths = (part: number): number => Math.round(part * 1_000) / 10;

/** More would be a carpet. */
const SHOWN = 8;
export function Influence({ report }: { readonly report: Report }) {
  const t = useWords(words);
  const nameOf = useChannelName();
  const { leads } = report;
  const channels = channelsByChain(report)
    .filter((channel) => leads.some(({ from, to }) => from === channel || to === channel))
    .slice(0, SHOWN);
  const liftOf = (from: string, to: string) => leads.find((lead) => lead.from === from && lead.to === to);
  return (
    <Card title={t.influence}>
      <p class="small soft">{leads.length === 0 ? t.influenceNone : t.influenceLead}</p>
      {leads.length > 0 && (
        <div class="console-table">
          <div class="console-scroll" tabIndex={0} role="region" aria-label={t.influence}>
            <table class="influence">
              <caption class="only-heard">{t.influence}</caption>
              <thead>
                <tr>
                  <th scope="col">
                    {t.from} \ {t.to}
                  </th>
                  {channels.map((to) => (
                    <th key={to} scope="col">
                      {nameOf(to)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {channels.map((from) => (
                  <tr key={from}>
                    <th scope="row">{nameOf(from)}</th>
                    {channels.map((to) => {
                      const lead = liftOf(from, to);
                      return (
                        <td key={to} class={`console-number ${strengthOf(lead?.lift)}`}>
                          {lead === undefined ? '–' : lead.lift.toFixed(1)}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
      <DataTable
        caption={t.influence}
        fileName="what-leads-where"
        isFolded
        columns={[t.from, t.to, t.times, t.lift]}
        rows={[...leads].sort((a, b) => b.lift - a.lift).map(({ from, to, times, lift }) => [nameOf(from), nameOf(to), times, Math.round(lift * 100) / 100])}
      />
    </Card>
  );
}

/** In three steps, so that the colour can be named. */
function strengthOf(lift: number | undefined): string {
  if (lift === undefined || lift <= 1) return '';
  if (lift >= 3) return 'influence-3';
  return lift >= 1.5 ? 'influence-2' : 'influence-1';
}

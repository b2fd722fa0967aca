/** Of a campaign that speaks to leads: whom it reached, with whom it came to something, and against whoever was kept out. */
import { useFormats } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { Bars } from '../bars.tsx';
import { DataTable } from '../data-table.tsx';
import { Effect } from './effect.tsx';
import { words } from './campaigns-words.ts';
import { words as editor } from './editor-words.ts';
import type { View } from './view.ts';

export function LeadsReached({ view: { campaign, leads } }: { readonly view: View }) {
  const t = useWords(words);
  const { leadChannels } = useWords(editor);
  const formats = useFormats();
  const named: Readonly<Record<string, string>> = leadChannels;
  if (leads === undefined || campaign.leads === undefined) return null;
  return (
    <>
      <h3>{t.leadsReached(formats.day(leads.since))}</h3>
      {leads.channels.length === 0 && <p class="soft">{t.leadsNobody}</p>}
      <Bars
        bars={leads.channels.map(({ channel, reached, answered }) => ({
          ...{ key: channel, label: named[channel] ?? channel, value: reached },
          ...{ text: t.leadAnswered(reached, answered), tone: 'good' as const },
        }))}
      />
      <Effect effect={leads.effect} />
      <DataTable
        isFolded
        caption={`${t.leadsSay}: ${campaign.name[language.value]}`}
        fileName={`campaign-${campaign.campaign}-leads`}
        columns={[t.says, t.channel]}
        rows={campaign.leads.pieces.map(({ title }) => [title[language.value], campaign.leads?.channels.map((one) => leadChannels[one]).join(', ') ?? ''])}
      />
    </>
  );
}

import { useResource } from '../api/client.ts';
import { Card } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Loading } from '../design/states.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { ConsoleTrouble } from './console-trouble.tsx';
import { DataTable } from './data-table.tsx';
import { words } from './words.ts';

export default function LooksPage() {
  const t = useWords(words);
  const formats = useFormats();
  const { data, problem, reload } = useResource('readAudit', {});
  return (
    <Page title={t.looksTitle} lead={t.looksLead}>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined && (
        <Card title={formats.month(data.month)}>
          {data.looks.length === 0 ? (
            <p class="soft">{t.looksNone}</p>
          ) : (
            <DataTable
              caption={t.looksTitle}
              fileName={`looks-${data.month}`}
              columns={[t.when, t.who, t.what, t.purpose, t.household]}
              rows={data.looks.map(({ at, staffId, kind, purpose, ...of }) => [
                formats.dayAndTime(at),
                staffId,
                t.kinds[kind],
                t.whyShort[purpose],
                'leadId' in of ? of.leadId : of.householdId,
              ])}
            />
          )}
        </Card>
      )}
    </Page>
  );
}

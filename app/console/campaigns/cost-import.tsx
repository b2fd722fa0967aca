/** Costs from a file: what was taken, and of each other line why it was not. */
import { useState } from 'preact/hooks';
import { send } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/card.tsx';
import { Field, TextField } from '../../design/field.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { words } from './costs-words.ts';

const FILE_MAX = 200_000;

export function CostImport({ changed }: { readonly changed: () => Promise<void> }) {
  const t = useWords(words);
  const formats = useFormats();
  const [csv, setCsv] = useState('');
  const [imported, setImported] = useState<Answer<'importCampaignCosts'>>();
  const { busy, problem, run } = useSending();
  const bring = () =>
    run(async () => {
      setImported(await send('importCampaignCosts', { body: { csv } }));
      await changed();
    });
  return (
    <details class="console-details">
      <summary>{t.importing}</summary>
      <div class="stack-tight">
        <p class="small soft">{t.importLead}</p>
        <Field label={t.file}>
          {(bound) => (
            <input
              {...bound}
              class="input"
              type="file"
              accept=".csv,text/csv"
              onChange={({ currentTarget }) => void currentTarget.files?.[0]?.text().then((text) => setCsv(text.slice(0, FILE_MAX)))}
            />
          )}
        </Field>
        <TextField label={t.text} value={csv} lines={5} onChange={setCsv} />
        {problem !== undefined && <ConsoleTrouble problem={problem} />}
        <div>
          <Button kind="quiet" busy={busy} disabled={csv.trim() === ''} onClick={() => void bring()}>
            {t.bring}
          </Button>
        </div>
        {imported !== undefined && (
          <Notice tone={imported.faults.length > 0 ? 'warn' : 'good'}>
            <p>{t.taken(imported.taken, formats.money({ amountMinor: imported.costMinor, currency: 'EUR' }))}</p>
            {imported.faults.length > 0 && (
              <ul class="small">
                {imported.faults.map(({ line, because }) => (
                  <li key={line}>
                    {t.line(line)}: {t.faults[because]}
                  </li>
                ))}
              </ul>
            )}
          </Notice>
        )}
      </div>
    </details>
  );
}

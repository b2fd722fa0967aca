import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { ConsoleTrouble } from './console-trouble.tsx';
import { words } from './words.ts';

export default function FindPage() {
  const t = useWords(words);
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly string[]>();
  const { busy, problem, run } = useSending();
  const find = () =>
    run(async () => {
      const { households } = await send('findHouseholds', { body: { text: text.trim() } });
      setFound(households.map(({ householdId }) => householdId));
    });
  return (
    <Page title={t.findTitle}>
      <Card>
        <form
          class="stack-tight"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim().length >= 3) void find();
          }}
        >
          <TextField label={t.findLabel} hint={t.findHint} type="search" value={text} onChange={setText} maxLength={120} />
          <div>
            <Button type="submit" busy={busy} disabled={text.trim().length < 3}>
              {t.findGo}
            </Button>
          </div>
        </form>
      </Card>
      {problem !== undefined && <ConsoleTrouble problem={problem} />}
      <div aria-live="polite">
        {found !== undefined && found.length === 0 && <p class="soft">{t.findNone}</p>}
        {found !== undefined && found.length > 0 && (
          <Card title={t.found}>
            <Rows>
              {found.map((householdId) => (
                <Row key={householdId} label={<span class="console-id">{householdId}</span>} href={urls.agent(householdId)} />
              ))}
            </Rows>
          </Card>
        )}
      </div>
    </Page>
  );
}

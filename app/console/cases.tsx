import { useRef, useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import { newId } from '../api/ids.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Tag } from '../design/card.tsx';
import { TextField } from '../design/field.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import { ConsoleTrouble } from './console-trouble.tsx';
import type { AgentPage, Shown } from './household-frame.tsx';

type CaseView = AgentPage['about']['cases'][number];
const TEXT_MAX = 1_000;

export function Cases({ data, reload }: Shown) {
  const t = useWords(words);
  const { cases } = data.about;
  return (
    <Card title={t.cases}>
      {cases.length === 0 && <p class="soft">{t.noCases}</p>}
      {cases.map((one, index) => (
        <details key={one.caseId} class="console-case" open={index === 0 && one.status !== 'solved'}>
          <summary>
            <span>{t.caseKinds[one.kind]}</span>
            <Tag tone={one.status === 'solved' ? 'good' : one.status === 'answered' ? 'plain' : 'warn'}>{t.caseStatus[one.status]}</Tag>
          </summary>
          <OneCase view={one} reload={reload} />
        </details>
      ))}
    </Card>
  );
}

function OneCase({ view, reload }: { readonly view: CaseView; readonly reload: () => Promise<void> }) {
  const t = useWords(words);
  const formats = useFormats();
  const [text, setText] = useState('');
  // The same words sent twice are one message.
  const noteId = useRef(newId('note'));
  const { busy, problem, run } = useSending(reload);
  const params = { householdId: view.householdId, caseId: view.caseId };
  const answer = async () => {
    if (!(await run(() => send('answerCase', { params, body: { noteId: noteId.current, text: text.trim() } })))) return;
    noteId.current = newId('note');
    setText('');
  };
  return (
    <div class="stack-tight">
      {view.messages.map(({ noteId: id, by, name, at, text: said }) => (
        <div key={id}>
          <p class="small soft">
            {by.kind === 'operator' ? t.us : (name ?? t.formerMember)}, <time dateTime={at}>{formats.dayAndTime(at)}</time>
          </p>
          <p>{said}</p>
        </div>
      ))}
      {view.actions.includes('answer') && <TextField label={t.answer} lines={2} maxLength={TEXT_MAX} value={text} onChange={setText} />}
      {problem !== undefined && <ConsoleTrouble problem={problem} />}
      <div class="line-up">
        {view.actions.includes('answer') && (
          <Button busy={busy} disabled={text.trim() === ''} onClick={() => void answer()}>
            {t.send}
          </Button>
        )}
        {view.actions.includes('solve') && (
          <Button kind="quiet" busy={busy} onClick={() => void run(() => send('closeCase', { params, body: {} }))}>
            {t.solve}
          </Button>
        )}
      </div>
    </div>
  );
}

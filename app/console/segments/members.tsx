/** Who is in a segment: shown when it is said what for, which stands with each household. */
import { useState } from 'preact/hooks';
import { send } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Row, Rows } from '../../design/rows.tsx';
import { urls } from '../../urls.ts';
import { useFormats } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { More } from '../more.tsx';
import { ReasonFirst } from '../reason-first.tsx';
import { words } from './segments-words.ts';

export function Members({ segment }: { readonly segment: string }) {
  const t = useWords(words);
  const [reason, setReason] = useState('');
  const [found, setFound] = useState<Answer<'listMembers'>>();
  const { busy, problem, run } = useSending();
  const show = (from: number) =>
    run(async () => setFound(await send('listMembers', { body: { segment, reason: reason.trim(), from, language: language.value } })));
  return (
    <details class="console-details">
      <summary>{t.who}</summary>
      <ReasonFirst {...{ busy, reason, maxLength: 80, change: setReason, show: () => void show(0) }} />
      {problem !== undefined && <ConsoleTrouble problem={problem} />}
      {found !== undefined && <Found found={found} more={(from) => void show(from)} />}
    </details>
  );
}

function Found({ found: { members, left, next, read, households }, more }: { readonly found: Answer<'listMembers'>; readonly more: (from: number) => void }) {
  const t = useWords(words);
  const formats = useFormats();
  return (
    <div aria-live="polite" class="stack-tight">
      {members.length === 0 && <p class="soft">{t.nobody}</p>}
      <Rows>
        {members.map(({ householdId, since, because }) => (
          <Row key={householdId} label={<span class="console-id">{householdId}</span>} href={urls.agent(householdId)}>
            {t.since} {formats.dayAndTime(since)}: {because}
          </Row>
        ))}
      </Rows>
      <More {...{ next, label: t.more, more }} />
      {left.length > 0 && (
        <>
          <h3>{t.leftTitle}</h3>
          <Rows>
            {left.map(({ householdId, leftAt }) => (
              <Row key={householdId} label={<span class="console-id">{householdId}</span>} href={urls.agent(householdId)}>
                {formats.dayAndTime(leftAt)}
              </Row>
            ))}
          </Rows>
        </>
      )}
      {read < households && <p class="small soft">{t.partly(read, households)}</p>}
    </div>
  );
}

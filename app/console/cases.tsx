import { useRef, useState } from 'preact/hooks';
import { now } from '../api/clock.ts';
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
import { OpenCase } from './open-case.tsx';
import type { AgentPage, Shown } from './household-frame.tsx';

type CaseView = AgentPage['about']['cases'][number];
const TEXT_MAX = 1_000;
const JUST_NOW_MILLIS = 3_600_000;

export function Cases({ data, reload }: Shown) {
  const t = useWords(words);
  const { cases } = data.about;
  return (
    <Card title={t.cases}>
      {cases.length === 0 && <p class="soft">{t.noCases}</p>}
      {cases.map((one) => (
        <details key={one.caseId} class="console-case" open={isAtHand(one)}>
          <summary>
            <span>
              {t.caseKinds[one.kind]}
              <span class="console-about small soft">{aboutOf(one, data, t)}</span>
            </span>
            <Tag tone={one.status === 'solved' ? 'good' : one.status === 'answered' ? 'plain' : 'warn'}>{t.caseStatus[one.status]}</Tag>
          </summary>
          <OneCase view={one} reload={reload} />
        </details>
      ))}
      <OpenCase data={data} reload={reload} />
    </Card>
  );
}

/** What somebody has just called solved does not close under their hands. */
const isAtHand = ({ status, changedAt }: CaseView): boolean => status !== 'solved' || Date.parse(now()) - Date.parse(changedAt) < JUST_NOW_MILLIS;

/** What it is about, in the words of whoever lives there. */
function aboutOf({ about }: CaseView, { about: { orders, devices } }: AgentPage, t: (typeof words)['en' | 'de']): string {
  if (about.kind === 'device') return devices.find(({ thing }) => thing === about.thing)?.name ?? t.deviceGone;
  const order = orders.find(({ orderId }) => orderId === about.orderId);
  return order === undefined ? t.orderLongAgo : `${order.shop}: ${order.goods.join(', ')}`;
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
  const reopen = async () => {
    if (!(await run(() => send('reopenCaseFor', { params, body: { noteId: noteId.current, text: text.trim() } })))) return;
    noteId.current = newId('note');
    setText('');
  };
  const [mayAnswer, mayReopen] = [view.actions.includes('answer'), view.actions.includes('reopen')];
  return (
    <div class="stack-tight">
      <p class="small soft">
        {t.caseSince(formats.dayAndTime(view.openedAt))} · {t.contacts(view.contacts, view.status === 'solved')}
        {view.returns > 0 && ` · ${t.returns(view.returns)}`}
      </p>
      {view.messages.map(({ noteId: id, by, name, at, text: said }) => (
        <div key={id}>
          <p class="small soft">
            {by.kind === 'operator' ? t.us : (name ?? t.formerMember)}, <time dateTime={at}>{formats.dayAndTime(at)}</time>
          </p>
          <p>{said}</p>
        </div>
      ))}
      {(mayAnswer || mayReopen) && <TextField label={mayAnswer ? t.answer : t.whatAgain} lines={2} maxLength={TEXT_MAX} value={text} onChange={setText} />}
      {problem !== undefined && <ConsoleTrouble problem={problem} />}
      <div class="line-up">
        {mayReopen && (
          <Button kind="quiet" busy={busy} disabled={text.trim() === ''} onClick={() => void reopen()}>
            {t.reopen}
          </Button>
        )}
        {mayAnswer && (
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

import { useRef, useState } from 'preact/hooks';
import { send, useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { newId } from '../api/ids.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice, Tag } from '../design/card.tsx';
import { TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useSending } from '../api/use-sending.ts';
import { urls } from '../urls.ts';
import { useParam } from '../use-param.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';
import '../orders/orders.css';

type CaseView = Answer<'readCase'>;
const TEXT_MAX = 1_000;

const isOfDevice = <Kinds extends object>(kind: PropertyKey, kinds: Kinds): kind is keyof Kinds => Object.hasOwn(kinds, kind);

export default function CasePage() {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const caseId = useParam('caseId');
  const { data, problem, reload } = useResource('readCase', { params: { householdId, caseId } });
  const back = data?.about.kind === 'device' ? urls.device(data.about.thing) : data === undefined ? urls.orders : urls.order(data.about.orderId);
  return (
    <Page
      title={
        data === undefined ? t.title : data.about.kind === 'device' && isOfDevice(data.kind, t.deviceKinds) ? t.deviceKinds[data.kind] : t.kinds[data.kind]
      }
      back={back}
      backLabel={data?.about.kind === 'device' ? t.backDevice : t.back}
      lead={data && <Tag tone={data.status === 'solved' ? 'good' : data.status === 'answered' ? 'warn' : 'accent'}>{t.status[data.status]}</Tag>}
    >
      {data === undefined && (problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined && (
        <>
          <Messages view={data} />
          <Reply view={data} reload={reload} />
        </>
      )}
    </Page>
  );
}

function Messages({ view }: { readonly view: CaseView }) {
  const t = useWords(words);
  const formats = useFormats();
  const { member } = useHousehold();
  const nameOf = ({ by, name }: CaseView['messages'][number]): string =>
    by.kind === 'operator' ? t.us : by.memberId === member.memberId ? t.you : (name ?? t.formerMember);
  return (
    <Card>
      {view.messages.map((message) => (
        <div key={message.noteId} class="case-message">
          <p class="small soft">
            {nameOf(message)}, <time dateTime={message.at}>{formats.dayAndTime(message.at)}</time>
          </p>
          <p>{message.text}</p>
        </div>
      ))}
      {(view.status === 'open' || view.status === 'reopened') && <p class="soft">{t.waiting}</p>}
    </Card>
  );
}

interface ReplyProps {
  readonly view: CaseView;
  readonly reload: () => Promise<void>;
}

function Reply({ view, reload }: ReplyProps) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const [text, setText] = useState('');
  // The same words sent twice are one message.
  const noteId = useRef(newId('note'));
  const { busy, problem, run } = useSending(reload);
  const params = { householdId, caseId: view.caseId };
  const isSolved = view.status === 'solved';
  const say = async () => {
    const body = { noteId: noteId.current, text: text.trim() };
    if (!(await run(() => (isSolved ? send('reopenCase', { params, body }) : send('writeInCase', { params, body }))))) return;
    noteId.current = newId('note');
    setText('');
  };
  if (view.actions.length === 0) return null;
  return (
    <Card>
      {isSolved && <Notice tone="good">{t.solvedText}</Notice>}
      <TextField label={isSolved ? t.reopenText : t.answer} lines={3} maxLength={TEXT_MAX} value={text} onChange={setText} />
      {problem !== undefined && <Trouble problem={problem} />}
      <div class="line-up">
        <Button kind={isSolved ? 'quiet' : 'primary'} busy={busy} disabled={text.trim() === ''} onClick={() => void say()}>
          {isSolved ? t.reopen : t.send}
        </Button>
        {view.actions.includes('solve') && (
          <Button kind="quiet" busy={busy} onClick={() => void run(() => send('solveCase', { params, body: {} }))}>
            {t.solve}
          </Button>
        )}
      </div>
    </Card>
  );
}

/** A case for whoever is on the telephone and could not, or would not, report it in the app. */
import { useRef, useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import { newId } from '../api/ids.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Select } from '../design/choice.tsx';
import { TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import { ConsoleTrouble } from './console-trouble.tsx';
import type { Shown } from './household-frame.tsx';

const KINDS = ['late', 'missing', 'damaged', 'wrong', 'other'] as const;
const TEXT_MAX = 1_000;

export function OpenCase({ data, reload }: Shown) {
  const t = useWords(words);
  const { household, orders, devices } = data.about;
  const subjects = [
    ...orders.map(({ orderId, shop, goods }) => ({ value: orderId, label: `${shop}: ${goods.join(', ')}`, about: { kind: 'order' as const, orderId } })),
    ...devices.map(({ thing, name }) => ({ value: thing, label: name, about: { kind: 'device' as const, thing } })),
  ];
  const [chosen, setSubject] = useState<string>(subjects[0]?.value ?? '');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('late');
  const [text, setText] = useState('');
  const ids = useRef({ caseId: newId('case'), noteId: newId('note') });
  const { busy, problem, run } = useSending(reload);
  const subject = subjects.find(({ value }) => value === chosen) ?? subjects[0];
  if (subject === undefined) return null;
  const open = async () => {
    const { caseId, noteId } = ids.current;
    const params = { householdId: household.householdId, caseId };
    if (!(await run(() => send('openCaseFor', { params, body: { about: subject.about, kind, noteId, text: text.trim() } })))) return;
    ids.current = { caseId: newId('case'), noteId: newId('note') };
    setText('');
  };
  return (
    <details class="console-case console-more">
      <summary>{t.openFor}</summary>
      <div class="stack-tight">
        <p class="small soft">{t.openForLead}</p>
        <Select label={t.callAbout} value={subject.value} onChange={setSubject} options={subjects.map(({ value, label }) => ({ value, label }))} />
        <Select label={t.whatHappened} value={kind} onChange={setKind} options={KINDS.map((value) => ({ value, label: t.caseKinds[value] }))} />
        <TextField label={t.whatTheySaid} lines={2} maxLength={TEXT_MAX} value={text} onChange={setText} />
        {problem !== undefined && <ConsoleTrouble problem={problem} />}
        <div>
          <Button kind="quiet" busy={busy} disabled={text.trim() === ''} onClick={() => void open()}>
            {t.openGo}
          </Button>
        </div>
      </div>
    </details>
  );
}

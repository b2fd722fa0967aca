/** Two steps: first what would go and what has to stay, then the household's name, typed. */
import { useState } from 'preact/hooks';
import { send, useResource } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { words as caseWords } from '../cases/words.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { TextField } from '../design/field.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { signOut } from '../session/session.ts';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

export function Erase() {
  const t = useWords(words);
  const { member } = useHousehold();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={t.erase} tone={isOpen ? 'warn' : 'plain'} id="erase">
      <p class="soft">{t.eraseText}</p>
      {isOpen ? (
        <Plan onKeep={() => setOpen(false)} />
      ) : (
        <div>
          <Button kind="quiet" disabled={member.role !== 'owner'} why={t.ownersOnly} onClick={() => setOpen(true)}>
            {t.look}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Plan({ onKeep }: { readonly onKeep: () => void }) {
  const t = useWords(words);
  const tCase = useWords(caseWords);
  const f = useFormats();
  const { householdId } = useHousehold();
  const plan = useResource('planErasure', { params: { householdId } });
  const { data, problem } = plan;
  if (data === undefined) return problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void plan.reload()} />;
  const { goes, stays, onTheirWay, unsolved, name } = data;
  return (
    <>
      <p>{t.goes(goes.members, goes.devices, goes.supplies, goes.orders)}</p>
      <p>{stays === undefined ? t.staysNothing : t.stays(stays.vouchers, f.day(stays.until) + ` ${stays.until.slice(0, 4)}`)}</p>
      <p class="small soft">
        {t.shops} {t.copyFirst}
      </p>
      {onTheirWay.length > 0 && <First text={t.onTheirWay(onTheirWay.length)} at={onTheirWay.map(({ orderId }) => [urls.order(orderId), t.order])} />}
      {unsolved.length > 0 && <First text={t.unsolved(unsolved.length)} at={unsolved.map(({ caseId, kind }) => [urls.case(caseId), tCase.kinds[kind]])} />}
      {onTheirWay.length + unsolved.length === 0 && <Confirm name={name} onKeep={onKeep} />}
    </>
  );
}

/** What has to end first, and where. */
function First({ text, at }: { readonly text: string; readonly at: readonly (readonly [href: string, label: string])[] }) {
  return (
    <>
      <Notice tone="warn">{text}</Notice>
      <Rows>
        {at.map(([href, label]) => (
          <Row key={href} href={href} label={label} />
        ))}
      </Rows>
    </>
  );
}

function Confirm({ name, onKeep }: { readonly name: string; readonly onKeep: () => void }) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const [typed, setTyped] = useState('');
  const { busy, problem, run } = useSending();
  const erase = () =>
    run(async () => {
      await send('requestErasure', { params: { householdId }, body: { householdName: typed } });
      await signOut();
    });
  return (
    <>
      <TextField label={t.typeName} hint={t.typeHint(name)} value={typed} onChange={setTyped} maxLength={80} />
      {problem !== undefined && (problem.code === 'withdrawals-untold' ? <Notice tone="warn">{t.untold}</Notice> : <Trouble problem={problem} />)}
      {busy && <p role="status">{t.gone}</p>}
      <div class="line-up">
        <Button kind="danger" busy={busy} disabled={typed.trim() !== name} onClick={() => void erase()}>
          {t.eraseNow}
        </Button>
        <Button kind="quiet" onClick={onKeep}>
          {t.keep}
        </Button>
      </div>
    </>
  );
}

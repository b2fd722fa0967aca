import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/card.tsx';
import { Choice } from '../design/choice.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold, type Overview } from '../household.tsx';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

type Member = Overview['members'][number];

interface MemberDialogProps {
  readonly member: Member | undefined;
  readonly onClose: () => void;
}

/** What an owner may do about somebody; somebody else about themselves: leave. */
export function MemberDialog({ member, onClose }: MemberDialogProps) {
  const t = useWords(words);
  const { member: me } = useHousehold();
  const title = member === undefined ? '' : me.role === 'owner' ? t.changeTitle(member.name) : t.leave;
  return (
    <Dialog title={title} open={member !== undefined} onClose={onClose}>
      {member !== undefined && <Inside key={member.memberId} member={member} onClose={onClose} />}
    </Dialog>
  );
}

function Inside({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const t = useWords(words);
  const { householdId, member: me, reload } = useHousehold();
  const [role, setRole] = useState(member.role);
  const { busy, problem, run } = useSending(reload);
  const isMe = member.memberId === me.memberId;
  const params = { householdId, memberId: member.memberId };

  const carryOut = (doIt: () => Promise<unknown>) =>
    run(async () => {
      await doIt();
      onClose();
    });
  return (
    <div class="stack">
      {problem !== undefined && (problem.code === 'last-owner' ? <Notice tone="bad">{t.lastOwner}</Notice> : <Trouble problem={problem} />)}
      {me.role === 'owner' && (
        <>
          <Choice
            label={t.role}
            value={role}
            options={(['owner', 'adult', 'guest'] as const).map((one) => ({ value: one, label: t.roles[one], hint: t.may[one] }))}
            onChange={setRole}
          />
          <div>
            <Button busy={busy} disabled={role === member.role} onClick={() => void carryOut(() => send('changeRole', { params, body: { role } }))}>
              {t.save}
            </Button>
          </div>
        </>
      )}
      <p class="soft">{isMe ? t.leaveText : t.removeText(member.name)}</p>
      <div class="line-up">
        <Button kind="danger" busy={busy} onClick={() => void carryOut(() => send('removeMember', { params }))}>
          {isMe ? t.leave : t.remove}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
    </div>
  );
}

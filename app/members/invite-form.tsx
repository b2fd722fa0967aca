import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import { newId } from '../api/ids.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { Choice } from '../design/choice.tsx';
import { TextField } from '../design/field.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

const MEMBERS_MAX = 20;
const [NAME_MAX, EMAIL_MAX] = [80, 120];
/** Enough to catch a slip; whether a mailbox is there only a letter to it shows. */
const isWhole = (email: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(email);

interface InviteFormProps {
  /** How many belong to the household already. */
  readonly count: number;
  readonly onInvited: (name: string) => void;
}

const empty = () => ({ invitationId: newId('inv'), name: '', email: '', role: 'adult' as 'adult' | 'guest' });

export function InviteForm({ count, onInvited }: InviteFormProps) {
  const t = useWords(words);
  const { householdId, reload } = useHousehold();
  const [form, setForm] = useState(empty);
  const [isWrong, setWrong] = useState(false);
  const { busy, problem, run, clear } = useSending();
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const [name, email] = [form.name.trim(), form.email.trim()];

  const invite = async () => {
    setWrong(!isWhole(email));
    clear();
    if (name === '' || !isWhole(email)) return;
    await run(async () => {
      await send('inviteMember', { params: { householdId }, body: { invitationId: form.invitationId, name, email, role: form.role } });
      await reload();
      onInvited(name);
      setForm(empty());
    });
  };
  return (
    <Card title={t.invite}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void invite();
        }}
      >
        <TextField label={t.name} value={form.name} onChange={(text) => change({ name: text })} maxLength={NAME_MAX} />
        <TextField
          label={t.email}
          hint={t.emailHint}
          error={isWrong ? t.emailWrong : undefined}
          type="email"
          value={form.email}
          onChange={(text) => change({ email: text })}
          maxLength={EMAIL_MAX}
        />
        <Choice
          label={t.role}
          value={form.role}
          options={(['adult', 'guest'] as const).map((role) => ({ value: role, label: t.roles[role], hint: t.may[role] }))}
          onChange={(role) => change({ role })}
        />
        {problem !== undefined && <Trouble problem={problem} />}
        <div>
          <Button type="submit" busy={busy} disabled={count >= MEMBERS_MAX} why={t.full}>
            {t.send}
          </Button>
        </div>
      </form>
    </Card>
  );
}

import { send } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useWords } from '../words/use-words.ts';
import type { DeviceView } from './view.ts';
import { words } from './words.ts';

interface Label {
  readonly name: string;
  readonly room: string;
}

interface LabelStepProps {
  readonly device: DeviceView;
  readonly form: Label;
  readonly change: (label: Partial<Label>) => void;
  readonly onDone: () => void;
  readonly button?: string | undefined;
}

const [NAME_MAX, ROOM_MAX] = [80, 40];

export function LabelStep({ device, form, change, onDone, button }: LabelStepProps) {
  const t = useWords(words);
  const { householdId, reload } = useHousehold();
  const { busy, problem, run } = useSending();
  const name = form.name.trim();
  const room = form.room.trim();

  const save = async () => {
    if (name === '') return;
    await run(async () => {
      await send('labelDevice', { params: { householdId, thing: device.thing }, body: { name, ...(room !== '' && { room }) } });
      await reload();
      onDone();
    });
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField label={t.nameLabel} value={form.name} onChange={(text) => change({ name: text })} maxLength={NAME_MAX} />
      <TextField label={t.roomLabel} hint={t.roomHint} value={form.room} onChange={(text) => change({ room: text })} maxLength={ROOM_MAX} />
      {problem !== undefined && <Trouble problem={problem} />}
      <div>
        <Button type="submit" busy={busy} disabled={name === ''}>
          {button ?? t.next}
        </Button>
      </div>
    </form>
  );
}

import { Button } from '../design/button.tsx';
import { Slots } from './slots.tsx';
import { useWords } from '../words/use-words.ts';
import type { DeviceView } from './view.ts';
import { words } from './words.ts';

export function SlotsStep({ device, onDone }: { readonly device: DeviceView; readonly onDone: () => void }) {
  const t = useWords(words);
  const isEmpty = Object.keys(device.slots).length === 0;
  return (
    <div class="stack">
      <p>{t.slotsLead}</p>
      <Slots device={device} />
      <div>
        <Button kind={isEmpty ? 'quiet' : 'primary'} onClick={onDone}>
          {isEmpty ? t.laterNone : t.later}
        </Button>
      </div>
    </div>
  );
}

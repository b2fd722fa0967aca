import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import type { DeviceView } from './view.ts';
import { words } from './words.ts';

export function RemoveDevice({ device }: { readonly device: DeviceView }) {
  const t = useWords(words);
  const { householdId, reload } = useHousehold();
  const { route } = useLocation();
  const [isAsking, setAsking] = useState(false);
  const { busy, problem, run } = useSending();
  const remove = () =>
    run(async () => {
      await send('removeDevice', { params: { householdId, thing: device.thing } });
      route(urls.devices);
      await reload();
    });
  return (
    <div>
      <Button kind="danger" onClick={() => setAsking(true)}>
        {t.remove}
      </Button>
      <Dialog title={t.remove} open={isAsking} onClose={() => setAsking(false)}>
        <p>{t.removeText(device.name)}</p>
        <p class="soft">{t.removeCertificate}</p>
        {problem !== undefined && <Trouble problem={problem} />}
        <div class="line-up">
          <Button kind="danger" busy={busy} onClick={() => void remove()}>
            {t.removeYes}
          </Button>
          <Button kind="quiet" onClick={() => setAsking(false)}>
            {t.cancel}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}

/** Ends e-mails to whoever the link in one was for: one button, without signing in. What stands behind the # reaches no server before it is pressed. */
import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Trouble } from '../design/states.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './stop-mail-words.ts';

export default function StopMailPage() {
  const t = useWords(words);
  const { dayAndTime } = useFormats();
  const sending = useSending();
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [stopped, setStopped] = useState<Answer<'stopMail'>>();
  const stop = () => void sending.run(async () => setStopped(await send('stopMail', { params: { token } })));
  // Forged, cut off on its way, or of a household that is not there any more: none of them stops anything.
  const isNone = token === '' || sending.problem?.status === 404;
  return (
    <Page title={stopped === undefined ? t.title : t.doneTitle}>
      <Card>
        {stopped !== undefined && <Notice tone="good">{t.done(dayAndTime(stopped.stoppedAt))}</Notice>}
        {stopped === undefined && (isNone ? <Notice tone="warn">{t.none}</Notice> : <p>{t.text}</p>)}
        {sending.problem !== undefined && !isNone && <Trouble problem={sending.problem} />}
        {stopped === undefined && !isNone && (
          <div>
            <Button busy={sending.busy} onClick={stop}>
              {t.stop}
            </Button>
          </div>
        )}
        <p class="small">{t.more}</p>
        <div>
          <Button kind="quiet" href={urls.outreach}>
            {t.toMessages}
          </Button>
        </div>
      </Card>
    </Page>
  );
}

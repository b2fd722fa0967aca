import { useLocation } from 'preact-iso';
import { Button } from '../design/button.tsx';
import { words } from '../live/words.ts';
import { paths } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { dismiss, pending } from './queue.ts';

const APPROVALS = paths.approval.replace(':orderId', '');

/** What was decided and not sent yet, said plainly at the top of every page. */
export function Waiting() {
  const t = useWords(words);
  const { path } = useLocation();
  // A page that it was decided on says it itself.
  const waiting = pending.value.filter(({ state, href }) => state.kind === 'waiting' && !(href === path && path.startsWith(APPROVALS)));
  if (waiting.length === 0) return null;
  return (
    <section class="waiting" role="status">
      <strong>{t.waitingTitle(waiting.length)}</strong>
      <p>{t.waitingText}</p>
      <ul>
        {waiting.map(({ id, about }) => (
          <li key={id} class="apart">
            <span>{about}</span>
            <Button kind="quiet" onClick={() => void dismiss(id)}>
              {t.takeBack}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

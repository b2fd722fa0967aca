import { useEffect } from 'preact/hooks';
import { dismiss, pending } from '../offline/queue.ts';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { closeMessage, heard } from './live.ts';
import type { HeardMessage } from './read-note.ts';
import { words } from './words.ts';

/** What it says stands on the home page too, so nothing is lost when it goes by itself. */
const SHOWN_MILLIS = 20_000;

/** Spoken when it comes, without taking the word from anybody. */
export function Toasts() {
  const settled = pending.value.filter(({ state }) => state.kind !== 'waiting');
  return (
    <div class="toasts" aria-live="polite">
      {settled.map(({ id, about, href, state }) => (
        <Toast key={id} close={() => void dismiss(id)} href={href} title={about} text={<Outcome state={state} />} />
      ))}
      {heard.value.map((message) => (
        <Heard key={message.messageId} message={message} />
      ))}
    </div>
  );
}

function Outcome({ state }: { readonly state: (typeof pending.value)[number]['state'] }) {
  const t = useWords(words);
  return <>{state.kind === 'refused' ? t.refusedLater : t.sentLater}</>;
}

const waitsForAnswer = (kind: string): boolean => kind === 'approval-requested' || kind === 'approval-reminder' || kind === 'order-requoted';

function Heard({ message: { messageId, title, text, orderId, supplyId, kind } }: { readonly message: HeardMessage }) {
  useEffect(() => {
    const timer = setTimeout(() => closeMessage(messageId), SHOWN_MILLIS);
    return () => clearTimeout(timer);
  }, [messageId]);
  const ofSupply = supplyId === undefined ? undefined : urls.supply(supplyId);
  const href = orderId === undefined ? ofSupply : waitsForAnswer(kind) ? urls.approval(orderId) : urls.order(orderId);
  return <Toast {...{ title, text, href }} close={() => closeMessage(messageId)} />;
}

interface ToastProps {
  readonly title: string;
  readonly text: preact.ComponentChildren;
  readonly href?: string | undefined;
  readonly close: () => void;
}

function Toast({ title, text, href, close }: ToastProps) {
  const t = useWords(words);
  return (
    <div class="toast">
      <div>
        <strong>{title}</strong>
        <p class="small">{text}</p>
        {href !== undefined && (
          <a class="small" href={href} onClick={close}>
            {t.look}
          </a>
        )}
      </div>
      <button class="toast-close" type="button" aria-label={t.close} onClick={close}>
        ×
      </button>
    </div>
  );
}

/** What goes on beside the pages: the connection is watched, decisions are sent when it is back, the app's files are kept. */
import { computed, effect } from '@preact/signals';
import { request } from '../api/request.ts';
import { reloadWhere } from '../api/resources.ts';
import { lookForIssuer, session } from '../session/session.ts';
import { onBack, watchConnection } from './connection.ts';
import { installWorker } from './install.ts';
import { openQueue, sendWaiting } from './queue.ts';

const signedInAs = computed(() => (session.value.kind === 'signed-in' || session.value.kind === 'away' ? session.value.memberId : undefined));

export function startOffline(): void {
  watchConnection(() => (session.peek().kind === 'away' ? lookForIssuer() : request('readMe', {})));
  onBack(() => {
    void sendWaiting();
    void reloadWhere(() => true);
  });
  effect(() => void openQueue(signedInAs.value).then(sendWaiting));
  // Not before the first picture: it would take the line from it.
  addEventListener('load', () => setTimeout(() => void installWorker(), 2_000), { once: true });
  if (document.readyState === 'complete') setTimeout(() => void installWorker(), 2_000);
}

/**
 * A message for the watch is a notification of this phone's app: phones show those on the watch that is paired with them. While the app runs, also behind
 * others; nothing is kept for later, because the same stands under _Messages and stops_.
 */
import type { HeardMessage } from './read-note.ts';

export const canNotify = (): boolean => 'Notification' in window && 'serviceWorker' in navigator;
/** False where somebody has said no, or the browser knows no notifications. */
export const askToNotify = async (): Promise<boolean> => canNotify() && (await Notification.requestPermission()) === 'granted';

export async function showOnWatch({ messageId, title, text }: HeardMessage): Promise<void> {
  if (!canNotify() || Notification.permission !== 'granted') return;
  const worker = await navigator.serviceWorker.getRegistration();
  // The same message twice is one notification.
  await worker?.showNotification(title, { body: text, tag: messageId });
}

/** Installs the worker that keeps the app's files, and lets a new edition in when nobody is looking. */

const LOOK_FOR_NEWS_MILLIS = 3_600_000;
/** A tablet on the wall is never hidden; after so long without a touch nobody is in the middle of something. */
const IDLE_MILLIS = 600_000;

export async function installWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register('/app/service-worker.js', { scope: '/app/', updateViaCache: 'none' }).catch(() => undefined);
  if (registration === undefined) return;
  setInterval(() => void registration.update().catch(() => undefined), LOOK_FOR_NEWS_MILLIS);
  const wasControlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (wasControlled) location.reload();
  });
  const takeOver = () => registration.waiting?.postMessage('take-over');
  let touchedAt = Date.now();
  for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, () => (touchedAt = Date.now()), { passive: true });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') takeOver();
  });
  setInterval(() => {
    if (Date.now() - touchedAt > IDLE_MILLIS) takeOver();
  }, IDLE_MILLIS);
}

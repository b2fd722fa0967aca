/** Keeps the app's own files, so that it opens without a network. What households own is not kept here but per member, in the page. */
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

const SHELL = '/app/index.html';

cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);

self.addEventListener('fetch', (event) => {
  // Each page of the app is the same file; which one it shows is decided in it.
  if (event.request.mode !== 'navigate' || !new URL(event.request.url).pathname.startsWith('/app/')) return;
  event.respondWith(matchPrecache(SHELL).then((shell) => shell ?? fetch(event.request)));
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});

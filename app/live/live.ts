/** A household's pages stay right while they are open: notes say what has changed, and it is read again over the API. */
import { signal } from '@preact/signals';
import type { ChangeNote } from '../../shared/journey/change-note.ts';
import { newId } from '../api/ids.ts';
import { reloadWhere } from '../api/resources.ts';
import { accessToken, appConfig } from '../session/session.ts';
import { language } from '../words/language.ts';
import { concerns } from './concerns.ts';
import { readChange, readMessage, type HeardMessage } from './read-note.ts';
import { showOnWatch } from './watch.ts';

export const isLive = signal(false);
/** What the household was told while the page was open, the newest last. */
export const heard = signal<readonly HeardMessage[]>([]);

const HEARD_MAX = 3;
/** Several notes come of one decision. */
const GATHER_MILLIS = 150;

export const closeMessage = (messageId: string): void => {
  heard.value = heard.value.filter((one) => one.messageId !== messageId);
};

function show(message: HeardMessage): void {
  if (heard.value.some(({ messageId }) => messageId === message.messageId)) return;
  heard.value = [...heard.value, message].slice(-HEARD_MAX);
}

/** Gathers notes for a moment and reads once what they concern. */
export function gatherer(reload: (notes: readonly Pick<ChangeNote, 'what' | 'id'>[]) => void) {
  let notes: Pick<ChangeNote, 'what' | 'id'>[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (note: Pick<ChangeNote, 'what' | 'id'>): void => {
    notes.push(note);
    timer ??= setTimeout(() => {
      const gathered = notes;
      [notes, timer] = [[], undefined];
      reload(gathered);
    }, GATHER_MILLIS);
  };
}

/** One machine has two names; the page's own broker takes only pages that call it as they call themselves. */
function asThisPage(url: string): string {
  const [there, here] = [new URL(url), location];
  if (isLoopback(there.hostname) && isLoopback(here.hostname)) there.hostname = here.hostname;
  return there.href;
}
const isLoopback = (hostname: string): boolean => hostname === 'localhost' || hostname === '127.0.0.1';

/** @returns to stop listening; immediately undone when there is nothing to listen to */
export function goLive(memberId: string, householdId: string): () => void {
  const config = appConfig();
  const url = config?.mqttUrl;
  if (url === undefined) return () => undefined;
  const authorizer = config?.authorizerName;
  const username = authorizer === undefined ? householdId : `${householdId}?x-amz-customauthorizer-name=${encodeURIComponent(authorizer)}`;
  const topicOf = (kind: string): string => `app/nachschub/${householdId}/${kind}`;
  const take = gatherer((notes) => void reloadWhere((resource) => notes.some((note) => concerns(note, resource))));
  let hangUp: (() => void) | undefined;
  let stopped = false;
  void import('./connection.ts').then(({ listen }) => {
    if (stopped) return;
    hangUp = listen({
      url: asThisPage(url),
      username,
      clientId: `app-${memberId}-${newId('').slice(1)}`,
      topics: [topicOf('messages'), topicOf('changes')],
      token: accessToken,
      onMessage: (topic, payload) => {
        const message = topic === topicOf('messages') ? readMessage(payload, language.value) : undefined;
        const change = topic === topicOf('changes') ? readChange(payload) : undefined;
        if (message !== undefined && (message.watch === undefined || message.watch.includes(memberId))) show(message);
        if (message?.watch?.includes(memberId) === true) void showOnWatch(message);
        if (change !== undefined) take(change);
        else if (message?.orderId !== undefined) take({ what: 'order', id: message.orderId });
      },
      onListening: () => {
        isLive.value = true;
        // Nothing was heard until now, so nothing that is shown is trusted.
        void reloadWhere(() => true);
      },
      onLost: () => (isLive.value = false),
    });
  });
  return () => {
    stopped = true;
    isLive.value = false;
    hangUp?.();
  };
}

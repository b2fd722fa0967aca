/** What comes over MQTT is read with as much care as is needed to show it: it is text, and names what to read again over the API. */
import type { ChangeNote, ChangedThing } from '../../shared/journey/change-note.ts';
import type { Language } from '../../shared/order/order-button.ts';

export interface HeardMessage {
  readonly messageId: string;
  readonly title: string;
  readonly text: string;
  readonly orderId?: string | undefined;
  readonly supplyId?: string | undefined;
  readonly kind: string;
  /** For these members’ watches alone. */
  readonly watch?: readonly string[] | undefined;
}

const things: Record<ChangedThing, true> = { order: true, supply: true, mandate: true, device: true, member: true, list: true, case: true, household: true };
const isThing = (text: unknown): text is ChangedThing => typeof text === 'string' && Object.hasOwn(things, text);

const objectOf = (read: unknown): Readonly<Record<string, unknown>> => (typeof read === 'object' && read !== null ? { ...read } : {});

function objectIn(payload: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    return {};
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Undefined for what this edition of the app does not understand. */
export function readChange(payload: Uint8Array): Pick<ChangeNote, 'what' | 'id'> | undefined {
  const { what, id } = objectIn(payload);
  return isThing(what) ? { what, ...(typeof id === 'string' && { id }) } : undefined;
}

/** In the reader's language; a server from before says it in the household's alone. */
export function readMessage(payload: Uint8Array, reader: Language): HeardMessage | undefined {
  const read = objectIn(payload);
  const { messageId, orderId, supplyId, kind } = read;
  const { title, text: body } = { ...read, ...objectOf(objectOf(read['words'])[reader]) };
  if (text(messageId) === '' || text(title) === '') return undefined;
  const about = { ...(typeof orderId === 'string' && { orderId }), ...(typeof supplyId === 'string' && { supplyId }) };
  const watch = Array.isArray(read['watch']) ? { watch: read['watch'].map(text) } : {};
  return { ...watch, messageId: text(messageId), title: text(title), text: text(body), kind: text(kind), ...about };
}

/**
 * LIST: what the household wants to bring home itself, because no device watches it and nobody orders it. Everything is done to one entry, so
 * that two people who write at once lose nothing; `turn` counts how often an entry was ticked off, taken out or put back, so that a late
 * repeat of any of these changes nothing.
 */
import { z } from 'zod';
import type { EventOf } from '../events.ts';
import {
  addDuration,
  duration,
  earliest,
  gtinSchema,
  householdIdSchema,
  ignored,
  instantSchema,
  listEntryIdSchema,
  memberIdSchema,
  rejected,
  unreachable,
  type HouseholdId,
  type Instant,
  type ListEntryId,
  type MemberId,
  type Outcome,
} from '../values.ts';

export const LIST_MAX = 100;
/** Nobody has touched it for so long: it is not wanted any more, or was bought without a tick. */
export const ABANDONED_AFTER = duration(30, 'days');
/** An aggregate keeps its last sixteen events for the relay: what is left stays due. */
const ABANDONED_AT_ONCE = 16;
/** Kept for *put back*, and because their ids are what tells a repeat. */
const CLOSED_KEPT = 100;

const entryFields = {
  text: z.string().trim().min(1).max(80),
  gtin: gtinSchema.optional(),
  quantity: z.int().min(1).max(99),
};
export const newEntrySchema = z.strictObject(entryFields);
export const entryChangeSchema = z.strictObject({ text: entryFields.text.optional(), quantity: entryFields.quantity.optional() });

export const listEntrySchema = z.strictObject({
  entryId: listEntryIdSchema,
  ...entryFields,
  addedBy: memberIdSchema,
  addedAt: instantSchema,
  touchedAt: instantSchema,
  state: z.enum(['open', 'bought', 'removed', 'abandoned']),
  turn: z.int().min(1),
});
export type ListEntry = z.infer<typeof listEntrySchema>;

export const shoppingListSchema = z.strictObject({
  householdId: householdIdSchema,
  /** In the order in which they were added. */
  entries: z.array(listEntrySchema).max(LIST_MAX + CLOSED_KEPT),
  dueAt: instantSchema.optional(),
});
export type ShoppingList = z.infer<typeof shoppingListSchema>;
export type ListEvent = EventOf<'list'>;

export type ListCommand = { readonly now: Instant } & (
  | { readonly type: 'add'; readonly entryId: ListEntryId; readonly memberId: MemberId; readonly entry: z.infer<typeof newEntrySchema> }
  | { readonly type: 'change'; readonly entryId: ListEntryId; readonly memberId: MemberId; readonly change: z.infer<typeof entryChangeSchema> }
  | { readonly type: 'buy' | 'remove' | 'reopen'; readonly entryId: ListEntryId; readonly memberId: MemberId; readonly turn: number }
  | { readonly type: 'abandon' }
);

export const newShoppingList = (householdId: HouseholdId): ShoppingList => ({ householdId, entries: [] });

export function decideList(list: ShoppingList, command: ListCommand): Outcome<ShoppingList, ListEvent> {
  switch (command.type) {
    case 'add':
      return add(list, command);
    case 'change':
      return changeEntry(list, command);
    case 'buy':
    case 'remove':
    case 'reopen':
      return turn(list, command);
    case 'abandon':
      return abandon(list, command.now);
    default:
      return unreachable(command);
  }
}

const openOf = (list: ShoppingList): ListEntry[] => list.entries.filter(({ state }) => state === 'open');

function add(list: ShoppingList, { entryId, memberId, entry, now }: Extract<ListCommand, { type: 'add' }>): Outcome<ShoppingList, ListEvent> {
  if (list.entries.some((known) => known.entryId === entryId)) return ignored('known');
  if (openOf(list).length >= LIST_MAX) return rejected('list-full');
  const added: ListEntry = { entryId, ...entry, addedBy: memberId, addedAt: now, touchedAt: now, state: 'open', turn: 1 };
  return changed({ ...list, entries: [...list.entries, added] }, [{ type: 'list.item-added', data: { householdId: list.householdId, entryId, memberId } }]);
}

function changeEntry(list: ShoppingList, command: Extract<ListCommand, { type: 'change' }>): Outcome<ShoppingList, ListEvent> {
  const { entryId, memberId, change, now } = command;
  const entry = list.entries.find((known) => known.entryId === entryId);
  if (entry === undefined) return rejected('no-such-entry');
  const { text = entry.text, quantity = entry.quantity } = change;
  if (text === entry.text && quantity === entry.quantity) return ignored('nothing-changed');
  const next = { ...entry, text, quantity, touchedAt: now };
  return changed(withEntry(list, next), [{ type: 'list.item-changed', data: { householdId: list.householdId, entryId, memberId } }]);
}

const TURNS = {
  buy: { to: 'bought', from: ['open'], says: 'list.item-bought' },
  remove: { to: 'removed', from: ['open'], says: 'list.item-removed' },
  reopen: { to: 'open', from: ['bought', 'removed', 'abandoned'], says: 'list.item-reopened' },
} as const;

function turn(list: ShoppingList, command: Extract<ListCommand, { type: keyof typeof TURNS }>): Outcome<ShoppingList, ListEvent> {
  const { entryId, memberId, now } = command;
  const entry = list.entries.find((known) => known.entryId === entryId);
  if (entry === undefined) return rejected('no-such-entry');
  const { to, from, says } = TURNS[command.type];
  // Somebody else was first, or this is a repeat: either way it stands as it stands.
  if (command.turn !== entry.turn || !from.some((state) => state === entry.state)) return ignored('late');
  if (to === 'open' && openOf(list).length >= LIST_MAX) return rejected('list-full');
  const next = { ...entry, state: to, turn: entry.turn + 1, touchedAt: now };
  return changed(withEntry(list, next), [{ type: says, data: { householdId: list.householdId, entryId, memberId } }]);
}

const isAbandoned = (entry: ListEntry, now: Instant): boolean => entry.state === 'open' && now >= addDuration(entry.touchedAt, ABANDONED_AFTER);

function abandon(list: ShoppingList, now: Instant): Outcome<ShoppingList, ListEvent> {
  const old = list.entries.filter((entry) => isAbandoned(entry, now)).slice(0, ABANDONED_AT_ONCE);
  if (old.length === 0) return ignored('not-due');
  const entries = list.entries.map((entry) => (old.includes(entry) ? { ...entry, state: 'abandoned' as const, turn: entry.turn + 1 } : entry));
  const { householdId } = list;
  return changed(
    { ...list, entries },
    old.map(({ entryId }) => ({ type: 'list.item-abandoned', data: { householdId, entryId } })),
  );
}

const withEntry = (list: ShoppingList, next: ListEntry): ShoppingList => ({
  ...list,
  entries: list.entries.map((entry) => (entry.entryId === next.entryId ? next : entry)),
});

function changed(list: ShoppingList, events: readonly ListEvent[]): Outcome<ShoppingList, ListEvent> {
  const surplus = list.entries.filter(({ state }) => state !== 'open').length - CLOSED_KEPT;
  const dropped = new Set(
    [...list.entries]
      .filter(({ state }) => state !== 'open')
      .sort((a, b) => (a.touchedAt < b.touchedAt ? -1 : 1))
      .slice(0, Math.max(0, surplus)),
  );
  const entries = list.entries.filter((entry) => !dropped.has(entry));
  const [first, ...others] = entries.filter(({ state }) => state === 'open').map(({ touchedAt }) => addDuration(touchedAt, ABANDONED_AFTER));
  const state: ShoppingList = { householdId: list.householdId, entries, ...(first !== undefined && { dueAt: earliest(first, ...others) }) };
  return { kind: 'changed', state, events };
}

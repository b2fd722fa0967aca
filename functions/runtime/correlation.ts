/**
 * One id from the readings that made a need to the delivery that ends it: the need's. It travels in every event (CloudEvents'
 * `correlationid`), from the event that caused a decision into those that the decision says, into every log line, and to the shop.
 * Messages of one batch are worked off side by side, so each has a scope of its own instead of a key of the one logger.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Key } from './aggregates.ts';

interface Scope {
  id: string | undefined;
  /** What the work is about when no event said it: its item knows the id. */
  readonly subject: Key | undefined;
}

const scopes = new AsyncLocalStorage<Scope>();

/** Everything that `work` says and logs carries this id; without one, that of the item it is about, once it has been read. */
export const correlated = <Result>(cause: { id?: string | undefined; subject?: Key }, work: () => Result): Result =>
  scopes.run({ id: cause.id, subject: cause.subject }, work);

export const correlation = (): string | undefined => scopes.getStore()?.id;

/** An item that knows its id was read. Only the one that the work is about counts. */
export function seen(key: Key, id: string | undefined): void {
  const scope = scopes.getStore();
  if (scope?.id === undefined && scope?.subject?.pk === key.pk && scope.subject.sk === key.sk) scope.id = id;
}

/** The item that a decision has just changed: whatever is logged of it belongs to the same story. */
export function decidedAbout(id: string | undefined): void {
  const scope = scopes.getStore();
  if (scope !== undefined) scope.id ??= id;
}

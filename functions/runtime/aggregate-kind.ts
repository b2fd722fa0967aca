/** What makes a kind of item: its table, its schema, how many of its events it keeps, when it is due and who is told then. */
import type { z } from 'zod';
import { millisOf, type Duration, type Instant } from '../../shared/values.ts';
import type { EnvironmentName } from './environment.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type DueWorker =
  'review-supply' | 'propose-order' | 'decide-order' | 'deliver-webhook' | 'reconcile-order' | 'run-automation' | 'erase-household' | 'deliver-subscription';

export interface AggregateKind<State> {
  readonly table: EnvironmentName;
  readonly schema: z.ZodType<State>;
  /** So that reconciliation can repeat them: an order keeps all, a supply the last four of a day, others the last sixteen. */
  readonly eventsKept: number;
  /** The younger ones only; for ever where it is absent. */
  readonly eventsKeptFor?: Duration;
  /** Its state is written small, for what is written often (packed-state.ts). */
  readonly packed?: true;
  due?(state: State): { at: Instant; worker: DueWorker } | undefined;
  /** The need whose story the item belongs to. */
  correlation?(state: State): string | undefined;
  /** Attributes that an index needs beside the state. */
  indexed?(state: State): Record<string, string>;
  /** Unix seconds from which the store may remove it. */
  expiresAtSeconds?(state: State): number | undefined;
}

export const EVENTS_KEPT = 16;
export const secondsOf = (instant: Instant | undefined) => (instant === undefined ? undefined : Math.ceil(millisOf(instant) / 1_000));
export const dueWith = (worker: DueWorker, at: Instant | undefined) => (at === undefined ? undefined : { at, worker });
export const kind = <State>(definition: AggregateKind<State>): AggregateKind<State> => definition;

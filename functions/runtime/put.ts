/** What PUT means here: the first time something begins and is announced, later it is corrected silently, and a repeat writes nothing. */
import { canonicalJson } from '../../shared/digest.ts';
import type { DomainEvent } from '../../shared/events.ts';
import { ignored, type Outcome } from '../../shared/values.ts';
import type { Change } from './store.ts';

export function put<State>(before: State | undefined, after: State, created: DomainEvent): Outcome<State, DomainEvent> {
  if (before === undefined) return { kind: 'changed', state: after, events: [created] };
  if (canonicalJson(before) === canonicalJson(after)) return ignored('nothing-changed');
  return { kind: 'changed', state: after, events: [] };
}

/** The state after a change, or the one that was there when nothing changed. */
export const asItStands = <State>(result: Change<State>): State | undefined => (result.kind === 'changed' ? result.state : result.stored?.state);

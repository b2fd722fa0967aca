/** On one day somebody moves: the other household lets them in, and they leave their own. */
import { duration, instantOf } from '../../shared/values.ts';
import type { HouseholdApi } from '../household-api.ts';
import type { MemberSpec } from '../simulation.ts';
import type { LifeLine } from './life-lines.ts';

const DAY_OF_MOVING = 9;
const TRY_AGAIN_AFTER = duration(1, 'hours');
export const MOVED = 'moved';

export interface Move {
  readonly who: MemberSpec;
  /** The household that they leave, through their own eyes. */
  readonly own: HouseholdApi;
  readonly ownId: string;
  /** The one that lets them in, through its owner's. */
  readonly next: HouseholdApi;
}

export class Mover {
  readonly #move: Move;
  readonly #record: (lines: readonly LifeLine[]) => Promise<void>;
  #at: number | null;

  /** @param startsAt product milliseconds */
  constructor(move: Move, { startsAt, past, record }: { startsAt: number; past: readonly LifeLine[]; record: (lines: readonly LifeLine[]) => Promise<void> }) {
    this.#move = move;
    this.#record = record;
    const isOver = past.some((line) => line.kind === 'done' && line.what === MOVED);
    this.#at = isOver ? null : startsAt + duration(DAY_OF_MOVING, 'days');
  }

  get hasMoved(): boolean {
    return this.#at === null;
  }

  /** Product milliseconds; `null` once they have moved. */
  get nextAt(): number | null {
    return this.#at;
  }

  /** Both steps may be repeated: who is in already, or has left, is told so. */
  async act(now: number): Promise<void> {
    if (this.#at === null || this.#at > now) return;
    const { who, own, ownId, next } = this.#move;
    const invited = await next.invite({
      invitationId: `inv_${who.memberId.replace('mem_', '')}`,
      name: who.name ?? 'Somebody',
      email: who.email,
      role: 'guest',
    });
    const left = invited.away ? invited : await own.leave(who.memberId);
    if (left.away) {
      this.#at = now + TRY_AGAIN_AFTER;
      return;
    }
    await this.#record([{ at: instantOf(now), kind: 'done', householdId: ownId, what: MOVED }]);
    this.#at = null;
  }
}

/** Somebody of the company at a desk: reads the household's page and answers its case, in working hours; a few are left lying. */
import { duration, instantOf, millisOf } from '../../shared/values.ts';
import { dayAfter, dayAt, instantAt, weekdayOf } from '../calendar.ts';
import type { Reply } from '../ask-api.ts';
import { drawsOf } from '../random.ts';
import type { LifeLine } from './life-lines.ts';

export interface DeskDoors {
  readonly readPage: (householdId: string, caseId: string) => Promise<Reply<undefined>>;
  readonly answerCase: (householdId: string, caseId: string, content: object) => Promise<Reply<undefined>>;
}
interface Surroundings {
  readonly seed: number;
  readonly doors: DeskDoors;
  readonly record: (lines: readonly LifeLine[]) => Promise<void>;
}

const TIME_ZONE = 'Europe/Berlin';
const WORK = { from: 480, until: 1_050 } as const;
const TRY_AGAIN_AFTER = duration(1, 'hours');
/** Of the cases, which are answered soon, after days, or not at all; and after how many hours. */
const FATES = { soon: 0.72, late: 0.9, soonHours: [1, 18], lateHours: [50, 120] } as const;

/** Product milliseconds; undefined for a case that nobody gets to. */
export function answeredAt(seed: number, caseId: string, openedAt: number): number | undefined {
  const draw = drawsOf(seed, 'desk', caseId);
  const [fate, luck] = [draw(), draw()];
  if (fate >= FATES.late) return undefined;
  const [least, most] = fate < FATES.soon ? FATES.soonHours : FATES.lateHours;
  return atWork(Math.round(openedAt + duration(least + luck * (most - least), 'hours')));
}

/** This moment, or the next morning of a working day. */
function atWork(at: number): number {
  for (let day = dayAt(at, TIME_ZONE); ; day = dayAfter(day)) {
    const isWorkday = weekdayOf(day) % 6 !== 0;
    const [from, until] = [instantAt(day, WORK.from, TIME_ZONE), instantAt(day, WORK.until, TIME_ZONE)];
    if (isWorkday && at < until) return Math.max(at, from);
  }
}

export class Agent {
  readonly #around: Surroundings;
  readonly #waiting = new Map<string, { readonly householdId: string; readonly caseId: string; at: number }>();

  constructor(around: Surroundings, past: readonly LifeLine[]) {
    this.#around = around;
    for (const line of past) this.hear(line);
  }

  get nextAt(): number | null {
    return [...this.#waiting.values()].reduce<number | null>((least, { at }) => Math.min(least ?? Infinity, at), null);
  }

  /** A line of the ledger, as it is written or as it was. */
  hear(line: LifeLine): void {
    if (line.kind === 'answered') this.#waiting.delete(line.caseId);
    if (line.kind !== 'case' || line.status !== 200) return;
    const { householdId, caseId } = line;
    const at = answeredAt(this.#around.seed, caseId, millisOf(line.at));
    if (at !== undefined) this.#waiting.set(caseId, { householdId, caseId, at });
  }

  async act(now: number): Promise<void> {
    for (const waiting of [...this.#waiting.values()].filter(({ at }) => at <= now)) {
      const { householdId, caseId } = waiting;
      const { doors, record } = this.#around;
      const page = await doors.readPage(householdId, caseId);
      const reply = page.away
        ? page
        : await doors.answerCase(householdId, caseId, { noteId: 'note_desk', text: 'We are sorry. It will be made good within two days.' });
      if (reply.away) {
        waiting.at = now + TRY_AGAIN_AFTER;
        continue;
      }
      // Who has called it solved meanwhile is left in peace: 409.
      this.#waiting.delete(caseId);
      await record([{ at: instantOf(now), kind: 'answered', householdId, caseId, status: reply.status }]);
    }
  }
}

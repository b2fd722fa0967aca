/** The one of a household who speaks for it: feels what happens, answers or skips what it is asked, complains when it is too much. */
import { duration, instantOf, millisOf, type Instant } from '../../shared/values.ts';
import type { Reply } from '../household-api.ts';
import { drawsOf } from '../random.ts';
import type { LifeLine } from './life-lines.ts';
import { answerIn, complains, FELT_SOLVED, feltByDelivery, feltByMessage, moodAt, spellsOf, type Felt, type SurveyKind } from './mood.ts';

export interface Told {
  readonly messageId: string;
  readonly kind: string;
  readonly orderId?: string | undefined;
  readonly at?: Instant | undefined;
}
interface AskedNow {
  readonly surveyId: string;
  readonly kind: SurveyKind;
}
export interface HomeDoors {
  readonly survey: () => Promise<Reply<AskedNow | undefined>>;
  readonly answerSurvey: (surveyId: string, content: object) => Promise<Reply<undefined>>;
  readonly openCase: (caseId: string, content: object) => Promise<Reply<undefined>>;
  readonly solveCase: (caseId: string) => Promise<Reply<undefined>>;
  readonly promisedAt: (orderId: string) => Promise<Instant | undefined>;
}
export interface CustomerSurroundings {
  readonly seed: number;
  readonly householdId: string;
  /** Product milliseconds. */
  readonly startsAt: number;
  readonly doors: HomeDoors;
  isHere(): boolean;
  record(lines: readonly LifeLine[]): Promise<void>;
}

interface Plan {
  readonly what: string;
  at: number;
  readonly carryOut: (now: number) => Promise<boolean>;
}
const [HOUR, DAY] = [duration(1, 'hours'), duration(1, 'days')];
/** Hours until somebody opens the app and sees the question, until they complain, and until they call it solved. */
const HOURS = { look: [1, 30], complain: [1, 12], solve: [20, 110] } as const;
/** So bad is nothing that nobody would complain about less. */
const COMPLAINT_WORTH = -0.1;

export class Customer {
  readonly #around: CustomerSurroundings;
  readonly #spells: (day: number) => number;
  readonly #felt: Felt[] = [];
  readonly #heard = new Set<string>();
  readonly #done = new Set<string>();
  readonly #plans = new Map<string, Plan>();
  #nextMidnight: number;

  constructor(around: CustomerSurroundings, past: readonly LifeLine[]) {
    this.#around = around;
    this.#spells = spellsOf(around.seed, around.householdId);
    this.#nextMidnight = around.startsAt + DAY;
    for (const line of past) if (line.kind === 'done' && line.householdId === around.householdId) this.#done.add(line.what);
    for (const line of past) this.#remember(line);
  }

  /** Product milliseconds; `null` while nothing is planned. */
  get nextAt(): number | null {
    return [...this.#plans.values()].reduce<number | null>((least, { at }) => Math.min(least ?? Infinity, at), null);
  }

  /** Resolves when what was felt is on disk, and what will be done about it is planned. */
  async hear({ messageId, kind, orderId, at }: Told, now: number): Promise<void> {
    const isDelivered = kind === 'order-delivered';
    if (this.#heard.has(messageId) || (!isDelivered && feltByMessage[kind] === undefined)) return;
    this.#heard.add(messageId);
    const by = isDelivered && orderId !== undefined ? await this.#deliveredLate(orderId, at ?? instantOf(now)) : (feltByMessage[kind] ?? 0);
    const mood = this.#mood(now) + by;
    const isTooMuch = (by <= COMPLAINT_WORTH || mood < -0.4) && orderId !== undefined && complains(mood, this.#around.seed, messageId);
    await this.#record({
      ...{ at: instantOf(now), kind: 'felt', householdId: this.#around.householdId, messageId, by, ...(orderId !== undefined && { orderId }) },
      ...(isDelivered && { look: this.#after(now, 'look', messageId) }),
      ...(isTooMuch && { complain: this.#after(now, 'complain', messageId) }),
    });
  }

  async act(now: number): Promise<void> {
    await this.#noteMoods(now);
    for (const plan of [...this.#plans.values()].filter(({ at }) => at <= now)) {
      const isOver = !this.#around.isHere() || (await plan.carryOut(now));
      if (isOver) await this.#record({ at: instantOf(now), kind: 'done', householdId: this.#around.householdId, what: plan.what });
      else plan.at = now + HOUR;
    }
  }

  async #deliveredLate(orderId: string, at: Instant): Promise<number> {
    const promised = await this.#around.doors.promisedAt(orderId);
    return feltByDelivery(promised === undefined ? 0 : (millisOf(at) - millisOf(promised)) / HOUR);
  }

  async #look(now: number): Promise<boolean> {
    const { doors, seed, householdId } = this.#around;
    const reply = await doors.survey();
    if (reply.away) return false;
    const survey = reply.content;
    if (survey === undefined) return true;
    const { surveyId } = survey;
    const answer = answerIn(this.#mood(now), { seed, ...survey });
    if (answer === undefined) return true;
    const at = instantOf(now);
    await this.#record({ at, kind: 'survey', householdId, surveyId, answer });
    const taken = await doors.answerSurvey(surveyId, answer === 'skip' ? { answer } : { answer: 'score', score: answer });
    if (taken.away) return false;
    await this.#record({ at, kind: 'survey-taken', householdId, surveyId, status: taken.status });
    return true;
  }

  async #complain(now: number, orderId: string, messageId: string): Promise<boolean> {
    const { doors, householdId } = this.#around;
    const caseId = `case_${messageId.replace(/[^a-z0-9-]/g, '-')}`.slice(0, 60);
    const reply = await doors.openCase(caseId, {
      ...{ about: { kind: 'order', orderId }, kind: this.#mood(now) < -0.5 ? 'other' : 'wrong' },
      ...{ noteId: 'note_first', text: 'This is not how it should be.' },
    });
    if (reply.away) return false;
    await this.#record({ at: instantOf(now), kind: 'case', householdId, caseId, status: reply.status, solve: this.#after(now, 'solve', caseId) });
    return true;
  }

  async #solve(now: number, caseId: string): Promise<boolean> {
    const reply = await this.#around.doors.solveCase(caseId);
    if (reply.away) return false;
    const { householdId } = this.#around;
    const messageId = `solved ${caseId}`;
    await this.#record({ at: instantOf(now), kind: 'felt', householdId, messageId, by: FELT_SOLVED, look: this.#after(now, 'look', messageId) });
    return true;
  }

  /** The same for what happens now and for what the ledger says has happened. */
  #remember(line: LifeLine): void {
    if (!('householdId' in line) || line.householdId !== this.#around.householdId) return;
    switch (line.kind) {
      case 'felt': {
        const { messageId, orderId = '' } = line;
        this.#heard.add(messageId);
        this.#felt.push({ at: millisOf(line.at), by: line.by });
        this.#plan('look', messageId, line.look, (now) => this.#look(now));
        this.#plan('complain', messageId, line.complain, (now) => this.#complain(now, orderId, messageId));
        break;
      }
      case 'case':
        if (line.status === 200) this.#plan('solve', line.caseId, line.solve, (now) => this.#solve(now, line.caseId));
        break;
      case 'done':
        this.#done.add(line.what);
        this.#plans.delete(line.what);
        break;
      case 'mood':
        this.#nextMidnight = millisOf(line.at) + DAY;
        break;
      // The auditor's evidence; that the look is over is said by `done`.
      case 'survey':
      case 'survey-taken':
        break;
    }
  }

  #plan(word: string, about: string, at: number | undefined, carryOut: Plan['carryOut']): void {
    const what = `${word} ${about}`;
    if (at !== undefined && !this.#done.has(what)) this.#plans.set(what, { what, at, carryOut });
  }

  async #noteMoods(now: number): Promise<void> {
    while (this.#nextMidnight <= now) {
      const { householdId } = this.#around;
      const value = Math.round(this.#mood(this.#nextMidnight) * 1_000) / 1_000;
      await this.#record({ at: instantOf(this.#nextMidnight), kind: 'mood', householdId, value });
    }
  }

  #mood(now: number): number {
    return moodAt(now, { startsAt: this.#around.startsAt, spells: this.#spells, felt: this.#felt });
  }

  #after(now: number, word: keyof typeof HOURS, about: string): number {
    const [least, most] = HOURS[word];
    return Math.round(now + (least + drawsOf(this.#around.seed, word, about)() * (most - least)) * HOUR);
  }

  async #record(line: LifeLine): Promise<void> {
    this.#remember(line);
    await this.#around.record([line]);
  }
}

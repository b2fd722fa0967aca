/** The one of a household who speaks for it: feels what happens, answers or skips what it is asked, complains when it is too much. */
import { createHash } from 'node:crypto';
import { duration, instantOf, millisOf, type Instant } from '../../shared/values.ts';
import { drawsOf } from '../random.ts';
import { answeredAt } from './agent.ts';
import type { CustomerSurroundings, Told } from './customer-doors.ts';
import type { LifeLine } from './life-lines.ts';
import { answerIn, complains, FELT_IGNORED, FELT_SOLVED, feltByDelivery, feltByMessage, moodAt, spellsOf, type Felt } from './mood.ts';

interface Plan {
  readonly what: string;
  at: number;
  readonly carryOut: (now: number) => Promise<boolean>;
}
const [HOUR, DAY] = [duration(1, 'hours'), duration(1, 'days')];
/** Hours until somebody opens the app and sees the question, until they complain, and until they call it solved. */
const HOURS = { look: [1, 30], complain: [1, 12], solve: [20, 110], again: [40, 90] } as const;
/** Of the complaints, which are made over the telephone, to people who write them into tools of their own. */
const BY_PHONE = 0.3;
/** Whoever is not answered asks again so often, and then never comes back to it. */
const ASKS_AGAIN_MAX = 2;
/** A survey tool asks everybody by mail: the first time within these days, then every so many. */
const PANEL = { first: [6, 14], everyDays: 24 } as const;
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
    if (around.hasPanel !== false) this.#planPanel(0);
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
    const { doors, householdId, seed } = this.#around;
    if (drawsOf(seed, 'by-phone', messageId)() < BY_PHONE) return this.#call(now, messageId);
    const caseId = `case_${messageId.replace(/[^a-z0-9-]/g, '-')}`.slice(0, 60);
    const reply = await doors.openCase(caseId, {
      ...{ about: { kind: 'order', orderId }, kind: this.#mood(now) < -0.5 ? 'other' : 'wrong' },
      ...{ noteId: 'note_first', text: 'This is not how it should be.' },
    });
    if (reply.away) return false;
    await this.#record({ at: instantOf(now), kind: 'case', householdId, caseId, status: reply.status, solve: this.#after(now, 'solve', caseId) });
    return true;
  }

  async #call(now: number, messageId: string): Promise<boolean> {
    const { seed, householdId } = this.#around;
    const callId = `call-${createHash('sha256').update(messageId).digest('hex').slice(0, 12)}`;
    // Whoever is on the telephone is answered in the end, by the same people at the same desk.
    const answered = answeredAt(seed, callId, now) ?? now + 6 * DAY;
    await this.#record({ at: instantOf(now), kind: 'called', householdId, callId, answered, solved: this.#after(answered, 'solve', callId) });
    return true;
  }

  /** Only what was answered can be solved; who hears nothing asks again, and is worse off for it. */
  async #solve(now: number, caseId: string, times: number): Promise<boolean> {
    const { doors } = this.#around;
    const status = await doors.caseStatus(caseId);
    if (status.away) return false;
    if (status.content !== 'answered') return this.#askAgain(now, caseId, times);
    const reply = await doors.solveCase(caseId);
    if (reply.away) return false;
    await this.#feelSolved(now, caseId);
    return true;
  }

  async #askAgain(now: number, caseId: string, times: number): Promise<boolean> {
    const { doors, householdId } = this.#around;
    await this.#record({ at: instantOf(now), kind: 'felt', householdId, messageId: `unanswered ${caseId} ${times}`, by: FELT_IGNORED });
    if (times >= ASKS_AGAIN_MAX) return true;
    const reply = await doors.writeInCase(caseId, { noteId: `note_again-${times}`, text: 'Is anybody there?' });
    if (reply.away) return false;
    const again = { caseId, times: times + 1, solve: this.#after(now, 'again', `${caseId} ${times}`) };
    await this.#record({ at: instantOf(now), kind: 'asked-again', householdId, ...again });
    return true;
  }

  async #feelSolved(now: number, about: string): Promise<void> {
    const { householdId } = this.#around;
    const messageId = `solved ${about}`;
    await this.#record({ at: instantOf(now), kind: 'felt', householdId, messageId, by: FELT_SOLVED, look: this.#after(now, 'look', messageId) });
  }

  async #answerPanel(now: number, round: number): Promise<boolean> {
    const { seed, householdId } = this.#around;
    const answerId = `${householdId.replaceAll('_', '-')}-${round}`;
    const score = answerIn(this.#mood(now), { seed, surveyId: `panel ${answerId}`, kind: 'nps' });
    if (typeof score === 'number') await this.#record({ at: instantOf(now), kind: 'panel', householdId, answerId, round, score });
    return true;
  }

  #planPanel(round: number): void {
    const { seed, householdId, startsAt } = this.#around;
    const what = String(round);
    if (this.#done.has(`panel ${what}`)) return this.#planPanel(round + 1);
    const [least, most] = PANEL.first;
    const at = startsAt + (least + drawsOf(seed, 'panel', householdId)() * (most - least) + round * PANEL.everyDays) * DAY;
    this.#plan('panel', what, Math.round(at), (now) => this.#answerPanel(now, round));
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
        if (line.status === 200) this.#plan('solve', line.caseId, line.solve, (now) => this.#solve(now, line.caseId, 0));
        break;
      case 'asked-again':
        this.#plan('solve', `${line.caseId} ${line.times}`, line.solve, (now) => this.#solve(now, line.caseId, line.times));
        break;
      case 'called':
        this.#plan('relief', line.callId, line.solved, async (now) => {
          await this.#feelSolved(now, line.callId);
          return true;
        });
        break;
      case 'panel':
        // An answer that was given is not given again, though the process died before it was done with it.
        this.#done.add(`panel ${line.round}`);
        this.#plans.delete(`panel ${line.round}`);
        break;
      case 'done':
        this.#done.add(line.what);
        this.#plans.delete(line.what);
        if (line.what.startsWith('panel ')) this.#planPanel(Number(line.what.slice('panel '.length)) + 1);
        break;
      case 'mood':
        this.#nextMidnight = millisOf(line.at) + DAY;
        break;
      // The auditor's evidence; that the look is over is said by `done`.
      case 'survey':
      case 'survey-taken':
      case 'answered':
      case 'consent':
      case 'sold':
      case 'bought':
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

/**
 * The one product clock of this machine. Running, time passes at a rate and waits for those who fall behind. Jumping, it goes to the
 * next moment at which anybody wants to act, once everything that was under way has ended.
 */
import { setImmediate as macrotask, setTimeout as delay } from 'node:timers/promises';
import type { Activity } from '../activity.ts';
import { reportTrouble } from '../functions/trouble.ts';
import { Clients } from './clients.ts';
import { ClockFile } from './clock-file.ts';
import { SharedClock } from './shared-clock.ts';

export interface Schedules {
  /** The earliest moment not yet fired, in product milliseconds; undefined for none. */
  next(now: number): number | undefined;
  /** Starts everything that is due at `now`, and moves `next` past it. */
  fire(now: number): Promise<void>;
}

export interface ConductorOptions {
  /** Keeps the time across restarts. */
  readonly file: string;
  /** Product milliseconds, for a first start. */
  readonly startsAt: number;
  /** Product ms per wall ms in real time. */
  readonly rate: number;
  readonly mode: 'real-time' | 'jump';
  /** Product milliseconds at which time stops for good. */
  readonly until?: number;
  readonly activity: Activity;
  readonly schedules: Schedules;
  /** Clients that are waited for even while they are not connected. */
  readonly expected: readonly string[];
  readonly port?: number;
}

/** The bound on disk is this far ahead of running time, so that it is written some times a second and a restart skips little. */
const BOUND_LEAD_WALL_MILLIS = 500;
/** How far a client may fall behind before running time waits for it. */
const LAG_MAX_WALL_MILLIS = 2_000;
/** Rounds of the event loop in which nothing may begin: something just ended may be about to start the next thing. */
const QUIET_ROUNDS = 3;
/** Steps at one instant after which somebody must be going in a circle. */
const STEPS_PER_INSTANT_MAX = 10_000;
const TROUBLE_MILLIS = 1_000;
/** A product day in less than a tenth of a second: faster, timers are too coarse, and jumping is the better way. */
const RATE_MAX = 1_000_000;

export class Conductor {
  readonly #options: ConductorOptions;
  readonly #file: ClockFile;
  readonly #clock: SharedClock;
  readonly #clients: Clients;
  readonly #turnListeners = new Set<(now: number) => void>();
  /** Where `skip` wants to go, nearest first. */
  readonly #goals: { readonly at: number; readonly reached: () => void }[] = [];
  readonly #stopActivity: () => void;
  #end: { readonly reached: () => void; readonly failed: (error: unknown) => void } | undefined;
  /** Resolves when time has come to `until` and everything that was due by then has ended. */
  readonly finished = new Promise<void>((reached, failed) => (this.#end = { reached, failed }));
  #loop: Promise<void> | undefined;
  #port = 0;
  #rate: number;
  #until: number;
  #paused = false;
  #closed = false;
  /** Product time at which schedules that are still being fired were due. */
  #firingSince = Infinity;
  #rateTold = 0;
  #changes = 0;
  #stepsAtInstant = 0;
  #wake: () => void = () => undefined;

  constructor(options: ConductorOptions) {
    this.#options = options;
    this.#rate = checkedRate(options.rate);
    this.#until = options.until ?? Infinity;
    this.#file = new ClockFile(options.file, options.startsAt);
    this.#clock = new SharedClock(this.#file.reachedBy);
    const { expected, activity } = options;
    this.#clients = new Clients({ expected, clock: () => ({ now: this.now(), rate: this.#rateTold }), onChange: () => this.#change() });
    this.#stopActivity = activity.onChange(() => {
      this.#changes += 1;
      if (activity.count === 0) this.#wake();
    });
    // Whoever does not wait for the end must not be stopped by its failure.
    this.finished.catch(() => undefined);
  }

  async start(): Promise<void> {
    this.#port = await this.#clients.listen(this.#options.port ?? 0);
    this.#loop = this.#run();
  }

  get port(): number {
    return this.#port;
  }

  /** The memory that functions in other threads read the time from. */
  get sharedClock(): SharedArrayBuffer {
    return this.#clock.buffer;
  }

  get mode(): 'real-time' | 'jump' | 'paused' {
    if (this.#goals.length > 0) return 'jump';
    return this.#paused ? 'paused' : this.#options.mode;
  }

  get rate(): number {
    return this.#rate;
  }

  /** The clients that time waits for right now. */
  get waitingFor(): readonly string[] {
    return this.#clients.waitingFor;
  }

  /** Product milliseconds since 1970. */
  now(): number {
    return this.#clock.now();
  }

  /** Time stands until `resume`; what is due now is still done. A skip under way ends here. */
  pause(): void {
    this.#paused = true;
    this.#leaveGoals();
    this.#change();
  }

  resume(): void {
    this.#paused = false;
    this.#change();
  }

  /** @param rate product ms per wall ms, above 0 */
  setRate(rate: number): void {
    this.#rate = checkedRate(rate);
    this.#change();
  }

  /** Jumps from moment to moment until `durationMillis` of product time have passed, then goes on as before. Resolves when there. */
  skip(durationMillis: number): Promise<void> {
    return new Promise((reached) => {
      this.#goals.push({ at: this.now() + durationMillis, reached });
      this.#goals.sort((a, b) => a.at - b.at);
      this.#change();
    });
  }

  /** Time stops for good where it is now; `finished` resolves once everything that was under way has ended. */
  stopHere(): void {
    this.#until = Math.min(this.#until, this.now());
    this.#change();
  }

  /** Calls back when the clock jumps, stands, goes on or changes its rate. Answers how to stop that. */
  onTurn(listener: (now: number) => void): () => void {
    this.#turnListeners.add(listener);
    return () => this.#turnListeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#leaveGoals();
    this.#change();
    await this.#loop;
    this.#stopActivity();
    await this.#clients.close();
    this.#clock.run(0, 0);
    this.#file.write(this.now());
    this.#file.close();
  }

  #leaveGoals(): void {
    for (const { reached } of this.#goals.splice(0)) reached();
  }

  #change(): void {
    this.#changes += 1;
    this.#wake();
  }

  async #run(): Promise<void> {
    try {
      while (!this.#closed) {
        // Made before the step, so that a change during the step is not slept through.
        const changed = new Promise<void>((resolve) => (this.#wake = resolve));
        const waitMillis = this.mode === 'real-time' && this.now() < this.#until ? this.#runOn() : await this.#standStill();
        if (waitMillis > 0) await sleep(waitMillis, changed);
      }
    } catch (error) {
      this.#end?.failed(error);
    }
  }

  /** One look at running time. Answers after how many wall ms to look again. */
  #runOn(): number {
    const rate = this.#rate;
    const lead = Math.ceil(rate * BOUND_LEAD_WALL_MILLIS);
    const now = this.now();
    if (this.#firingSince === Infinity && this.#nextSchedule(now) <= now) void this.#fire(now);
    // At half the lead exactly as well: that moment is not waited for below.
    if (this.#file.reachedBy - now <= lead / 2) this.#file.write(now + lead);
    const heldAt = Math.min(this.#clients.behindSince, this.#firingSince) + Math.ceil(rate * LAG_MAX_WALL_MILLIS);
    this.#clock.run(heldAt > now ? rate : 0, Math.min(heldAt, this.#file.reachedBy, this.#until));
    this.#tellRate(heldAt > now ? rate : 0);
    this.#clients.tellDue();
    const moments = [this.#clients.next, this.#nextSchedule(now), heldAt, this.#file.reachedBy - lead / 2, this.#until];
    return (Math.min(...moments.filter((moment) => moment > now)) - now) / rate;
  }

  /** One look at standing time: does what is due, then goes to the next moment if it may. Answers 0 to be called again at once. */
  async #standStill(): Promise<number> {
    this.#clock.run(0, 0);
    this.#tellRate(0);
    this.#countSteps(this.#clients.tellDue());
    if (!(await this.#isQuiet())) return Infinity;
    const now = this.now();
    if (this.#nextSchedule(now) <= now) {
      this.#countSteps(1);
      await this.#fire(now);
      return 0;
    }
    if (now >= this.#until) {
      this.#end?.reached();
      this.#leaveGoals();
      return Infinity;
    }
    const [goal] = this.#goals;
    if (goal !== undefined && goal.at <= now) {
      this.#goals.shift()?.reached();
      return 0;
    }
    const target = Math.min(this.#clients.next, this.#nextSchedule(now), this.#until, goal?.at ?? Infinity);
    if (this.mode !== 'jump' || target === Infinity) return Infinity;
    this.#jump(target);
    return 0;
  }

  #jump(target: number): void {
    this.#file.write(target);
    this.#clock.jump(target);
    this.#stepsAtInstant = 0;
    this.#tellAll();
  }

  /** True when nothing is under way and nothing has begun in the meantime. */
  async #isQuiet(): Promise<boolean> {
    const changes = this.#changes;
    for (let round = 0; round < QUIET_ROUNDS; round += 1) {
      const busy = this.#options.activity.count > 0 || this.#firingSince !== Infinity || this.#clients.waitingFor.length > 0;
      if (busy || changes !== this.#changes) return false;
      await macrotask();
    }
    return changes === this.#changes && this.#clients.next > this.now();
  }

  #nextSchedule(now: number): number {
    return this.#options.schedules.next(now) ?? Infinity;
  }

  async #fire(now: number): Promise<void> {
    this.#firingSince = now;
    try {
      await this.#options.schedules.fire(now);
    } catch (error) {
      reportTrouble(`schedules due at ${new Date(now).toISOString()}`, error);
      await delay(TROUBLE_MILLIS);
    } finally {
      this.#firingSince = Infinity;
      this.#change();
    }
  }

  #countSteps(steps: number): void {
    this.#stepsAtInstant += steps;
    if (this.#stepsAtInstant > STEPS_PER_INSTANT_MAX) {
      throw new Error(`time cannot leave ${new Date(this.now()).toISOString()}: a client or a schedule is due again at once, each time`);
    }
  }

  #tellRate(rate: number): void {
    if (rate === this.#rateTold) return;
    this.#rateTold = rate;
    this.#tellAll();
  }

  #tellAll(): void {
    this.#clients.tellAll();
    for (const listener of [...this.#turnListeners]) listener(this.now());
  }
}

function checkedRate(rate: number): number {
  if (!(rate > 0 && rate <= RATE_MAX)) throw new Error(`expected a rate above 0 and up to ${RATE_MAX}, not ${rate}`);
  return rate;
}

/** At most as long as a timer can be set. */
async function sleep(wallMillis: number, changed: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, Math.min(wallMillis, 2 ** 31 - 1))));
  await Promise.race([changed, over]);
  clearTimeout(timer);
}

/** Listens on 127.0.0.1; time goes on at once, as far as expected clients allow. */
export async function openConductor(options: ConductorOptions): Promise<Conductor> {
  const conductor = new Conductor(options);
  await conductor.start();
  return conductor;
}

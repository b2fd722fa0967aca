/**
 * Schedules on the product's time, in the syntax of EventBridge (User Guide, “Schedule expressions for rules”), always in UTC.
 * There are no timers in here: the conductor asks what is next and what is due.
 */
import { Cron } from 'croner';

export interface ScheduledRule {
  readonly name: string;
  /** `rate(15 minutes)` or `cron(0 6 * * ? *)`. */
  readonly expression: string;
}

export interface Due {
  readonly name: string;
  /** Product time in milliseconds. */
  readonly atMillis: number;
}

/** The first firing strictly after an instant, in milliseconds; Infinity when there is none any more. */
type NextAfter = (afterMillis: number) => number;

const UNIT_MILLIS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** @throws Error naming the expression and what in it is not understood */
export const nextFiring = (expression: string, afterMillis: number): number => compileSchedule(expression)(afterMillis);

export function compileSchedule(expression: string): NextAfter {
  const [, kind, argument = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  const refuse = (reason: string) => new Error(`the schedule ${expression}: ${reason}`);
  if (kind === 'rate') return compileRate(argument, refuse);
  if (kind === 'cron') return compileCron(argument, refuse);
  throw refuse('expected rate(…) or cron(…)');
}

/**
 * EventBridge counts from the creation of the rule; here firings are the multiples of the period since 1970, so that a restart keeps
 * the rhythm without anything to remember.
 */
function compileRate(argument: string, refuse: (reason: string) => Error): NextAfter {
  const [, amount = '', unit = '', plural = ''] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(argument) ?? [];
  const unitMillis = UNIT_MILLIS[unit];
  if (unitMillis === undefined) throw refuse('a rate is a whole number and minutes, hours or days');
  if ((amount === '1') === (plural === 's')) throw refuse('the unit of a rate is singular for 1 and plural otherwise');
  const periodMillis = Number(amount) * unitMillis;
  return (afterMillis) => (Math.floor(afterMillis / periodMillis) + 1) * periodMillis;
}

interface Field {
  readonly name: string;
  readonly allowed: RegExp;
  readonly min: number;
  readonly max: number;
}

const FIELDS: readonly Field[] = [
  { name: 'minutes', allowed: /^[\d,\-*/]+$/, min: 0, max: 59 },
  { name: 'hours', allowed: /^[\d,\-*/]+$/, min: 0, max: 23 },
  { name: 'day of month', allowed: /^([\d,\-*/]+|\?|L|\d+W)$/, min: 1, max: 31 },
  { name: 'month', allowed: /^(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|[\d,\-*/])+$/i, min: 1, max: 12 },
  { name: 'day of week', allowed: /^((SUN|MON|TUE|WED|THU|FRI|SAT|[\d,\-*/])+|\?|\dL|\d#[1-5])$/i, min: 1, max: 7 },
  { name: 'year', allowed: /^[\d,\-*/]+$/, min: 1970, max: 2199 },
];

/** Croner knows `L`, `W` and `#` as AWS means them, and counts the days of the week from 1 = Sunday when told to. */
function compileCron(argument: string, refuse: (reason: string) => Error): NextAfter {
  const fields = argument.split(' ');
  if (fields.length !== FIELDS.length) throw refuse('cron takes six fields: minutes, hours, day of month, month, day of week, year');
  if ((fields[2] === '?') === (fields[4] === '?')) throw refuse('either the day of month or the day of week must be ?');
  const translated = FIELDS.map((field, index) => translateField(field, fields[index] ?? '', refuse));
  try {
    const cron = new Cron(`0 ${translated.join(' ')}`, { timezone: 'UTC', mode: '7-part', alternativeWeekdays: true, paused: true });
    return (afterMillis) => cron.nextRun(new Date(afterMillis))?.getTime() ?? Infinity;
  } catch (cause) {
    throw new Error(refuse(cause instanceof Error ? cause.message : String(cause)).message, { cause });
  }
}

/** `a/b` means every b from a to the end, which Croner writes as a range. Croner's own limits are wider, so ours are checked here. */
function translateField({ name, allowed, min, max }: Field, text: string, refuse: (reason: string) => Error): string {
  const values = text.replaceAll(/[/#]\d+/g, '').match(/\d+/g) ?? [];
  if (!allowed.test(text) || values.some((value) => Number(value) < min || Number(value) > max)) throw refuse(`the ${name} ${text} is not understood here`);
  return text.replaceAll(/(^|,)(\d+)\//g, `$1$2-${max}/`);
}

export class Schedules {
  readonly #rules: readonly { readonly name: string; readonly nextAfter: NextAfter }[];
  #toldUntilMillis: number;

  /** @param sinceMillis product time up to which everything that was due has been carried out */
  constructor(rules: readonly ScheduledRule[], sinceMillis: number) {
    this.#rules = rules.map(({ name, expression }) => ({ name, nextAfter: compileSchedule(expression) }));
    this.#toldUntilMillis = sinceMillis;
  }

  /** The next moment after `nowMillis` at which a rule fires; Infinity when none does. */
  next(nowMillis: number): number {
    return Math.min(...this.#rules.map(({ nextAfter }) => nextAfter(nowMillis)));
  }

  /**
   * What has come due since the last call, earliest first. A rule that came due more than once is told once, with its latest moment: a
   * machine that slept has nothing to make up for, because what schedules start looks at everything that is due.
   */
  due(nowMillis: number): Due[] {
    const due = this.#rules.flatMap(({ name, nextAfter }) => {
      const atMillis = latestUntil(nextAfter, this.#toldUntilMillis, nowMillis);
      return atMillis === undefined ? [] : [{ name, atMillis }];
    });
    this.#toldUntilMillis = Math.max(this.#toldUntilMillis, nowMillis);
    return due.sort((a, b) => a.atMillis - b.atMillis);
  }
}

/** The latest firing in (after, until]. Halves the span, so that a year asleep costs a few dozen steps and not one for each minute. */
function latestUntil(nextAfter: NextAfter, afterMillis: number, untilMillis: number): number | undefined {
  let latest = nextAfter(afterMillis);
  if (latest > untilMillis) return undefined;
  let low = latest;
  let high = untilMillis;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const candidate = nextAfter(middle);
    if (candidate <= untilMillis) {
      latest = candidate;
      low = candidate;
    } else {
      high = middle;
    }
  }
  return latest;
}

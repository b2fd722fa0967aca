/** What every scenario of the backtest has in common: methods that each run over one item of a household, and what is counted there. */
import type { Range } from './options.ts';
import type { Pair } from './read-purchases.ts';

/** A test: everything before `splitDay` may be learnt from, everything from there to `endDay` (excluded) is counted. */
export interface Trial {
  readonly pair: Pair;
  readonly splitDay: number;
  readonly endDay: number;
  /** How long each order takes: from the evening of its day to the morning of another, at least the next. */
  readonly delays: Delays;
}

export interface Delays {
  readonly leadTimeDays: Range;
  readonly approvalHours: Range;
}

/** Sums over the days of the test. */
export interface Tally {
  readonly itemDays: number;
  readonly needs: number;
  readonly missed: number;
  /** Units on the shelf at each day's end, added up. */
  readonly unitDays: number;
  readonly orders: number;
  /** Of items with a level that falls between needs; 0 in the scenario purchases. */
  readonly stockoutDays: number;
}
export const NOTHING: Tally = { itemDays: 0, needs: 0, missed: 0, unitDays: 0, orders: 0, stockoutDays: 0 };

/** One projected stockout beside what then happened. */
export interface Projection {
  /** The forecast's own, units a day. */
  readonly perDay: number;
  readonly isCovered: boolean;
  /** It ends beyond the horizon of a year: it says from when, and not until when. */
  readonly isOpen?: boolean | undefined;
}

export interface Ran {
  readonly tally: Tally;
  readonly projections?: readonly Projection[];
}

export interface Method {
  readonly name: string;
  /** Ours, something to beat, or what is possible at all. */
  readonly kind: 'ours' | 'other' | 'oracle';
  /** Its projections are printed; one method of a scenario has it. */
  readonly isCalibrated?: true;
  readonly run: (trial: Trial) => Ran;
}

export interface Column {
  readonly name: string;
  /** Figures over all items that were added up. */
  readonly value: (tally: Tally) => number;
  readonly digits: number;
}

export interface Scenario {
  readonly methods: readonly Method[];
  readonly columns: readonly Column[];
  /** Which items it is run on, beyond being known at the split. */
  readonly includes: (trial: Trial) => boolean;
  /** For a trade-off curve: the columns across and up, by name. */
  readonly curve: { readonly across: string; readonly up: string };
  /** Signals from outside are tried beside it. */
  readonly triesSignals?: true;
  /** What the figures are measured against, in one sentence each. */
  readonly goals: readonly string[];
}

export const add = (a: Tally, b: Tally): Tally => ({
  itemDays: a.itemDays + b.itemDays,
  needs: a.needs + b.needs,
  missed: a.missed + b.missed,
  unitDays: a.unitDays + b.unitDays,
  orders: a.orders + b.orders,
  stockoutDays: a.stockoutDays + b.stockoutDays,
});

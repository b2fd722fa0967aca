/** What a first guess is worth: the first ten uses of every item, forecast and kept on a shelf from each guess in turn. */
import { beginnerOf } from '../backtest/ours.ts';
import { add, NOTHING, type Delays, type Tally } from '../backtest/scenario.ts';
import { keepShelf } from '../backtest/shelf.ts';
import { newDemand, noteUse } from '../../../shared/supply/demand.ts';
import { demandForecast } from '../../../shared/supply/forecast/demand-forecast.ts';
import { instantOf, type Instant } from '../../../shared/values.ts';
import type { Item } from './items.ts';

export interface FirstGuess {
  readonly perDay: number;
  readonly confidenceDays: number;
}

export interface ColdStart {
  /** −log2 P(the next use comes on the day on which it came): of the first use, and of all of the first ten. */
  readonly firstBits: number;
  readonly bits: number;
  readonly items: number;
  readonly uses: number;
  readonly tally: Tally;
}
export const NOTHING_YET: ColdStart = { firstBits: 0, bits: 0, items: 0, uses: 0, tally: NOTHING };

const USES = 10;
const DAY = 86_400_000;
const [NOON, EVENING] = [0.5, 0.75];
const at = (day: number, time: number): Instant => instantOf((day + time) * DAY);
const DELAYS: Delays = { leadTimeDays: { least: 3, most: 3 }, approvalHours: { least: 0, most: 0 } };
/** What comes on a day that was held to be impossible costs no more than this chance. */
const CHANCE_MIN = 1e-6;

/** @param keepsShelf a shelf is kept for it too, which takes a hundred times as long */
export function coldStart(item: Item, guess: FirstGuess, keepsShelf: boolean): ColdStart {
  const [first, ...later] = item.pair.needs;
  const uses = later.slice(0, USES);
  const last = uses.at(-1);
  if (first === undefined || last === undefined) return NOTHING_YET;
  const bits = bitsOf(first.day, uses, guess);
  const trial = { pair: { ...item.pair, needs: uses }, splitDay: first.day + 1, endDay: last.day + 1, delays: DELAYS };
  const tally = keepsShelf ? keepShelf(trial, beginnerOf(trial, guess)) : NOTHING;
  return { firstBits: bits[0] ?? 0, bits: bits.reduce((sum, one) => sum + one, 0), items: 1, uses: bits.length, tally };
}

/** Looking ahead each evening on which something was used, knowing nothing of later days. */
function bitsOf(firstDay: number, uses: Item['pair']['needs'], guess: FirstGuess): number[] {
  let demand = newDemand({ ...guess, portion: 1, asOf: at(firstDay, EVENING) });
  let before = firstDay;
  return uses.map(({ day, count }) => {
    const forecast = demandForecast(demand, true, at(before, EVENING));
    // From midnight to midnight.
    const days = day - before - EVENING;
    const chance = forecast.usedUp(1, days + 1) - forecast.usedUp(1, days);
    demand = noteUse(demand, count, at(day, NOON));
    before = day;
    return -Math.log2(Math.max(CHANCE_MIN, chance));
  });
}

export const together = (a: ColdStart, b: ColdStart): ColdStart => ({
  firstBits: a.firstBits + b.firstBits,
  bits: a.bits + b.bits,
  items: a.items + b.items,
  uses: a.uses + b.uses,
  tally: add(a.tally, b.tally),
});

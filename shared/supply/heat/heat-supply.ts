/** Heating in a supply's life: whose consumption follows the season, and what each reading of its tank or burner teaches. */
import type { Instant } from '../../values.ts';
import type { Balance, Sample } from '../balance.ts';
import { consumptionPerDay } from '../demand.ts';
import type { DailyCelsius } from './heat-outdoor.ts';
import { withOutdoorHeard } from './heat-trial.ts';
import { filledTank, learnHeat, newHeat, readTank, type Heat } from './heat.ts';
import { outstandingOf } from '../stock.ts';
import type { Supply } from '../supply.ts';

/** A counter that errs by a tenth still knows its delivery again. */
const DELIVERY_TOLERANCE = 0.1;

/** A step of the sensor hides as much as a uniform error of its width. */
const deviationOf = (supply: Supply, { uncertainty }: Sample): number => Math.hypot(uncertainty, (supply.settings.resolution ?? 0) / Math.sqrt(12));

/** What a shop has said of goods that are now seen: in the house by its word, or still on their way. */
function deliveredIn(supply: Supply, { refill, noise }: Balance): number | undefined {
  const onTheWay = Math.max(0, outstandingOf(supply) - supply.early);
  const near = (amount: number): boolean => amount > 0 && Math.abs(refill - amount) <= Math.max(noise, DELIVERY_TOLERANCE * amount);
  return [supply.pantry, supply.pantry + onTheWay, onTheWay].find(near);
}

interface Read {
  readonly before: Supply;
  readonly sample: Sample;
  readonly balance: Balance;
  /** What is known of the weather around now. */
  readonly outside?: readonly DailyCelsius[];
}

/** @param after the supply as the reading has left it, of which only `heat` is changed */
export function withHeatLearnt(after: Supply, read: Read): Supply {
  const { before, sample, balance, outside } = read;
  const { lastReading: last } = before;
  const heat = before.heat ?? (isHeating(before) ? newHeat({ perDay: consumptionPerDay(before.demand), asOf: last?.sampledAt ?? sample.at }) : undefined);
  if (heat === undefined) return after;
  const used = last === undefined || balance.refill > 0 ? balance.used : (balance.used ?? before.onHand - sample.level);
  return { ...after, heat: withOutdoorHeard(heat, learnt(heat, read), { celsius: sample.outdoorCelsius, days: outside, used, at: sample.at }) };
}

function learnt(heat: Heat, { before, sample, balance }: Read): Heat {
  const deviation = deviationOf(before, sample);
  const { level, at } = sample;
  if (before.lastReading === undefined) return anew(heat, { level, deviation, at });
  if (balance.used !== undefined) return counted(heat, { before, sample, balance });
  const delivered = balance.refill > 0 ? deliveredIn(before, balance) : undefined;
  return readTank(heat, { level, deviation, at, delivered, anew: balance.refill > 0 && delivered === undefined });
}

/** What another sensor counted, and how it erred, says nothing of this one. */
function anew(heat: Heat, reading: { level: number; deviation: number; at: Instant }): Heat {
  const { counted: _counted, perCounted: _perCounted, ...kept } = readTank(heat, { ...reading, anew: true });
  return { ...kept, filled: { level: reading.level, counted: 0 } };
}

function counted(heat: Heat, { before, sample, balance }: Read): Heat {
  const { used = 0, refill } = balance;
  // Nobody could have used more than there was.
  const couldUse = used > 0 || before.onHand >= before.demand.portion;
  const taught = couldUse ? learnHeat(heat, { consumed: used, from: before.lastReading?.sampledAt ?? heat.asOf, to: sample.at }) : heat;
  if (refill <= 0) return taught;
  const filling = { before: Math.max(0, sample.level - refill), after: sample.level, deviation: deviationOf(before, sample) };
  return filledTank(taught, { ...filling, delivered: deliveredIn(before, balance) });
}

/** Oil by volume, pellets by weight: what is counted by the piece does not follow the weather. */
export const isHeating = ({ productLine, deviceType, unit }: Pick<Supply, 'productLine' | 'deviceType' | 'unit'>): boolean =>
  (productLine === 'heating' || deviceType === 'heating') && unit !== 'piece';

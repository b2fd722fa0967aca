/**
 * What a person says of a supply: how much is in the house, what came or went by hand, what was thrown away. A sensor's word about its
 * slot stands; a person corrects what stands beside it. Goods of an order are counted once, whoever sees them first: the shop, a sensor
 * or somebody with a barcode scanner.
 */
import { daysBetween, ignored, rejected, type Instant, type Outcome } from '../values.ts';
import { learn, noteUse } from './demand.ts';
import { hearCount } from './trust/doubt-sensor.ts';
import { withDueAt } from './due.ts';
import { learnHeat } from './heat/heat.ts';
import { settleNeed, type SupplyEvent } from './need.ts';
import { arrivedLately, noteArrival, watchEmptySlot } from './pantry.ts';
import { noteRegret } from './automation/regret.ts';
import { scored } from './automation/score-cycle.ts';
import { isEveryUseTold, roundAmount, stockAt, type Stock } from './stock.ts';
import type { Supply } from './supply.ts';

/** `handId` is made by whoever says it; amounts are in the supply's base unit and not negative. */
export type HandCommand = { readonly handId: string; readonly amount: number } & (
  | {
      readonly type: 'count';
      /** Whether goods on their way are among it; without it, a surplus is taken to be them. */ readonly arrived?: boolean | undefined;
    }
  | { readonly type: 'add' | 'use' | 'spoil' }
);

/** Whoever repeats an entry does so within minutes; so many others of one supply do not come between. */
const IDS_KEPT = 32;
/** Within a day it says more when somebody happens to count than what is used. */
const TEACHES_AFTER_DAYS = 1;

export function takeByHand(supply: Supply, command: HandCommand, now: Instant): Outcome<Supply, SupplyEvent> {
  if (supply.removedAt !== undefined) return rejected('removed');
  if (supply.handIds?.includes(command.handId)) return ignored('known');
  const before = stockAt(supply, now);
  const applied = APPLY[command.type](supply, command, { stock: before, now });
  const heard = command.type === 'count' ? hearCount(applied, { amount: command.amount, slot: supply.onHand, now }) : { supply: applied, events: [] };
  const taken = heard.supply;
  const remembered: Supply = { ...taken, handIds: [...(supply.handIds ?? []), command.handId].slice(-IDS_KEPT) };
  // Whoever has just looked has seen what stands beside an empty slot.
  delete remembered.slotEmptySince;
  const settled = settleNeed(
    { supply: watchEmptySlot(remembered, now), events: [said(supply, command, before, stockAt(remembered, now)), ...heard.events] },
    now,
    'person',
  );
  const judged = scored(supply, settled, now, 'person');
  return { kind: 'changed', state: withDueAt(judged.supply, now), events: judged.events };
}

function said({ householdId, supplyId, unit }: Supply, { type, amount }: HandCommand, before: Stock, after: Stock): SupplyEvent {
  const data = { householdId, supplyId, unit, amount };
  if (type === 'spoil') return { type: 'supply.spoiled', data };
  const inHouse = { expected: roundAmount(before.onHand + before.pantry), inHouse: roundAmount(after.onHand + after.pantry) };
  return { type: 'supply.counted', data: { ...data, how: type, ...inHouse } };
}

interface Moment {
  readonly stock: Stock;
  readonly now: Instant;
}
const APPLY: Record<HandCommand['type'], (supply: Supply, command: HandCommand, at: Moment) => Supply> = { count, add, use, spoil };

function count(supply: Supply, command: HandCommand, { stock, now }: Moment): Supply {
  const { amount } = command;
  const surplus = Math.max(0, amount - stock.onHand - stock.pantry);
  const arrived = command.type === 'count' ? command.arrived : undefined;
  // Without a word it is taken to be the order: counted twice it would hide that the house runs out.
  const early = arrived === false ? 0 : arrived === true ? stock.onOrder : Math.min(stock.onOrder, surplus);
  const seen = noteArrival({ ...supply, early: roundAmount(supply.early + early), countedAt: now }, early, now);
  if (supply.lastReading !== undefined) return besideTheSlot(seen, amount, Math.max(0, amount - stock.onHand), { stock, now });
  const { counted } = supply;
  const used = (counted?.stock ?? 0) - amount;
  const isTelling = counted !== undefined && used >= 0 && counted.stock >= supply.demand.portion;
  const taught = isTelling ? learnUse(seen, used, now) : { ...seen, counted: { stock: amount, asOf: now, used: 0 } };
  return inTheHouse({ ...taught, ...(taught.counted && { counted: { ...taught.counted, stock: amount } }) }, amount, now);
}

function add(supply: Supply, { amount }: HandCommand, { stock, now }: Moment): Supply {
  const lately = arrivedLately(supply, now);
  const known = Math.min(lately, amount);
  const fresh = amount - known;
  const early = Math.min(stock.onOrder, fresh);
  const next: Supply = { ...supply, early: roundAmount(supply.early + early) };
  if (supply.arrived && lately > known) next.arrived = { ...supply.arrived, amount: roundAmount(lately - known) };
  else delete next.arrived;
  const inHouse = stock.onHand + stock.pantry + fresh;
  if (supply.lastReading !== undefined) return besideTheSlot(next, inHouse, supply.pantry + fresh, { stock, now });
  if (next.counted) next.counted = { ...next.counted, stock: next.counted.stock + fresh };
  return inTheHouse(next, Math.min(inHouse, atMost(next)), now);
}

/** A pack that is said to be empty teaches what is used, and what was counted less that pack is what is left. */
function use(supply: Supply, { amount }: HandCommand, at: Moment): Supply {
  if (supply.lastReading !== undefined || !supply.counted) return without(supply, amount, at);
  const taught = isEveryUseTold(supply) ? noteTold(supply, amount, at.now) : learnUse(supply, amount, at.now);
  const counted = taught.counted && { ...taught.counted, stock: taught.counted.stock - amount };
  const next = { ...taught, ...(counted && { counted }) };
  return inTheHouse(next, atMost(next), at.now);
}

/** Where every use is told, what is used beyond the stock was got elsewhere: the count was not wrong. */
function noteTold(supply: Supply, amount: number, now: Instant): Supply {
  const stock = Math.max(amount, supply.counted?.stock ?? 0);
  return { ...supply, demand: noteUse(supply.demand, amount, now), counted: { stock, asOf: now, used: 0 } };
}

/** What is thrown away was not used: it teaches nothing. */
function spoil(supply: Supply, { amount }: HandCommand, at: Moment): Supply {
  const { counted } = supply;
  const regret = noteRegret(supply.regret, 'spoiled', amount, at.now);
  return without({ ...supply, regret, ...(counted && { counted: { ...counted, stock: counted.stock - amount } }) }, amount, at);
}

function without(supply: Supply, amount: number, { stock, now }: Moment): Supply {
  const left = Math.max(0, stock.onHand + stock.pantry - amount);
  if (supply.lastReading === undefined) return inTheHouse(supply, left, now);
  return besideTheSlot(supply, left, Math.max(0, supply.pantry - amount), { stock, now });
}

/** More than what was counted, with what came and went by hand since, cannot be there. */
const atMost = ({ counted }: Supply): number => (counted ? Math.max(0, counted.stock) : Infinity);

/** Of a supply that nothing has sensed yet: one amount in the house, from which the model reckons on. */
const inTheHouse = (supply: Supply, amount: number, now: Instant): Supply => ({ ...supply, onHand: roundAmount(amount), pantry: 0, sampledAt: now });

/** The slot is the sensor's; while that is silent, the model reckons on from the person's word. */
function besideTheSlot(supply: Supply, inHouse: number, pantry: number, { stock, now }: Moment): Supply {
  const next = { ...supply, pantry: roundAmount(pantry) };
  return stock.modelled ? { ...next, estimate: { stock: roundAmount(inHouse), asOf: now } } : next;
}

function learnUse(supply: Supply, used: number, now: Instant): Supply {
  const { counted } = supply;
  if (!counted) return supply;
  const consumed = counted.used + used;
  if (daysBetween(counted.asOf, now) < TEACHES_AFTER_DAYS) return { ...supply, counted: { ...counted, used: roundAmount(consumed) } };
  const seen = { consumed, from: counted.asOf, to: now };
  const heat = supply.heat && learnHeat(supply.heat, seen);
  return { ...supply, demand: learn(supply.demand, seen), ...(heat && { heat }), counted: { ...counted, asOf: now, used: 0 } };
}

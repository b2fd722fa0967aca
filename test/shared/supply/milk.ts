/** Anna's milk, as the tests of its supply meet it: litres on the wire, millilitres in the state. */
import type { Reading } from '../../../shared/device/telemetry.ts';
import { readingSchema } from '../../../shared/device/telemetry.ts';
import { orderForSupplySchema, type OrderForSupply } from '../../../shared/supply/follow-order.ts';
import { newSupply, supplyConfigSchema } from '../../../shared/supply/new-supply.ts';
import { needIdOf } from '../../../shared/supply/need.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { addDuration, duration, instantSchema, type Instant, type Outcome } from '../../../shared/values.ts';

export const START = instantSchema.parse('2026-03-02T06:00:00.000Z');
export const after = (hours: number): Instant => addDuration(START, duration(hours, 'hours'));

/** 750 ml a day in glasses of 200 ml, delivery in 1.2 days: reordered at some 2 l. */
export const milkConfig = {
  supplyId: 'sup_milk',
  householdId: 'hh_anna',
  thing: 'fridge-anna',
  slot: 'milk',
  name: 'milk',
  productLine: 'groceries',
  unit: 'ml',
  products: [{ gtin: '4006381333931', pack: { amount: 1_000, unit: 'ml' } }],
  settings: { serviceLevel: 0.95, coverDays: 5, capacity: 6_000, resolution: 50, packsMax: 6 },
  perDay: 750,
  portion: 200,
  confidenceDays: 28,
  leadTime: { meanDays: 1.2, sdDays: 0.3 },
  onHand: 4_000,
};
export const milk = (changes: object = {}): Supply => newSupply(supplyConfigSchema.parse({ ...milkConfig, ...changes }), START);
/** The same without a sensor. */
export const cellarMilk = (changes: object = {}): Supply => milk({ thing: undefined, slot: undefined, ...changes });

export const reading = (seq: number, hours: number, litres: number, more: object = {}): Reading =>
  readingSchema.parse({ bootId: 1, seq, sampledAt: after(hours), slot: 'milk', level: { amount: litres, unit: 'l' }, uncertainty: 0.02, ...more });

export const order = (supply: Supply, orderVersion: number, standing: OrderForSupply['standing'], more: object = {}): OrderForSupply =>
  orderForSupplySchema.parse({ orderId: 'ord_1', orderVersion, needId: needIdOf(supply), standing, outstanding: 0, received: 0, ...more });

/** The state after an outcome that must have changed something. */
export function changed<State, Event>(outcome: Outcome<State, Event>): { state: State; events: readonly Event[] } {
  if (outcome.kind !== 'changed') throw new Error(`expected a change, got ${outcome.kind}: ${outcome.reason}`);
  return outcome;
}

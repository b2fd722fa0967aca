/** Caps to begin with, from what a household uses; a person may set others. No schema here: the app's grant page runs it. */

export interface SuppliedCost {
  /** Cents that a month's use costs at today's prices. */
  readonly perMonthMinor: number;
  /** Cents that one filling of the shelf costs. */
  readonly fillingMinor: number;
}

/** A quarter more than expected: prices move, and so does a household. */
const ROOM = 1.25;
/** Delivery of an order, of about four a month: what our shops take is between 2.90 € and 4.90 €. */
const DELIVERY_MINOR = 500;
const ORDERS_A_MONTH = 4;
const STEP_MINOR = 500;

/** In steps of 5 €: one order may fill every shelf at once, and a month is never less than one order. */
export function suggestCaps(costs: readonly SuppliedCost[]): { perOrderMinor: number; perMonthMinor: number } {
  const filling = costs.reduce((sum, { fillingMinor }) => sum + fillingMinor, 0);
  const month = costs.reduce((sum, { perMonthMinor }) => sum + perMonthMinor, 0);
  const perOrderMinor = inSteps(filling * ROOM + DELIVERY_MINOR);
  return { perOrderMinor, perMonthMinor: Math.max(perOrderMinor, inSteps(month * ROOM + ORDERS_A_MONTH * DELIVERY_MINOR)) };
}

const inSteps = (minor: number): number => Math.max(1, Math.ceil(minor / STEP_MINOR)) * STEP_MINOR;

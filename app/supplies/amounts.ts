/** Amounts as people type them: litres and kilograms for what is kept in millilitres and grams. */
import type { BaseUnit, Unit } from '../../shared/values.ts';

const TYPED: Record<BaseUnit, { readonly unit: Unit; readonly factor: number }> = {
  ml: { unit: 'l', factor: 1_000 },
  g: { unit: 'kg', factor: 1_000 },
  piece: { unit: 'piece', factor: 1 },
};
/** Nobody measures finer by hand. */
const STEPS = 1_000;

export const typedUnit = (unit: BaseUnit): Unit => TYPED[unit].unit;
export const typedAmount = (amount: number, unit: BaseUnit): number => Math.round((amount / TYPED[unit].factor) * STEPS) / STEPS;

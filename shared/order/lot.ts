/** Lots (batches) of goods as shops and recalls name them: what is printed on the pack, written by two people. */
import { z } from 'zod';
import { gtinSchema, type Gtin } from '../values.ts';

export const lotSchema = z.string().min(1).max(40);
export const LOTS_MAX = 100;

/** Packs of a product that came, or are on their way, out of one lot. */
export const lotPacksSchema = z.strictObject({ gtin: gtinSchema, lot: lotSchema, packs: z.int().min(1).max(99) });
export type LotPacks = z.infer<typeof lotPacksSchema>;

/** `l 42-a` is `L42-A`: capitals and spaces are how somebody writes, not another lot. */
const written = (lot: string): string => lot.replaceAll(/\s+/g, '').toUpperCase();
export const isSameLot = (a: string, b: string): boolean => written(a) === written(b);

export interface LotLine {
  readonly gtin: Gtin;
  readonly quantity: number;
  readonly lot?: string | undefined;
}

/** What is said later of a product replaces what was said of it before; of a product without a lot nothing new is said. */
export function withLots(before: readonly LotPacks[] | undefined, lines: readonly LotLine[]): readonly LotPacks[] {
  const said = new Map<string, LotPacks>();
  for (const { gtin, quantity, lot } of lines) {
    if (lot === undefined || quantity === 0) continue;
    const key = `${gtin}/${written(lot)}`;
    said.set(key, { gtin, lot, packs: Math.min(99, quantity + (said.get(key)?.packs ?? 0)) });
  }
  const named = new Set<Gtin>(Array.from(said.values(), ({ gtin }) => gtin));
  return [...(before ?? []).filter(({ gtin }) => !named.has(gtin)), ...said.values()].slice(0, LOTS_MAX);
}

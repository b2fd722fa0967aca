/** Where each line of an order stands: packs as ordered, as the shop now promises, as handed over, and as sent back. */
import { z } from 'zod';
import { baseQuantitySchema, lineReasonSchema, type LineItem, type Quote } from '../event-parts.ts';
import { gtinSchema, instantSchema, moneySchema, type Gtin } from '../values.ts';
import { packsPerProduct, type AnsweredLine } from './response.ts';

const packs = z.int().min(0).max(99);

/** Packs of one line of the quote, at the same index. */
export const lineProgressSchema = z.strictObject({
  ordered: z.int().min(1).max(99),
  current: packs,
  fulfilled: packs,
  /** Of those handed over; absent: none. */
  returned: packs.optional(),
  /** Of those still to come. */
  backOrdered: z.strictObject({ packs: z.int().min(1).max(99), expectedAt: instantSchema }).optional(),
  /** Why it does not come as it was ordered. */
  reason: lineReasonSchema.optional(),
  /** What has been agreed to instead. */
  substitute: z
    .strictObject({ gtin: gtinSchema, pack: baseQuantitySchema, unitPrice: moneySchema, current: packs, fulfilled: packs, returned: packs.optional() })
    .optional(),
});
export type LineProgress = z.infer<typeof lineProgressSchema>;

export const linesAsOrdered = (quote: Quote): LineProgress[] => quote.lineItems.map(({ quantity }) => ({ ordered: quantity, current: quantity, fulfilled: 0 }));

export interface PacksOfLine {
  readonly own: number | undefined;
  /** Of what comes instead. */
  readonly other: number | undefined;
}

/**
 * An answer names products, an order has lines: packs fill the lines of a product from the first one on, those that something else replaces
 * last. Undefined: not named.
 */
export function packsPerLine(lineItems: readonly LineItem[], lines: readonly LineProgress[], answered: readonly AnsweredLine[]): PacksOfLine[] {
  const left = packsPerProduct(answered);
  const own = new Map<number, number>();
  const inOrder = [...lineItems.keys()].sort((a, b) => Number(lines[a]?.substitute !== undefined) - Number(lines[b]?.substitute !== undefined) || a - b);
  for (const index of inOrder) {
    const item = lineItems[index];
    const packsLeft: number | undefined = item && left.get(item.gtin);
    if (item === undefined || packsLeft === undefined) continue;
    const here = Math.min(packsLeft, item.quantity);
    left.set(item.gtin, packsLeft - here);
    own.set(index, here);
  }
  return lineItems.map((_, index) => {
    const substitute = lines[index]?.substitute;
    return { own: own.get(index), other: substitute && left.get(substitute.gtin) };
  });
}

export type PacksField = 'current' | 'fulfilled' | 'returned';

/** @param unnamed what becomes of a product that the answer does not name */
export const filled = (line: LineProgress, field: PacksField, named: PacksOfLine | undefined, unnamed: 'stays' | 'none'): LineProgress => {
  const kept = (before: { readonly [Field in PacksField]?: number | undefined }): number => (unnamed === 'stays' ? (before[field] ?? 0) : 0);
  return {
    ...line,
    [field]: named?.own ?? kept(line),
    ...(line.substitute && { substitute: { ...line.substitute, [field]: named?.other ?? kept(line.substitute) } }),
  };
};

export const packsInstead = (line: Pick<LineProgress, 'substitute'> | undefined, field: PacksField): number => line?.substitute?.[field] ?? 0;

/** Whether something has been handed over, and nothing more is promised. */
export const isAllHere = (lines: readonly LineProgress[]): boolean =>
  lines.some((line) => line.fulfilled > 0 || packsInstead(line, 'fulfilled') > 0) &&
  lines.every((line) => line.fulfilled >= line.current && packsInstead(line, 'fulfilled') >= packsInstead(line, 'current'));

/** Per product, what the lines hold of it. */
export function packsByProduct(quote: Quote, lines: readonly LineProgress[], field: PacksField): Map<Gtin, number> {
  const found = new Map<Gtin, number>();
  const add = (gtin: Gtin, count: number) => found.set(gtin, (found.get(gtin) ?? 0) + count);
  for (const [index, { gtin }] of quote.lineItems.entries()) {
    const line = lines[index];
    add(gtin, line?.[field] ?? 0);
    if (line?.substitute) add(line.substitute.gtin, packsInstead(line, field));
  }
  return found;
}

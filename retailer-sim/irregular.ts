/**
 * What does not go by the book although nothing is wrong: a payment that is declined, goods that come in two parts, a pack that the driver takes back.
 * Drawn when the order comes in and written down with its plan, like everything that the shop will do.
 */
import { z } from 'zod';
import { chargeOf, feeOf, refundOf, type PlacedOrder } from './order.ts';

const HOUR = 3_600_000;
const instant = z.iso.datetime();
const lines = z.array(z.object({ gtin: z.string(), quantity: z.int().min(0) }));

export const irregularSchema = z.object({
  /** Without `paidAt` the order ends with it. */
  payment: z
    .object({ retryBefore: instant, paidAt: instant })
    .or(z.object({ ends: z.literal(true) }))
    .optional(),
  /** What comes first, when the rest is there, and what is charged until then. */
  firstPart: z.object({ lines, totalMinor: z.int().min(0), restAt: instant }).optional(),
  /** At the door; the money follows. */
  takenBack: z.object({ gtin: z.string(), quantity: z.int().min(1), refundMinor: z.int().min(1), at: instant, refundAt: instant }).optional(),
  /** It answers line by line, with what it would send instead. */
  isLineByLine: z.boolean().default(false),
});
export type Irregular = z.infer<typeof irregularSchema>;

/** Of orders, where the shop's share is 1. */
const SHARE = { ends: 0.2, waits: 0.3, parts: 1, takenBack: 0.6 } as const;

interface Course {
  readonly answerAt: number;
  readonly shipAt: number;
  readonly deliverAt: number;
  /** Nothing else is the matter with it. */
  readonly isPlain: boolean;
  readonly share: number;
  readonly dice: (what: string) => number;
}

export function irregularFor(order: PlacedOrder, { answerAt, shipAt, deliverAt, isPlain, share, dice }: Course): Irregular {
  const isLineByLine = dice('line by line') < share * 4;
  const happens = (what: keyof typeof SHARE): boolean => isPlain && dice(what) < SHARE[what] * share;
  if (happens('ends')) return { isLineByLine, payment: { ends: true } };
  if (happens('waits')) {
    const paidAt = answerAt + (shipAt - answerAt) / 2;
    return { isLineByLine, payment: { paidAt: iso(paidAt), retryBefore: iso(shipAt) } };
  }
  const restAt = deliverAt + 24 * HOUR;
  const firstPart = happens('parts') ? firstPartOf(order) : undefined;
  if (firstPart) return { isLineByLine, firstPart: { ...firstPart, restAt: iso(restAt) } };
  const line = order.lines.find(({ quantity, unitPriceMinor }) => quantity > 1 && unitPriceMinor > 0);
  if (line === undefined || !happens('takenBack')) return { isLineByLine };
  const refundMinor = refundOf(order, line.gtin, 1);
  // What cost nothing brings nothing back.
  if (refundMinor === 0) return { isLineByLine };
  const back = { gtin: line.gtin, quantity: 1, refundMinor };
  return { isLineByLine, takenBack: { ...back, at: iso(deliverAt), refundAt: iso(deliverAt + 30 * HOUR) } };
}

/** All lines but the last, or all packs but one. */
function firstPartOf(order: PlacedOrder): Omit<NonNullable<Irregular['firstPart']>, 'restAt'> | undefined {
  const ordered = order.lines;
  const last = ordered.at(-1);
  if (last === undefined || (ordered.length === 1 && last.quantity === 1)) return undefined;
  const first = ordered.map((line, index) => {
    const isLast = index === ordered.length - 1;
    const quantity = isLast ? (ordered.length === 1 ? line.quantity - 1 : 0) : line.quantity;
    return { gtin: line.gtin, quantity, minor: chargeOf(line, quantity) };
  });
  const goods = first.reduce((sum, { minor }) => sum + minor, 0);
  return { lines: first.map(({ gtin, quantity }) => ({ gtin, quantity })).filter(({ quantity }) => quantity > 0), totalMinor: goods + feeOf(order) };
}

/** Of each product what is left of the second after the first. */
export function rest(all: z.infer<typeof lines>, first: z.infer<typeof lines>): z.infer<typeof lines> {
  const left = new Map<string, number>();
  for (const { gtin, quantity } of all) left.set(gtin, (left.get(gtin) ?? 0) + quantity);
  for (const { gtin, quantity } of first) left.set(gtin, (left.get(gtin) ?? 0) - quantity);
  return [...left].map(([gtin, quantity]) => ({ gtin, quantity })).filter(({ quantity }) => quantity > 0);
}

const iso = (epochMillis: number): string => new Date(Math.round(epochMillis)).toISOString();

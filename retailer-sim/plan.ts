/**
 * What the shop will do with an order, decided when it comes in and written down with it: everything later only carries it out,
 * so a crash cannot change the shop's mind.
 */
import { z } from 'zod';
import { normal, type Chance } from './chance.ts';
import { intoDeliveryHours } from './delivery-hours.ts';
import { irregularFor, irregularSchema } from './irregular.ts';
import { isDeliveryToldLate, latenessMillis, mishapSchema, mishapsOf, type Mishap } from './mishaps.ts';
import { chargeOf, feeOf, objectionTo, type PlacedOrder } from './order.ts';
import { questionFor, questionSchema } from './question.ts';
import type { RetailerSettings } from './simulation.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

const instant = z.iso.datetime();
const lines = z.array(z.object({ gtin: z.string(), quantity: z.int().min(0) }));
export const planSchema = z.object({
  answer: z.enum(['order.accepted', 'order.changed', 'order.rejected', 'order.cancelled']),
  reason: z.string().optional(),
  answerAt: instant,
  /** What the customer is told, from the usual lead time. */
  promisedAt: instant,
  shipAt: instant,
  deliverAt: instant,
  /** What will be handed over; a quantity of 0 where a line fell away. */
  lines,
  totalMinor: z.int().min(0),
  /** What it will ask the customer, when an article has run short. */
  question: questionSchema.optional(),
  /** What will go wrong with it. */
  mishaps: z.array(mishapSchema).default([]),
  irregular: irregularSchema.default({ isLineByLine: false }),
});
export type Plan = z.infer<typeof planSchema>;

export function planFor(
  order: PlacedOrder,
  receivedAt: number,
  { catalogue, terms, temper, substitutes, perks, promotions }: RetailerSettings,
  chance: Chance,
  faults: readonly string[] = [],
  wished: readonly Mishap[] = [],
): Plan {
  const mishaps = [...new Set([...wished, ...mishapsOf(order.orderId, faults, temper.proneness ?? 1, chance)])];
  const dice = (what: string) => chance(order.orderId, what);
  const [answerLeast, answerMost] = temper.answerMinutes;
  const usualDelay = Math.round((answerLeast + (answerMost - answerLeast) * dice('answer time')) * MINUTE);
  const answerAt = receivedAt + delayWith(mishaps, usualDelay, order.orderId, chance);
  const leadTimeDays = terms.leadTimeDays + temper.leadTimeSdDays * normal(chance, order.orderId, 'lead time');
  // However the dice fall, packing and driving take an hour.
  const earliestAt = answerAt + 60 * MINUTE;
  const deliverAt = intoDeliveryHours(Math.max(Math.round(receivedAt + leadTimeDays * DAY), earliestAt), dice('tour'));
  const promisedAt = intoDeliveryHours(Math.max(Math.round(receivedAt + terms.leadTimeDays * DAY), earliestAt), dice('tour'));
  const shipAt = Math.round(answerAt + (deliverAt - answerAt) * (0.3 + 0.5 * dice('packing')));
  const answer = answerTo(order, { catalogue, terms, temper, perks, promotions, receivedAt }, mishaps, dice);
  const question = answer.answer === 'order.accepted' ? questionFor(order, { substitutes, share: temper.substitute, answerAt, shipAt, dice }) : undefined;
  const isPlain = answer.answer === 'order.accepted' && question === undefined && mishaps.length === 0;
  const irregular = irregularFor(order, { answerAt, shipAt, deliverAt, isPlain, share: temper.irregular, dice });
  return {
    ...answer,
    irregular,
    ...(question && { question }),
    answerAt: new Date(answerAt).toISOString(),
    promisedAt: new Date(promisedAt).toISOString(),
    shipAt: new Date(shipAt).toISOString(),
    deliverAt: new Date(deliverAt).toISOString(),
    mishaps,
  };
}

function delayWith(mishaps: readonly Mishap[], usual: number, orderId: string, chance: Chance): number {
  if (mishaps.includes('shop-answered-early')) return 0;
  return mishaps.includes('shop-answered-late') && !isDeliveryToldLate(orderId, chance) ? latenessMillis(orderId, chance) : usual;
}

type Answer = Pick<Plan, 'answer' | 'reason' | 'lines' | 'totalMinor'>;

function answerTo(
  order: PlacedOrder,
  settings: Pick<RetailerSettings, 'catalogue' | 'terms' | 'temper' | 'perks' | 'promotions'> & { readonly receivedAt: number },
  mishaps: readonly Mishap[],
  dice: (what: string) => number,
): Answer {
  const { reject, change } = settings.temper;
  const ordered = order.lines.map(({ gtin, quantity }) => ({ gtin, quantity }));
  const mood = dice('answer');
  const isSoldOut = mood < reject || mishaps.includes('shop-out-of-stock');
  const objection = objectionTo(order, settings, settings.receivedAt) ?? (isSoldOut ? 'out of stock' : undefined);
  if (objection !== undefined) return { answer: 'order.rejected', reason: objection, lines: ordered.map((line) => ({ ...line, quantity: 0 })), totalMinor: 0 };
  const short = Math.floor(dice('short line') * ordered.length);
  const fewer = ordered.map((line, index) => (index === short ? { ...line, quantity: line.quantity - 1 } : line));
  // One pack of one article can be sent or not sent, but not in part.
  if (mood < reject + change && fewer.some(({ quantity }) => quantity > 0)) {
    return { answer: 'order.changed', reason: 'less in stock than ordered', lines: fewer, totalMinor: totalOf(order, fewer) };
  }
  return { answer: 'order.accepted', lines: ordered, totalMinor: order.totalMinor };
}

/** For an order whose cancel came before it did. */
export const cancelledPlan = (order: PlacedOrder, receivedAt: number): Plan => {
  const at = new Date(receivedAt).toISOString();
  const lines = order.lines.map(({ gtin }) => ({ gtin, quantity: 0 }));
  const moments = { answerAt: at, promisedAt: at, shipAt: at, deliverAt: at };
  return { answer: 'order.cancelled', reason: 'cancelled before it came', ...moments, lines, totalMinor: 0, mishaps: [], irregular: { isLineByLine: false } };
};

/** The agreed delivery fee and the perks stay: with less in the parcel nothing may cost more than what was agreed to. */
const totalOf = (order: PlacedOrder, delivered: Plan['lines']): number =>
  order.lines.reduce((sum, line, index) => sum + chargeOf(line, delivered[index]?.quantity ?? 0), feeOf(order));

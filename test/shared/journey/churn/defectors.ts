/**
 * Households lived day by day from shelves, habits and moves, not from any purchase model: some stay, go on holiday, lose their connection or buy elsewhere now
 * and then; some leave, at once or little by little, with their devices running or not. What is known of them at a day is what the product would know.
 */
import { randomFrom } from '../../../../infra/local/backtest/random.ts';
import type { Home } from '../../../../shared/journey/churn/home.ts';
import type { Summary } from '../../../../shared/journey/fold/summary.ts';
import { lived, on, orders, step, type Step } from '../life.ts';

export const kindsOfLife = ['loyal', 'mixed', 'holiday', 'disconnected', 'slow', 'defects', 'fades', 'moves', 'gives-up'] as const;
type KindOfLife = (typeof kindsOfLife)[number];
const SHARES: Record<KindOfLife, number> = {
  ...{ loyal: 0.4, mixed: 0.1, holiday: 0.09, disconnected: 0.06, slow: 0.1 },
  ...{ defects: 0.11, fades: 0.05, moves: 0.05, 'gives-up': 0.04 },
};

export interface Lived {
  readonly kind: KindOfLife;
  readonly summary: Summary;
  readonly home: Home;
  /** Whether something came within twelve weeks after the day. */
  readonly boughtLater: boolean;
}

const DAYS_AFTER = 84;
type Random = () => number;
const between = (random: Random, least: number, most: number): number => least + random() * (most - least);

function kindFrom(random: Random): KindOfLife {
  let left = random();
  return kindsOfLife.find((kind) => (left -= SHARES[kind]) < 0) ?? 'loyal';
}

/** One life up to twelve weeks after `day`. */
function live(random: Random, day: number): Lived | undefined {
  const kind = kindFrom(random);
  const begins = Math.floor(between(random, 0, day - 60));
  // When it turns: leaves, goes on holiday, loses its connection.
  const turns = Math.floor(between(random, Math.max(begins + 40, day - 70), day - 3));
  const lasts = Math.floor(between(random, 8, kind === 'holiday' ? 24 : 35));
  const usePerDay = kind === 'slow' ? between(random, 0.02, 0.045) : between(random, 0.07, 0.3);
  const rhythm = between(random, 0.3, 0.9);
  const steps: Step[] = [step(on(begins), 'device.paired')];
  const deliveries: number[] = [];
  let [stock, arrives, lowSince, heard] = [0.9, -1, -1, begins];
  let silence: { since: number; until?: number } | undefined;
  let known: Home | undefined;
  for (let today = begins; today <= day + DAYS_AFTER; today += 1) {
    const hasTurned = today >= turns;
    const isAway = (kind === 'holiday' && hasTurned && today < turns + lasts) || (kind === 'moves' && hasTurned);
    const isSilent = isAway || (kind === 'disconnected' && hasTurned && today < turns + lasts) || (kind === 'gives-up' && today >= turns + 4);
    const hasLeft = hasTurned && (kind === 'defects' || kind === 'moves' || kind === 'gives-up');
    if (!isAway) stock = Math.max(0, stock - usePerDay * between(random, 1 - rhythm, 1 + rhythm));
    if (isSilent) silence ??= { since: heard };
    else heard = today;
    if (!isSilent && silence !== undefined) silence.until ??= today;
    if (today === arrives) {
      stock = 1;
      lowSince = -1;
      deliveries.push(today);
    }
    // A life of its own: who does not get it from us fetches it in town, and mixed ones do so anyway.
    const fetches =
      (hasLeft && kind !== 'moves' && stock < 0.25) ||
      (kind === 'mixed' && random() < 0.02) ||
      (kind === 'fades' && hasTurned && stock < 0.15 && random() < 0.4);
    if (fetches && today !== arrives) {
      stock = 1;
      lowSince = -1;
      if (!isSilent) steps.push(step(on(today, 11), 'supply.bought-elsewhere', { channel: 'store', phase: 'closing' }));
    }
    if (stock < 0.3 && lowSince < 0) lowSince = today;
    const asks = stock < 0.3 && !isSilent && today > arrives && (today - lowSince) % 4 === 0;
    if (asks) {
      const says = hasLeft ? 0 : kind === 'fades' && hasTurned ? Math.max(0, 1 - (today - turns) / 30) : 0.93;
      if (random() < says) arrives = today + 1 + Math.floor(between(random, 0, 3));
      else steps.push(step(on(today, 19), random() < 0.5 ? 'order.declined' : 'order.expired', { phase: 'conviction' }));
    }
    if (today === turns && (kind === 'defects' || kind === 'gives-up') && random() < 0.5)
      steps.push(step(on(today, 20), 'mandate.ended', { phase: 'support' }));
    if (!hasLeft && random() < 0.05) steps.push(step(on(today, 9), 'list.item-added'));
    if (today === day) known = homeAt({ day, heard, stock, usePerDay, lowSince: arrives >= day ? -1 : lowSince }, silence);
  }
  const before = deliveries.filter((one) => one <= day);
  if (before.length === 0 || known === undefined) return undefined;
  const until = on(day, 20);
  const summary = lived(...[...steps, ...orders(before, 'automation')].filter(({ at }) => at <= until));
  return { kind, summary, home: known, boughtLater: deliveries.some((one) => one > day) };
}

function homeAt(
  { day, heard, stock, usePerDay, lowSince }: Record<'day' | 'heard' | 'stock' | 'usePerDay' | 'lowSince', number>,
  silence: { since: number; until?: number } | undefined,
): Home {
  return {
    ...{ readAt: on(day, 20), devices: 1, heardAt: on(heard, 20), used: 1 },
    ...(silence !== undefined && { silence: { since: on(silence.since, 20), ...(silence.until !== undefined && { until: on(silence.until, 20) }) } }),
    ...{ lowInDays: Math.max(0, (stock - 0.3) / usePerDay), waitsDays: lowSince < 0 ? 0 : day - lowSince, ordersAhead: (28 * usePerDay) / 0.7 },
  };
}

/** @param day on which they are looked at, from 120 */
export function householdsLived(seed: string, many: number, day: number): Lived[] {
  const random = randomFrom('defectors', seed);
  const all: Lived[] = [];
  while (all.length < many) {
    const one = live(random, day);
    if (one !== undefined) all.push(one);
  }
  return all;
}

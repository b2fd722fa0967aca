/** Sensors over weeks and years: honest ones are never doubted, and lying ones make no storm of orders. */
import { expect, test } from 'vitest';
import { followOrder } from '../../../../shared/supply/follow-order.ts';
import { observe } from '../../../../shared/supply/observe.ts';
import { review } from '../../../../shared/supply/review.ts';
import { presenceIn } from '../../../../shared/supply/trust/stillness.ts';
import { sensorTrust, TRUSTED_FROM } from '../../../../shared/supply/trust/trust.ts';
import { after, changed, milk, order, reading } from '../milk.ts';

const doubts = (events: readonly { type: string; data: object }[]) => events.filter(({ type }) => type === 'supply.sensor-doubted').map(({ data }) => data);

/** Portions of 0.2 l at random, refilled by what we deliver; the sensor as noisy as it says, in steps of 50 ml. */
function honestMonth(start: number, withUsage: boolean): readonly { type: string; data: object }[] {
  let seed = start;
  const random = (): number => (seed = (Math.imul(seed, 48_271) >>> 0) % 2_147_483_647) / 2_147_483_647;
  const normal = (): number => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
  const events: { type: string; data: object }[] = [];
  let [shelf, used, seq, supply] = [4, 0, 0, milk()];
  for (let hour = 0; hour < 45 * 24; hour += 2) {
    if (random() < 0.32 && shelf >= 0.2) [shelf, used] = [shelf - 0.2, used + 0.2];
    if (shelf < 0.8) {
      const view = order(supply, 1, 'received', { orderId: `ord_${String(hour)}`, received: 4_000, receivedAt: after(hour) });
      const delivered = followOrder(supply, view, after(hour));
      if (delivered.kind === 'changed') supply = delivered.state;
      shelf += 4;
    }
    seq += 1;
    const level = Math.max(0, Math.round((shelf + 0.02 * normal()) / 0.05) * 0.05);
    const usage = withUsage ? { usage: Math.round(used * 1_000) / 1_000 } : {};
    const observed = observe(supply, [reading(seq, hour, Math.round(level * 100) / 100, usage)], after(hour));
    const reviewed = review(observed.supply, after(hour), presenceIn([]));
    supply = reviewed.kind === 'changed' ? reviewed.state : observed.supply;
    events.push(...observed.events, ...(reviewed.kind === 'changed' ? reviewed.events : []));
  }
  return events;
}

test.each([true, false])('an honest sensor is never doubted in six weeks, with counted usage: %s', { timeout: 120_000 }, (withUsage) => {
  for (let seed = 1; seed <= 3; seed += 1) expect(doubts(honestMonth(seed * 7_919, withUsage)), `seed ${String(seed)}`).toEqual([]);
});

const SEED = 20_261_122;
/** Readings of each kind in a row: twelve weeks. */
const EACH = 2_000;
/** Sensors that lie in every way that we could think of, each for a while: level in litres at hour h. */
const lies: readonly ((hour: number, random: () => number) => number)[] = [
  (_, random) => 6 * random(),
  (hour) => (hour % 2 === 0 ? 6 : 0),
  (hour) => 6 - ((hour / 4) % 6),
  (hour) => (Math.floor(hour / 9) % 2 === 0 ? 5 : 0.2),
  () => 0,
  () => 6,
  (hour, random) => Math.max(0, 3 + 2 * Math.sin(hour / 3) + random()),
  (hour, random) => (random() < 0.02 ? 6 : Math.max(0, 5 - (hour % 120) / 24)),
];

/** Readings come in batches, as a queue hands them over. */
const BATCH = 50;

/** An hour apart, with orders that come after a day and a half; how many needs, and how many that a mandate could have bought. */
function lieFor(readings: number): { readonly told: readonly string[]; readonly automatic: number; readonly openMost: number } {
  let seed = SEED;
  const random = (): number => (seed = (Math.imul(seed, 48_271) >>> 0) % 2_147_483_647) / 2_147_483_647;
  const told: string[] = [];
  const coming: { readonly orderId: string; readonly at: number }[] = [];
  let supply = milk();
  let [automatic, openMost] = [0, 0];
  const said = (hour: number) => {
    const level = lies[Math.floor(hour / EACH) % lies.length]?.(hour, random) ?? 0;
    return reading(hour + 1, hour, Math.round(20 * Math.min(6, Math.max(0, level))) / 20);
  };
  for (let hour = BATCH; hour <= readings; hour += BATCH) {
    const now = after(hour);
    const batch = Array.from({ length: BATCH }, (_, index) => said(hour - BATCH + index));
    const observed = observe(supply, batch, now);
    const reviewed = review(observed.supply, now, presenceIn([]));
    supply = reviewed.kind === 'changed' ? reviewed.state : observed.supply;
    for (const event of [...observed.events, ...(reviewed.kind === 'changed' ? reviewed.events : [])]) {
      if (event.type !== 'supply.low') continue;
      told.push(`${String(event.data.cycle)}/${String(event.data.round)}`);
      automatic += (sensorTrust(supply, now)?.value ?? 1) >= TRUSTED_FROM ? 1 : 0;
      coming.push({ orderId: `ord_${String(told.length)}`, at: hour + 36 });
      supply = changed(
        followOrder(supply, order(supply, 1, 'on-order', { orderId: `ord_${String(told.length)}`, outstanding: 4_000, approvedAt: now }), now),
      ).state;
      openMost = Math.max(openMost, coming.length);
    }
    while (coming[0] !== undefined && coming[0].at <= hour) {
      const view = order(supply, 2, 'received', { orderId: coming.shift()?.orderId, received: 4_000, receivedAt: now });
      const delivered = followOrder(supply, view, now);
      if (delivered.kind === 'changed') supply = delivered.state;
    }
  }
  return { told, automatic, openMost };
}

test('a lying sensor makes no storm: in 100,000 readings each need is told once, and few are bought without a person', { timeout: 300_000 }, () => {
  const { told, automatic, openMost } = lieFor(100_000);
  expect(new Set(told).size, `seed ${String(SEED)}`).toBe(told.length);
  // A household that really drinks 0.75 l a day needs 781 orders of 4 l in these eleven years.
  expect(told.length).toBeLessThan(400);
  expect(automatic, `of ${String(told.length)}`).toBeLessThan(100);
  expect(openMost).toBeLessThanOrEqual(2);
});

/** What a shop that never answers costs the orders for all others: the queue, the function and its copies as they are deployed, with and without it, in turn. */
import { setTimeout as pause } from 'node:timers/promises';
import { compilePattern } from '../../infra/local/bus/pattern.ts';
import { mappingsOf } from '../../infra/local/cloud/definitions.ts';
import { instantOf, type OrderId } from '../../shared/values.ts';
import { openBenchCloud, type BenchCloud } from './bench-cloud.ts';
import { approve, linkShops, openShops, SHOPS, type Arrivals } from './shop-world.ts';
import { millis, quantile, table, times } from './table.ts';

/** As many batches as Lambda takes from a queue before it adds pollers (“Scaling behavior”, Lambda developer guide). */
const COPIES = 5;
const ORDERS_A_SECOND = 3;
const ORDERS = 100;
const WARM_UP = 40;
/** An hour of the silent shop’s share: each of its messages comes again four times in that hour (retry.ts). */
const BACKLOG = 20;
const FOUND_OUT_MILLIS = 3_000;
const SETTLED_MILLIS = 8_000;
/** Each way four times, in turn, and of each figure the median of the rounds: a machine that is busy for a while is busy for both. */
const ROUNDS = [false, true, false, true, false, true, false, true];
/** After the last order: longer than one attempt at the silent shop, and than a queue that has grown behind it. */
const PATIENCE_SECONDS = 90;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

export async function shops(): Promise<void> {
  print(
    `Opening the local cloud (half a minute), then ${ROUNDS.length} rounds of ${ORDERS} orders, ${ORDERS_A_SECOND} a second, for ${SHOPS} shops, worked off by ${COPIES} copies\n`,
  );
  // Whoever else hears of an order would only take this machine's time.
  const bench = await openBenchCloud(0, { copies: COPIES, dueRate: 'rate(1 minute)', working: (name) => name.includes('DeliverWebhook') });
  const seen: Record<'with' | 'without', number[][]> = { with: [], without: [] };
  try {
    await round(bench, 'warm', false, WARM_UP);
    for (const [index, hangs] of ROUNDS.entries()) {
      const { delays, hung } = await round(bench, `r${index}-`, hangs, ORDERS);
      seen[hangs ? 'with' : 'without'].push(delays);
      print(
        `${hangs ? `one shop silent, called ${hung} times` : 'all shops answer'}: p50 ${millis(quantile(delays, 0.5))}, p99 ${millis(quantile(delays, 0.99))}`,
      );
    }
  } finally {
    await bench.close();
  }
  const row = (name: string, share: number) => {
    const [before, after] = [inTheMiddle(seen.without, share), inTheMiddle(seen.with, share)];
    return [name, millis(before), millis(after), times(after / before)];
  };
  print(
    `\n${table(['approved → at one of the other nineteen shops', 'all answer', 'one silent', 'ratio (goal 1.20)'], [row('p50', 0.5), row('p90', 0.9), row('p99', 0.99)])}`,
  );
}

const inTheMiddle = (rounds: readonly number[][], share: number): number =>
  quantile(
    rounds.map((delays) => quantile(delays, share)),
    0.5,
  );

/** Orders wait to be sent; the shop that may be silent has been so for a while, so that orders of before come again in the round. */
async function round({ cloud }: BenchCloud, name: string, hangs: boolean, orders: number): Promise<{ delays: number[]; hung: number }> {
  const now = instantOf(Date.now());
  const queue = queueOf(cloud);
  await linkShops(name, now);
  const arrivals = await openShops(name, hangs, now);
  const approvals = [];
  for (let index = 0; index < orders; index += 1) approvals.push(await approve(name, index));
  const before = [];
  for (let index = 0; index < BACKLOG; index += 1) before.push(await approve(name, orders + index * SHOPS + SHOPS - 1 - (orders % SHOPS)));
  for (const [index, { message }] of before.entries()) {
    await cloud.queues.send(queue, message);
    // It is heard of as silent before the others come again.
    if (index === 0) await pause(FOUND_OUT_MILLIS);
  }
  // What has come together is worked off, or waits for its turn.
  await pause(SETTLED_MILLIS);
  const approved = new Map<OrderId, number>();
  const began = performance.now();
  for (const [index, { orderId, message, isForTheLast }] of approvals.entries()) {
    await pause(Math.max(0, began + (index * 1_000) / ORDERS_A_SECOND - performance.now()));
    if (!isForTheLast) approved.set(orderId, performance.now());
    await cloud.queues.send(queue, message);
  }
  await allThere(approved, arrivals);
  const delays = [...approved].map(([orderId, at]) => (arrivals.at.get(orderId) ?? Infinity) - at);
  arrivals.close();
  return { delays, hung: arrivals.hung() };
}

async function allThere(approved: ReadonlyMap<OrderId, number>, { at }: Arrivals): Promise<void> {
  const until = performance.now() + PATIENCE_SECONDS * 1_000;
  while ([...approved.keys()].some((orderId) => !at.has(orderId)) && performance.now() < until) await pause(100);
}

function queueOf({ template }: BenchCloud['cloud']): string {
  const mapping = mappingsOf(template, compilePattern).find(({ functionName }) => functionName.includes('DeliverWebhook'));
  if (mapping === undefined) throw new Error('the template has no deliver-webhook');
  return mapping.sourceArn;
}

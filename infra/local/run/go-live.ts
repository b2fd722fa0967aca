/** Lets a simulated shop go live as every shop does: by a conformance run that it passes. */
import { setTimeout as pause } from 'node:timers/promises';
import { isPassed, type ConformanceReport } from '../../../shared/retailer/conformance.ts';
import { Bench, type BenchOptions } from '../conformance/bench.ts';
import { productTimeIn } from '../conformance/operator.ts';
import { findingInWords } from '../conformance/report.ts';
import { reportOf, runChecks } from '../conformance/run-checks.ts';
import { sampleOrderId } from '../conformance/sample-messages.ts';
import type { ApiClient } from './api-client.ts';

export interface ShopToPass {
  readonly retailerId: string;
  readonly url: string;
  readonly secretToRetailer: string;
  /** A shop opens when its process has started and somebody has told it the time: a minute, unless it is told. */
  readonly opensWithinMillis?: number;
}

const OPENS_WITHIN_MILLIS = 60_000;
const LOOK_AGAIN_MILLIS = 50;
const RUNS_MAX = 3;

/**
 * @param clockFile holds the product's time
 * @throws with what was found when the shop does not pass, or does not open
 */
export async function goLive(operator: Pick<ApiClient, 'put'>, shop: ShopToPass, clockFile: string): Promise<void> {
  const { retailerId, url, secretToRetailer } = shop;
  const options = { webhookUrl: `${url}/webhooks`, apiUrl: url, secrets: [secretToRetailer], now: () => productTimeIn(clockFile) } satisfies BenchOptions;
  let report = await oneRun(options, shop);
  // Whoever kills the cloud or the shop in the middle of a run has the shop look broken that is not.
  for (let runs = 1; runs < RUNS_MAX && !isPassed(report); runs += 1) report = await oneRun(options, shop);
  if (!isPassed(report)) {
    const missing = report.findings.filter(({ passed }) => !passed).map(findingInWords);
    throw new Error([`${retailerId} does not pass its conformance run:`, ...missing].join('\n'));
  }
  await operator.put(`/retailers/${retailerId}/conformance`, report);
}

async function oneRun(options: BenchOptions, shop: ShopToPass): Promise<ConformanceReport> {
  await isOpen(new Bench(options), shop);
  return reportOf(await runChecks(options));
}

async function isOpen(bench: Bench, { retailerId, opensWithinMillis = OPENS_WITHIN_MILLIS }: ShopToPass): Promise<void> {
  const until = Date.now() + opensWithinMillis;
  for (;;) {
    const answer = await bench.ask(sampleOrderId('is-it-open'));
    if (answer.kind === 'answered' && answer.status === 404) return;
    if (Date.now() > until) throw new Error(`${retailerId} does not open; see its log`);
    await pause(LOOK_AGAIN_MILLIS);
  }
}

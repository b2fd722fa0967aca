/** Lets a simulated shop go live as every shop does: by a conformance run that it passes. */
import { setTimeout as pause } from 'node:timers/promises';
import { isPassed } from '../../../shared/retailer/conformance.ts';
import { Bench } from '../conformance/bench.ts';
import { productTimeIn } from '../conformance/operator.ts';
import { findingInWords } from '../conformance/report.ts';
import { runChecks } from '../conformance/run-checks.ts';
import { sampleOrderId } from '../conformance/sample-messages.ts';
import type { ApiClient } from './api-client.ts';

export interface ShopToPass {
  readonly retailerId: string;
  readonly url: string;
  readonly secretToRetailer: string;
}

/** A shop opens when its process has started and somebody has told it the time. */
const OPENS_WITHIN_MILLIS = 60_000;
const LOOK_AGAIN_MILLIS = 50;

/**
 * @param clockFile holds the product's time
 * @throws with what was found when the shop does not pass, or does not open
 */
export async function goLive(operator: ApiClient, { retailerId, url, secretToRetailer }: ShopToPass, clockFile: string): Promise<void> {
  const options = { webhookUrl: `${url}/webhooks`, apiUrl: url, now: () => productTimeIn(clockFile) };
  await isOpen(new Bench({ ...options, secrets: [secretToRetailer] }), retailerId);
  const report = await runChecks({ ...options, secrets: [secretToRetailer] });
  if (!isPassed(report)) {
    const missing = report.findings.filter(({ passed }) => !passed).map(findingInWords);
    throw new Error([`${retailerId} does not pass its conformance run:`, ...missing].join('\n'));
  }
  await operator.put(`/retailers/${retailerId}/conformance`, report);
}

async function isOpen(bench: Bench, retailerId: string): Promise<void> {
  const until = Date.now() + OPENS_WITHIN_MILLIS;
  for (;;) {
    const answer = await bench.ask(sampleOrderId('is-it-open'));
    if (answer.kind === 'answered' && answer.status === 404) return;
    if (Date.now() > until) throw new Error(`${retailerId} does not open; see its log`);
    await pause(LOOK_AGAIN_MILLIS);
  }
}

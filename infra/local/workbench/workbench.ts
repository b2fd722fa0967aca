/** What the page and the command do alike: for one shop of a run on this machine, with the keys that its API shows to an operator. */
import { z } from 'zod';
import { isPassed } from '../../../shared/retailer/conformance.ts';
import { deliverySchema, type Delivery } from '../../../shared/retailer/delivery.ts';
import type { Instant } from '../../../shared/values.ts';
import type { BenchOptions } from '../conformance/bench.ts';
import { goLive, secretsOf, testAnswersOf, type Operator } from '../conformance/operator.ts';
import { reportOf, runChecks, type Run } from '../conformance/run-checks.ts';
import { sendSample, type Sample, type Sent } from './exchange.ts';
import { failNext, type Failure } from './failures.ts';
import { samplesAsDeliveries } from './sample-log.ts';
import type { KnownShop } from './shops.ts';
import type { Simulated } from './simulated.ts';

export interface WorkbenchOptions {
  readonly operator: () => Promise<Operator>;
  readonly shops: () => Promise<readonly KnownShop[]>;
  /** Product time. */
  readonly now: () => Instant;
  /** Into the shop's own log. */
  readonly keep: (deliveries: readonly Delivery[]) => Promise<void>;
  /** The folder of the simulators' books. */
  readonly ledgers: string;
  readonly simulated: () => Simulated;
}

/** Nobody has this shop, or the API said no: one sentence for whoever asked. */
export class WorkbenchError extends Error {}

const deliveriesSchema = z.object({ deliveries: z.array(deliverySchema) });
const problemSchema = z.object({ detail: z.string() });

export class Workbench {
  readonly #options: WorkbenchOptions;

  constructor(options: WorkbenchOptions) {
    this.#options = options;
  }

  shops = (): Promise<readonly KnownShop[]> => this.#options.shops();

  /** Simulated, but not in this run. */
  isAsleep(retailerId: string): boolean {
    const { isRunning, retailerIds } = this.#options.simulated();
    return !isRunning && retailerIds.includes(retailerId);
  }

  async send(retailerId: string, sample: Sample): Promise<Sent> {
    const shop = await this.#shop(retailerId);
    const sent = await sendSample(sample, await this.#bench(shop));
    await this.#options.keep(samplesAsDeliveries(shop.retailerId, sent, this.#options.now()));
    return sent;
  }

  /** The newest first. */
  async log(retailerId: string): Promise<Delivery[]> {
    const shop = await this.#shop(retailerId);
    const { deliveries } = deliveriesSchema.parse(await this.#api('GET', `/retailers/${shop.retailerId}/deliveries`));
    return deliveries.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  }

  async replay(retailerId: string, messageId: string): Promise<Delivery> {
    const shop = await this.#shop(retailerId);
    return deliverySchema.parse(await this.#api('POST', `/retailers/${shop.retailerId}/deliveries/${encodeURIComponent(messageId)}/replay`));
  }

  /** Of a simulated shop: one that somebody else runs does as it likes. */
  async failNext(retailerId: string, failures: readonly Failure[]): Promise<void> {
    const shop = await this.#shop(retailerId);
    const { isRunning, retailerIds } = this.#options.simulated();
    if (!retailerIds.includes(shop.retailerId)) throw new WorkbenchError(`${shop.retailerId} is not simulated here, so it does as it likes.`);
    if (!isRunning) throw new WorkbenchError('No shop is simulated in this run; start it without --no-sim.');
    failNext(this.#options.ledgers, shop.retailerId, failures);
  }

  /** A conformance run; a shop that passes is live. */
  async check(retailerId: string): Promise<{ run: Run; isLive: boolean }> {
    const shop = await this.#shop(retailerId);
    const testAnswers = async () => testAnswersOf(await this.#options.operator(), shop.retailerId);
    const run = await runChecks({ ...(await this.#bench(shop)), testAnswers });
    const report = reportOf(run);
    if (isPassed(report)) await goLive(await this.#options.operator(), shop.retailerId, report);
    return { run, isLive: isPassed(report) };
  }

  async #shop(retailerId: string): Promise<KnownShop> {
    const shop = (await this.#options.shops()).find((one) => one.retailerId === retailerId);
    if (shop === undefined) throw new WorkbenchError(`There is no shop ${retailerId}; an operator sets one up with PUT /retailers/${retailerId}.`);
    return shop;
  }

  async #bench({ retailerId, webhookUrl, apiUrl }: KnownShop): Promise<BenchOptions> {
    const { now, operator } = this.#options;
    return { webhookUrl, apiUrl, secrets: await secretsOf(await operator(), retailerId), now };
  }

  async #api(method: 'GET' | 'POST', path: string): Promise<unknown> {
    const { apiUrl, token } = await this.#options.operator();
    const response = await fetch(`${apiUrl}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer;
    throw new WorkbenchError(problemSchema.safeParse(answer).data?.detail ?? `${method} ${path} answered ${response.status}`);
  }
}

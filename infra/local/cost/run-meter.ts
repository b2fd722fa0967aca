/** Everything that counts in one local cloud, made from its template: each part is handed what it is to tell. */
import type { ServerResponse } from 'node:http';
import { DEFAULT_MEMORY_MEGABYTES, type FunctionDefinition } from '../functions/environment.ts';
import type { Wrote } from '../functions/journal.ts';
import { CountingBrokerMeter } from './broker-meter.ts';
import type { Count } from './billed.ts';
import { metricsOf } from './embedded-metrics.ts';
import type { Stages } from './stages.ts';
import { NO_METER, storeMeter, type StoreMeter } from './store-meter.ts';
import { Tally, type TallyOptions } from './tally.ts';
import { LOG_EVENT_BYTES, PAYLOAD_UNIT_BYTES, pollingRequests, unitsOf } from './units.ts';

/** What a small answer weighs beside its body. */
const HEADER_BYTES = 500;
/** The line about readings: all of them are written here, where they are counted by it. */
const SAMPLED_LINE = '"journal":"readings"';

export class RunMeter {
  readonly stages: Stages;
  readonly broker: CountingBrokerMeter;
  readonly #tally: Tally;
  readonly #memoryGigabytes: ReadonlyMap<string, number>;

  constructor(options: TallyOptions, functions: readonly FunctionDefinition[], stages: Stages) {
    this.stages = stages;
    this.#tally = new Tally(options);
    this.#memoryGigabytes = new Map(functions.map(({ name, memoryMegabytes = DEFAULT_MEMORY_MEGABYTES }) => [name, memoryMegabytes / 1_024]));
    this.broker = new CountingBrokerMeter(this.count, stages, options.now);
    this.#tally.gauge(() => this.broker.settle());
  }

  readonly count: Count = (what, amount, by) => this.#tally.count(what, amount, by);

  /** Of one caller; nothing of whoever is no function. */
  readonly storeFor = (caller: string): StoreMeter => {
    const stage = this.stages.ofFunction(caller);
    return stage === undefined ? NO_METER : storeMeter(this.count, stage);
  };

  readonly ran = (functionName: string, millis: number): void => {
    const stage = this.#stageOf(functionName);
    this.count('lambda.requests', 1, stage);
    this.count('lambda.gbSeconds', ((this.#memoryGigabytes.get(functionName) ?? 0) * Math.ceil(millis)) / 1_000, stage);
  };

  readonly wrote: Wrote = (functionName, lines) => {
    const bytesOf = (some: readonly string[]): number => some.reduce((sum, line) => sum + Buffer.byteLength(line) + LOG_EVENT_BYTES, 0);
    const stage = this.#stageOf(functionName);
    this.count('logs.bytes', bytesOf(lines), stage);
    const sampled = lines.filter((line) => line.includes(SAMPLED_LINE));
    if (sampled.length > 0) this.count('logs.sampledBytes', bytesOf(sampled), stage);
    for (const metric of lines.flatMap(metricsOf)) this.#tally.metric(metric);
  };

  readonly published = (caller: string, units: number): void => {
    const stage = this.stages.ofFunction(caller);
    if (stage !== undefined) this.count('events.published', units, stage);
  };

  /** What rules, the bus and mappings put on a queue. */
  readonly sent = (queueArn: string, bytes: number): void => this.count('sqs.requests', unitsOf(bytes, PAYLOAD_UNIT_BYTES), this.stages.ofQueue(queueArn));

  /** A batch that Lambda's poller takes off a queue, by the size of each of its messages. */
  readonly received = (queueArn: string, bytes: readonly number[]): void => {
    const stage = this.stages.ofQueue(queueArn);
    this.count('sqs.requests', pollingRequests(bytes), stage);
    this.count('lambda.messages', bytes.length, stage);
  };

  readonly fired = (schedule: string): void => this.count('events.scheduled', 1, schedule);

  /** A call of the HTTP API that reached its function; larger ones than 512 kB are not made here. */
  readonly called = (functionName: string): void => this.count('http.requests', 1, this.#stageOf(functionName));

  /** Whatever the distribution answers, the API's answers included. */
  readonly served = (response: ServerResponse): void => {
    response.once('close', () => {
      this.count('cloudfront.requests', 1, 'site');
      this.count('cloudfront.bytes', HEADER_BYTES + (Number(response.getHeader('content-length')) || 0), 'site');
    });
  };

  close(): void {
    this.#tally.close();
  }

  #stageOf(functionName: string): string {
    return this.stages.ofFunction(functionName) ?? functionName;
  }
}

/** What can be sent to a shop by hand, as the product or somebody who only poses as it would send it, and what came of each message. */
import { randomUUID } from 'node:crypto';
import type { OrderId } from '../../../shared/values.ts';
import { Bench, type BenchOptions, type Headers, wallSeconds } from '../conformance/bench.ts';
import type { ShopAnswer } from '../conformance/call.ts';
import { strangersKey } from '../conformance/checks/take.ts';
import { sampleCancel, type SampleOrder } from '../conformance/sample-messages.ts';

/** The first is a plain sample order; the others are what a network, a clock or a stranger makes of one. */
export const samples = ['order', 'twice', 'at-once', 'given-up', 'cancel', 'cancel-first', 'forged', 'changed', 'too-old'] as const;
export type Sample = (typeof samples)[number];

export interface Exchange {
  readonly id: string;
  readonly type: string;
  /** The text that was signed, or should have been. */
  readonly body: string;
  readonly timestamp: number;
  readonly signature: string;
  readonly answer: ShopAnswer;
}
export interface Sent {
  readonly sample: Sample;
  readonly orderId: OrderId;
  readonly exchanges: readonly Exchange[];
  /** What the shop says of the order when it is asked. */
  readonly told: ShopAnswer;
}

const TOO_OLD_SECONDS = 400;

export async function sendSample(sample: Sample, options: BenchOptions): Promise<Sent> {
  const bench = new Bench(options);
  const order = bench.order();
  const exchanges = await messages[sample](bench, order);
  return { sample, orderId: order.orderId, exchanges, told: await bench.ask(order.orderId) };
}

type Way = (bench: Bench, order: SampleOrder) => Promise<Exchange[]>;

const messages: Record<Sample, Way> = {
  order: async (bench, order) => [await post(bench, order.body)],
  twice: async (bench, order) => {
    const id = `msg_${randomUUID()}`;
    return [await post(bench, order.body, bench.sealed(order.body, { id })), await post(bench, order.body, bench.sealed(order.body, { id }))];
  },
  'at-once': (bench, order) => {
    const id = `msg_${randomUUID()}`;
    return Promise.all([1, 2, 3].map(() => post(bench, order.body, bench.sealed(order.body, { id }))));
  },
  'given-up': async (bench, order) => {
    const headers = bench.sealed(order.body);
    const first = await bench.sendAndGiveUp(order.body, headers);
    return [noted(order.body, headers, first), await post(bench, order.body, bench.sealed(order.body, { id: headers.id }))];
  },
  cancel: async (bench, order) => [await post(bench, order.body), await post(bench, sampleCancel(order.orderId, bench.now))],
  'cancel-first': async (bench, order) => [await post(bench, sampleCancel(order.orderId, bench.now)), await post(bench, order.body)],
  forged: async (bench, order) => [await post(bench, order.body, bench.sealedWith([strangersKey.v1(), strangersKey.v1a()], order.body))],
  changed: async (bench, order) => [await post(bench, order.body.replace('"quantity":1', '"quantity":9'), bench.sealed(order.body))],
  'too-old': async (bench, order) => [await post(bench, order.body, bench.sealed(order.body, { timestamp: wallSeconds() - TOO_OLD_SECONDS }))],
};

const post = async (bench: Bench, body: string, headers: Headers = bench.sealed(body)): Promise<Exchange> =>
  noted(body, headers, await bench.send(body, headers));

function noted(body: string, { id, timestamp, signature }: Headers, answer: ShopAnswer): Exchange {
  const type = /"type":"([a-z.-]+)"/.exec(body)?.[1] ?? '';
  return { id, type, body, timestamp, signature, answer };
}

/** Dead letters and their way back: over the real local queues, the real functions and the ordinary SDK. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as decideOrder } from '../../../../functions/decide-order.ts';
import { Activity } from '../../../../infra/local/activity.ts';
import { openBus } from '../../../../infra/local/bus/bus.ts';
import { AwsError } from '../../../../infra/local/endpoint/aws-answer.ts';
import { openEndpoint, type Endpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { openSqsMapping, type OpenMapping } from '../../../../infra/local/functions/sqs-mapping.ts';
import { openQueues, type Queues } from '../../../../infra/local/queues/queues.ts';
import { hold, redrive, release, type Clients } from '../../../../infra/local/redrive/redrive.ts';
import { between, context, ofType, openWorld, type World } from '../../../functions/harness.ts';
import { furnish, grantMandate, householdId, openShop } from '../../../functions/kitchen.ts';
import { propose, spend, theOrder } from '../../../functions/order-world.ts';

const KEY = 'KEY-OF-AN-OPERATOR';
const arnOf = (name: string) => `arn:aws:sqs:eu-central-1:000000000000:${name}`;
const busSchema = z.object({ Detail: z.unknown() });

let world: World;
let directory: string;
let activity: Activity;
let endpoint: Endpoint;
let queues: Queues;
let mapping: OpenMapping;
let clients: Clients;
let published: unknown[];
/** The store fails every call. */
let isBroken: boolean;

beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
  await grantMandate();
  isBroken = false;
  between((handle) => (request) => (isBroken ? Promise.reject(new AwsError('AccessDeniedException', 'the store burns')) : handle(request)));
  directory = await mkdtemp(path.join(tmpdir(), 'nachschub-redrive-'));
  activity = new Activity();
  published = [];
  const behind: Parameters<typeof openEndpoint>[0]['handlers'] = {};
  endpoint = await openEndpoint({ handlers: behind, principals: new Map([[KEY, 'operator']]) });
  const redrivePolicy = { deadLetterTargetArn: arnOf('letters'), maxReceiveCount: 2 };
  queues = await openQueues({
    directory: path.join(directory, 'queues'),
    queues: [
      { name: 'inbox', url: `${endpoint.url}/0/inbox`, arn: arnOf('inbox'), properties: { RedrivePolicy: redrivePolicy } },
      { name: 'letters', url: `${endpoint.url}/0/letters`, arn: arnOf('letters'), properties: {} },
      { name: 'refused', url: `${endpoint.url}/0/refused`, arn: arnOf('refused'), properties: {}, deadLetter: true },
    ],
    activity,
  });
  const bus = openBus({
    ...{ buses: [{ name: 'Bus', arn: 'arn:aws:events:eu-central-1:000000000000:event-bus/Bus' }], now: () => Date.parse(world.now) },
    ...{ region: 'eu-central-1', account: '000000000000' },
    rules: [{ name: 'all', busName: 'Bus', pattern: { source: ['nachschub'] }, targets: [{ arn: 'arn:seen', id: 'seen' }] }],
    deliver: (_, event) => Promise.resolve(void published.push(z.object({ detail: z.unknown() }).parse(event).detail)),
  });
  Object.assign(behind, { sqs: queues.handle, events: bus.handle });
  const settings = { endpoint: endpoint.url, region: 'eu-central-1', credentials: { accessKeyId: KEY, secretAccessKey: 'not looked at' } };
  clients = { sqs: new SQSClient(settings), events: new EventBridgeClient(settings) };
  const event = z.custom<SQSEvent>((value) => typeof value === 'object');
  mapping = openSqsMapping(
    {
      ...{ id: 'Inbox', sourceArn: arnOf('inbox'), functionName: 'decide-order', enabled: true, batchSize: 10, gathers: false },
      ...{
        reportsItemFailures: true,
        matches: () => true,
        concurrencyMax: undefined,
        bisects: false,
        retriesMax: -1,
        recordAgeMaxSeconds: -1,
        onFailureArn: undefined,
      },
    },
    queues,
    async (_, batch) => ({ ok: true, payload: await decideOrder(event.parse(batch), context) }),
  );
});
afterEach(async () => {
  await mapping.close();
  await queues.close();
  await endpoint.close();
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

const letters = () => ({ name: 'letters', url: `${endpoint.url}/0/letters`, sourceUrl: `${endpoint.url}/0/inbox` });
const refused = () => ({ name: 'refused', url: `${endpoint.url}/0/refused` });
const told = async () => {
  const [event] = ofType(await world.said(), 'order.proposed');
  if (event === undefined) throw new Error('expected a proposal');
  return { version: '0', id: 'bus-1', source: 'nachschub', 'detail-type': event.type, detail: event };
};
const lying = () => queues.counts(arnOf('letters')).visible;
const state = async () => JSON.stringify([await theOrder(), await spend(), (await world.said()).map(({ id }) => id)]);

async function failToDecide(): Promise<void> {
  isBroken = true;
  await queues.send(arnOf('inbox'), JSON.stringify(await told()));
  await activity.whenIdle();
  isBroken = false;
}

describe('dead letters', () => {
  it('go back to their queue and are worked off; redriven twice, everything stays as it was', async () => {
    await propose(world);
    await failToDecide();
    expect([lying(), (await theOrder()).order.status]).toEqual([1, 'proposed']);

    expect(await redrive(clients, letters(), await hold(clients, letters()))).toMatchObject([{ done: 'moved' }]);
    await activity.whenIdle();
    expect([lying(), (await theOrder()).order.status]).toEqual([0, 'approved']);

    const after = await state();
    // The same letter again, as a redrive that was stopped between sending and deleting would leave it.
    await queues.send(arnOf('letters'), JSON.stringify(await told()));
    expect(await redrive(clients, letters(), await hold(clients, letters()))).toMatchObject([{ done: 'moved' }]);
    await activity.whenIdle();
    expect(await state()).toBe(after);
    expect(await redrive(clients, letters(), await hold(clients, letters()))).toEqual([]);
  });

  it('are shown without being moved, and are there afterwards', async () => {
    await propose(world);
    await failToDecide();
    const held = await hold(clients, letters());
    expect(held.map(({ letter }) => letter.words)).toEqual([`order.proposed HH#${householdId}/ORDER#${(await theOrder()).order.orderId}/1/0`]);
    expect(lying()).toBe(0);
    await release(clients, letters(), held);
    expect(lying()).toBe(1);
  });

  it('that the bus had refused go to the bus', async () => {
    await propose(world);
    const { detail } = await told();
    const entry = { EventBusName: 'Bus', Source: 'nachschub', DetailType: detail.type, Detail: JSON.stringify(detail) };
    await queues.send(arnOf('refused'), JSON.stringify({ code: 'MalformedDetail', entry }));
    const results = await redrive(clients, refused(), await hold(clients, refused()));
    expect(results).toMatchObject([{ done: 'published', letter: { words: `order.proposed ${detail.id}, refused by the bus: MalformedDetail` } }]);
    expect(published).toEqual([busSchema.shape.Detail.parse(detail)]);
    expect(queues.counts(arnOf('refused'))).toMatchObject({ visible: 0, inFlight: 0 });
  });

  it('that hold nothing to send again stay, with what to do instead', async () => {
    const reports = [
      {
        requestContext: { functionArn: 'publish-events', condition: 'RetryAttemptsExhausted' },
        DDBStreamBatchInfo: { batchSize: 3, streamArn: 'arn:stream', startSequenceNumber: '17', approximateArrivalOfFirstRecord: '2026-03-02T05:00:00.000Z' },
      },
      { ruleName: 'telemetry', topic: 'dt/nachschub/fridge-anna/telemetry', clientId: 'fridge-anna', base64OriginalPayload: '', failures: [{}] },
      { 'detail-type': 'Scheduled Event', time: '2026-03-02T05:00:00Z', detail: {} },
    ];
    for (const report of reports) await queues.send(arnOf('letters'), JSON.stringify(report));
    const results = await redrive(clients, letters(), await hold(clients, letters()));
    expect(results.map((result) => [result.done, result.done === 'kept' && result.why.length > 20])).toEqual(reports.map(() => ['kept', true]));
    expect(lying()).toBe(3);
    expect(queues.counts(arnOf('inbox'))).toMatchObject({ visible: 0, inFlight: 0 });
  });

  it('of a queue that is nobody’s stay', async () => {
    await queues.send(arnOf('refused'), 'poison');
    const results = await redrive(clients, refused(), await hold(clients, refused()));
    expect(results).toMatchObject([{ done: 'kept', letter: { words: 'none of our messages: poison' } }]);
    expect(queues.counts(arnOf('refused')).visible).toBe(1);
  });
});

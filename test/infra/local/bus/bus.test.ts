import { EventBridgeClient, ListRulesCommand, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, it } from 'vitest';
import { openBus, type RuleDefinition } from '../../../../infra/local/bus/bus.ts';
import { scheduledEvent } from '../../../../infra/local/bus/event.ts';
import { compileTargets } from '../../../../infra/local/bus/target.ts';
import { openEndpoint, type Endpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { clientOf, failureOf, principals } from '../endpoint/local-client.ts';

const origin = { account: '000000000000', region: 'eu-central-1' };
const buses = [
  { name: 'nachschub', arn: 'arn:aws:events:eu-central-1:000000000000:event-bus/nachschub' },
  { name: 'other', arn: 'arn:aws:events:eu-central-1:000000000000:event-bus/other' },
];
const now = Date.parse('2026-03-02T06:00:00.789Z');

let endpoint: Endpoint | undefined;
afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
});

interface Delivered {
  readonly arn: string;
  readonly event: unknown;
  readonly rule: string;
}

const orders: RuleDefinition = {
  name: 'orders',
  busName: 'nachschub',
  pattern: { 'detail-type': [{ prefix: 'order.' }] },
  targets: [{ id: 'place', arn: 'queue:place' }],
};

/** A bus behind an endpoint, and what came out at its targets; those named `broken` take nothing. */
async function openWith(rules: readonly RuleDefinition[]) {
  const delivered: Delivered[] = [];
  const deliver = (arn: string, event: unknown, rule: string): Promise<void> => {
    if (arn.includes('broken')) return Promise.reject(new Error(`${arn} takes nothing`));
    delivered.push({ arn, event, rule });
    return Promise.resolve();
  };
  const bus = openBus({ ...origin, buses, rules, deliver, now: () => now });
  endpoint = await openEndpoint({ handlers: { events: bus.handle }, principals });
  const client = new EventBridgeClient(clientOf(endpoint.url));
  return { delivered, client, put: (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries })) };
}

const entry = (DetailType: string, detail: object = {}): PutEventsRequestEntry => ({
  EventBusName: 'nachschub',
  Source: 'nachschub',
  DetailType,
  Detail: JSON.stringify(detail),
});

describe('an event', () => {
  it('comes to every matching target in the envelope of EventBridge', async () => {
    const { put, delivered } = await openWith([
      orders,
      {
        ...orders,
        name: 'all',
        pattern: { source: ['nachschub'] },
        targets: [
          { id: 'a', arn: 'queue:a' },
          { id: 'b', arn: 'function:b' },
        ],
      },
      { ...orders, name: 'supplies', pattern: { 'detail-type': ['supply.low'] } },
      { ...orders, name: 'elsewhere', busName: 'other', pattern: { source: ['nachschub'] } },
    ]);
    const answer = await put({ ...entry('order.approved', { orderId: 'ord_1' }), Resources: ['arn:x'] });
    expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string }] });
    const event = {
      version: '0',
      id: answer.Entries?.[0]?.EventId,
      'detail-type': 'order.approved',
      source: 'nachschub',
      account: '000000000000',
      time: '2026-03-02T06:00:00Z',
      region: 'eu-central-1',
      resources: ['arn:x'],
      detail: { orderId: 'ord_1' },
    };
    expect(delivered).toEqual([
      { arn: 'queue:place', event, rule: 'orders' },
      { arn: 'queue:a', event, rule: 'all' },
      { arn: 'function:b', event, rule: 'all' },
    ]);
  });

  it('has the time that its publisher gives', async () => {
    const { put, delivered } = await openWith([orders]);
    await put({ ...entry('order.approved'), Time: new Date('2026-01-05T12:00:00.000Z') });
    expect(delivered[0]?.event).toMatchObject({ time: '2026-01-05T12:00:00Z' });
  });

  it('is found on its bus by name and by ARN', async () => {
    const { put, delivered } = await openWith([{ ...orders, busName: buses[0]?.arn ?? '' }]);
    await put(entry('order.approved'), { ...entry('order.placed'), EventBusName: buses[0]?.arn });
    expect(delivered).toHaveLength(2);
  });

  it('goes out as the target wants it', async () => {
    const targets = [
      { id: 'detail', arn: 'a', inputPath: '$.detail' },
      { id: 'part', arn: 'b', inputPath: '$.detail.total.amount' },
      { id: 'constant', arn: 'c', input: '{"run":true}' },
      { id: 'whole', arn: 'd', inputPath: '$' },
      {
        ...{ id: 'made', arn: 'e' },
        transformer: { InputPathsMap: { total: '$.detail.total', none: '$.detail.none' }, InputTemplate: '{"because":"$&","sum":<total>,"none":<none>}' },
      },
    ];
    const { put, delivered } = await openWith([{ ...orders, targets }]);
    await put(entry('order.approved', { total: { amount: 5 } }));
    expect(delivered.map(({ event }) => event)).toEqual([
      { total: { amount: 5 } },
      5,
      { run: true },
      expect.objectContaining({ 'detail-type': 'order.approved' }),
      { because: '$&', sum: { amount: 5 }, none: null },
    ]);
  });
});

describe('an entry fails alone', () => {
  it('when something is missing or wrong about it', async () => {
    const { put, delivered } = await openWith([orders]);
    const good = entry('order.approved');
    const answer = await put(
      { ...good, Source: undefined },
      { ...good, DetailType: undefined },
      { ...good, Detail: undefined },
      { ...good, Detail: '{"half' },
      { ...good, Detail: '[1]' },
      { ...good, Source: 'aws.events' },
      { ...good, EventBusName: 'nowhere' },
      { ...good, EventBusName: undefined },
      good,
    );
    expect(answer.FailedEntryCount).toBe(8);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'InvalidArgument',
      'InvalidArgument',
      'InvalidArgument',
      'MalformedDetail',
      'MalformedDetail',
      'NotAuthorizedForSourceException',
      'ResourceNotFoundException',
      'ResourceNotFoundException',
      undefined,
    ]);
    expect(delivered).toHaveLength(1);
  });

  it('when a target takes nothing and has no dead-letter queue', async () => {
    const { put, delivered } = await openWith([
      {
        ...orders,
        targets: [
          { id: 'x', arn: 'queue:broken' },
          { id: 'y', arn: 'queue:fine' },
        ],
      },
    ]);
    const answer = await put(entry('order.approved'), entry('supply.low'));
    expect(answer.FailedEntryCount).toBe(1);
    expect(answer.Entries).toEqual([
      { ErrorCode: 'InternalFailure', ErrorMessage: 'the rule orders could not deliver: queue:broken takes nothing' },
      { EventId: expect.any(String) as string },
    ]);
    expect(delivered.map(({ arn }) => arn)).toEqual(['queue:fine']);
  });

  it('when the dead-letter queue takes nothing either', async () => {
    const { put } = await openWith([{ ...orders, targets: [{ id: 'x', arn: 'queue:broken', deadLetterArn: 'queue:broken too' }] }]);
    expect((await put(entry('order.approved'))).FailedEntryCount).toBe(1);
  });
});

it('gives a dead-letter queue the whole event that the target did not take', async () => {
  const { put, delivered } = await openWith([
    { ...orders, targets: [{ id: 'x', arn: 'queue:broken', inputPath: '$.detail', deadLetterArn: 'queue:letters' }] },
  ]);
  expect((await put(entry('order.approved', { orderId: 'ord_1' }))).FailedEntryCount).toBe(0);
  expect(delivered).toEqual([
    { arn: 'queue:letters', event: expect.objectContaining({ 'detail-type': 'order.approved', detail: { orderId: 'ord_1' } }) as unknown, rule: 'orders' },
  ]);
});

it('acknowledges only when every target has the event', async () => {
  let finish: (() => void) | undefined;
  const started = new Promise<void>((resolve) => {
    const deliver = () => {
      resolve();
      return new Promise<void>((done) => (finish = done));
    };
    const bus = openBus({ ...origin, buses, rules: [orders], deliver, now: () => now });
    void openEndpoint({ handlers: { events: bus.handle }, principals }).then((opened) => {
      endpoint = opened;
      void new EventBridgeClient(clientOf(opened.url)).send(new PutEventsCommand({ Entries: [entry('order.approved')] })).then(() => (isAcknowledged = true));
    });
  });
  let isAcknowledged = false;
  await started;
  await new Promise((resolve) => setImmediate(resolve));
  expect(isAcknowledged).toBe(false);
  finish?.();
  await expect.poll(() => isAcknowledged).toBe(true);
});

describe('a request is refused whole', () => {
  it.each<[string, PutEventsRequestEntry[]]>([
    ['with nothing in it', []],
    ['with eleven entries', Array.from({ length: 11 }, () => entry('order.approved'))],
    ['with more than 1 MB', [entry('order.approved', { a: 'x'.repeat(600_000) }), entry('order.approved', { a: 'x'.repeat(600_000) })]],
  ])('%s', async (_, entries) => {
    const { put, delivered } = await openWith([orders]);
    expect(await failureOf(put(...entries))).toMatchObject({ name: 'ValidationException', status: 400 });
    expect(delivered).toEqual([]);
  });

  it('for another operation, by its name', async () => {
    const { client } = await openWith([orders]);
    expect((await failureOf(client.send(new ListRulesCommand()))).message).toBe('the local cloud does not offer events ListRules');
  });
});

describe('loading refuses a rule', () => {
  const load = (rule: Partial<RuleDefinition>) => () =>
    openBus({ ...origin, buses, rules: [{ ...orders, ...rule }], deliver: () => Promise.resolve(), now: () => now });

  it.each<[string, Partial<RuleDefinition>, string]>([
    ['on a bus that is not there', { busName: 'nowhere' }, 'the rule orders: there is no event bus nowhere'],
    ['with a pattern that is not understood', { pattern: { source: [{ sounds: 'like' }] } }, 'the rule orders: event pattern at source'],
    ['with an input that is no JSON', { targets: [{ id: 'x', arn: 'a', input: '{' }] }, 'the target x of the rule orders: expected an input of JSON'],
    ['with an input path that is not understood', { targets: [{ id: 'x', arn: 'a', inputPath: '$.detail.lines[0]' }] }, 'expected an input path'],
  ])('%s', (_, rule, message) => {
    expect(load(rule)).toThrow(message);
  });
});

it('serves schedules with the same targets', async () => {
  const delivered: unknown[] = [];
  const deliver = compileTargets('run-due', [{ id: 'f', arn: 'function:run-due' }], (...call) => {
    delivered.push(call);
    return Promise.resolve();
  });
  await deliver(scheduledEvent(origin, 'arn:rule/run-due', now));
  expect(delivered).toEqual([
    [
      'function:run-due',
      expect.objectContaining({
        source: 'aws.events',
        'detail-type': 'Scheduled Event',
        time: '2026-03-02T06:00:00Z',
        resources: ['arn:rule/run-due'],
        detail: {},
      }),
      'run-due',
    ],
  ]);
});

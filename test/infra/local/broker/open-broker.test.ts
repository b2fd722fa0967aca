import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../../infra/local/endpoint/aws-answer.ts';
import { BrokerHarness, gate, publishOutcome, TELEMETRY_RULE } from './broker-harness.ts';

const TOPIC = 'dt/nachschub/fridge-anna/telemetry';

let harness: BrokerHarness;
afterEach(() => harness.close());

describe('telemetry', () => {
  it('reaches the queue with its bytes untouched beside what the connection proves', async () => {
    harness = await BrokerHarness.open();
    const { certificateId } = await harness.broker.issueCertificate('fridge-anna');
    const bytes = Buffer.from([0x00, 0xff, 0x7b, 0x22]);
    expect(await publishOutcome(await harness.thing('fridge-anna'), TOPIC, bytes)).toBe('acknowledged');
    expect(harness.queue('ingest')).toEqual([
      { payload: bytes.toString('base64'), thing: 'fridge-anna', clientId: 'fridge-anna', principal: certificateId, receivedAt: 1_772_431_200_000 },
    ]);
  });

  it('is acknowledged only after it is durable', async () => {
    const [reached, held] = [gate(), gate()];
    harness = await BrokerHarness.open(async (_queueArn, body) => {
      if (!body.includes('fridge-anna')) return;
      reached.open();
      await held.opened;
    });
    const anna = await harness.thing('fridge-anna');
    let isAcknowledged = false;
    const acknowledged = anna.publishAsync(TOPIC, 'a', { qos: 1 }).then(() => (isAcknowledged = true));
    await reached.opened;
    // A whole round trip of somebody else passes meanwhile.
    expect(await publishOutcome(await harness.thing('fridge-bert'), 'dt/nachschub/fridge-bert/telemetry')).toBe('acknowledged');
    expect(isAcknowledged).toBe(false);
    expect(harness.activity.count).toBeGreaterThan(0);
    held.open();
    await acknowledged;
    expect(harness.queue('ingest')).toHaveLength(2);
    await harness.activity.whenIdle();
  });

  it('is under way no longer than it takes, although its sender has gone', async () => {
    const [reached, held] = [gate(), gate()];
    harness = await BrokerHarness.open(async (queueArn) => {
      if (queueArn !== 'arn:ingest') return;
      reached.open();
      await held.opened;
    });
    const anna = await harness.thing('fridge-anna');
    anna.publish(TOPIC, 'a', { qos: 1 });
    await reached.opened;
    anna.stream.destroy();
    await harness.queued('presence', 2);
    expect(harness.activity.count).toBeGreaterThan(0);
    held.open();
    await harness.activity.whenIdle();
    expect(harness.queue('ingest')).toHaveLength(1);
  });

  it('is acknowledged in the order in which it came, whatever is durable first', async () => {
    const [first, second] = [gate(), gate()];
    harness = await BrokerHarness.open(async (_queueArn, body) => {
      if (body.includes(Buffer.from('first').toString('base64'))) await first.opened;
      if (body.includes(Buffer.from('second').toString('base64'))) second.open();
    });
    const anna = await harness.thing('fridge-anna');
    const order: string[] = [];
    const both = Promise.all(['first', 'second'].map((text) => anna.publishAsync(TOPIC, text, { qos: 1 }).then(() => order.push(text))));
    await second.opened;
    first.open();
    await both;
    expect(order).toEqual(['first', 'second']);
  });

  it('that no queue took is not acknowledged, and comes again with the same packet id', async () => {
    let failures = 2;
    harness = await BrokerHarness.open((queueArn) =>
      queueArn === 'arn:ingest' && failures-- > 0 ? Promise.reject(new Error('disk full')) : Promise.resolve(),
    );
    const anna = await harness.thing('fridge-anna', { reconnectPeriod: 20 });
    const sent: unknown[] = [];
    anna.on('packetsend', (packet) => packet.cmd === 'publish' && sent.push(packet.messageId));
    await anna.publishAsync(TOPIC, 'a', { qos: 1 });
    expect(sent).toHaveLength(3);
    expect(new Set(sent).size).toBe(1);
    expect(harness.queue('ingest')).toHaveLength(1);
    expect(harness.queue('ingest-errors')).toEqual([]);
    expect(harness.reports.filter((line) => line.includes('disk full') && line.includes('refused a message'))).toHaveLength(2);
  });

  it('that its queue refuses for good goes to the error action and is acknowledged', async () => {
    const refusal = new AwsError('AccessDenied', 'the rule may not', { status: 403 });
    harness = await BrokerHarness.open((queueArn) => (queueArn === 'arn:ingest' ? Promise.reject(refusal) : Promise.resolve()));
    expect(await publishOutcome(await harness.thing('fridge-anna'), TOPIC)).toBe('acknowledged');
    expect(harness.queue('ingest-errors')).toMatchObject([{ failures: [{ failedResource: 'arn:ingest', errorMessage: 'the rule may not' }] }]);
  });

  it('of QoS 0 that no queue took goes to the error action, for nobody will say it again', async () => {
    harness = await BrokerHarness.open((queueArn) => (queueArn === 'arn:ingest' ? Promise.reject(new Error('disk full')) : Promise.resolve()));
    await (await harness.thing('fridge-anna')).publishAsync(TOPIC, 'a', { qos: 0 });
    expect(await harness.queued('ingest-errors', 1)).toEqual([
      {
        ruleName: 'telemetry',
        topic: TOPIC,
        clientId: 'fridge-anna',
        base64OriginalPayload: 'YQ==',
        failures: [{ failedAction: 'SqsAction', failedResource: 'arn:ingest', errorMessage: 'disk full' }],
      },
    ]);
  });

  it('that a rule cannot be applied to goes to its error action and is acknowledged', async () => {
    harness = await BrokerHarness.open();
    const anna = await harness.thing('fridge-anna');
    const nested = '['.repeat(60_000) + ']'.repeat(60_000);
    for (const payload of ['no JSON', `{"connected":${nested}}`]) {
      expect(await publishOutcome(anna, 'dt/nachschub/fridge-anna/presence', payload)).toBe('acknowledged');
    }
    expect(harness.queue('will')).toEqual([]);
    expect(harness.queue('will-errors')).toMatchObject([
      { ruleName: 'will', base64OriginalPayload: Buffer.from('no JSON').toString('base64'), failures: [{ failedAction: 'SQL' }] },
      { ruleName: 'will', failures: [{ failedAction: 'SQL' }] },
    ]);
  });
});

describe('a rule that cannot run here', () => {
  it.each([
    ['its SQL', { sql: 'SELECT' }, /rule telemetry: rule SQL, character 7: expected a field/],
    ['its version', { awsIotSqlVersion: '2015-10-08' }, /2016-03-23/],
    ['no error action', { errorActions: [] }, /error action/],
  ])('stops the start: %s', async (_, spoiled, message) => {
    harness = await BrokerHarness.open();
    await expect(BrokerHarness.open(undefined, { rules: [{ ...TELEMETRY_RULE, ...spoiled }] })).rejects.toThrow(message);
  });
});

describe('opening', () => {
  it('fails on a port that is taken', async () => {
    harness = await BrokerHarness.open();
    await expect(harness.reopen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('closing', () => {
  it('says no will of those it sends away, and lets them come back to a broker opened again', async () => {
    harness = await BrokerHarness.open();
    const will = { topic: 'dt/nachschub/fridge-anna/presence', payload: Buffer.from('{"connected":false}'), qos: 1, retain: false } as const;
    const anna = await harness.thing('fridge-anna', { will, reconnectPeriod: 20 });
    await harness.queued('presence', 1);
    await harness.broker.close();
    expect(harness.queue('will')).toEqual([]);
    expect(harness.queue('presence')).toHaveLength(1);
    const again = new Promise<void>((resolve) => anna.once('connect', () => resolve()));
    const successor = await harness.reopen();
    await again;
    await expect(harness.broker.publish(TOPIC, '{}', 1)).rejects.toThrow('closing');
    expect(await publishOutcome(anna, TOPIC)).toBe('acknowledged');
    expect(successor.connected()).toEqual(['fridge-anna']);
    await successor.close();
  });
});

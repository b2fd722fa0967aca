/** Topics that AWS keeps for itself: Basic Ingest, and the shadows of things. */
import { afterEach, describe, expect, it } from 'vitest';
import { BrokerHarness, granted, publishOutcome, TELEMETRY_RULE } from './broker-harness.ts';

const TOPIC = 'dt/nachschub/fridge-anna/telemetry';
const twin = { ...TELEMETRY_RULE, name: 'twin', actions: [{ queueArn: 'arn:twin' }] };

let harness: BrokerHarness;
afterEach(() => harness.close());

describe('Basic Ingest', () => {
  it('runs the rule that it names and no other, with the topic behind the name', async () => {
    harness = await BrokerHarness.open(undefined, { rules: [TELEMETRY_RULE, twin] });
    const anna = await harness.thing('fridge-anna');
    expect(await publishOutcome(anna, `$aws/rules/telemetry/${TOPIC}`, 'a')).toBe('acknowledged');
    expect(harness.queue('ingest')).toMatchObject([{ thing: 'fridge-anna', clientId: 'fridge-anna', payload: Buffer.from('a').toString('base64') }]);
    expect(harness.queue('twin')).toEqual([]);
    expect(await publishOutcome(anna, TOPIC, 'b')).toBe('acknowledged');
    expect(harness.queue('ingest')).toHaveLength(2);
    expect(harness.queue('twin')).toHaveLength(1);
  });

  it('reaches no subscriber, even one whose policy lets it hear everything', async () => {
    harness = await BrokerHarness.open();
    const anna = await harness.thing('fridge-anna');
    expect(await granted(anna, '$aws/rules/#')).toBe(128);
    expect(await granted(anna, '$aws/#')).toBe(1);
    const heard: string[] = [];
    anna.on('message', (topic) => heard.push(topic));
    for (const topic of [`$aws/rules/telemetry/${TOPIC}`, '$aws/things/fridge-anna/shadow/get']) expect(await publishOutcome(anna, topic)).toBe('acknowledged');
    await harness.activity.whenIdle();
    await publishOutcome(anna, TOPIC);
    expect(heard).toEqual(['$aws/things/fridge-anna/shadow/get']);
  });

  it('of a rule that does not exist is reported, and lost', async () => {
    harness = await BrokerHarness.open();
    expect(await publishOutcome(await harness.thing('fridge-anna'), `$aws/rules/nobody/${TOPIC}`)).toBe('acknowledged');
    expect(harness.queue('ingest')).toEqual([]);
    expect(harness.reports).toContain('a message for nobody, which is no rule, is lost');
  });

  it.each([
    ['$aws/rules/telemetry', 'cut off'],
    ['$aws/rules/telemetry/', 'cut off'],
    ['$aws/rules//a', 'cut off'],
    ['$aws/rules/a-b/c', 'cut off'],
    // The first three levels do not count: 256 bytes and seven slashes are what comes after them.
    [`$aws/rules/telemetry/${'x'.repeat(256)}`, 'acknowledged'],
    [`$aws/rules/telemetry/${'x'.repeat(257)}`, 'cut off'],
    ['$aws/rules/telemetry/1/2/3/4/5/6/7/8', 'acknowledged'],
    ['$aws/rules/telemetry/1/2/3/4/5/6/7/8/9', 'cut off'],
  ])('on %s: %s', async (topic, outcome) => {
    harness = await BrokerHarness.open();
    expect(await publishOutcome(await harness.thing('fridge-anna'), topic)).toBe(outcome);
  });
});

describe('a shadow', () => {
  it('is told what clients say on its topics before that is acknowledged, and may answer', async () => {
    const told: unknown[] = [];
    harness = await BrokerHarness.open(undefined, {
      onShadowMessage: async (topic, payload, clientId) => {
        await harness.broker.publish(`${topic}/accepted`, '{"version":1}', 1);
        told.push([topic, payload.toString(), clientId]);
      },
    });
    const anna = await harness.thing('fridge-anna');
    const update = '$aws/things/fridge-anna/shadow/name/display/update';
    expect(await granted(anna, `${update}/accepted`)).toBe(1);
    const answered = new Promise((resolve) => anna.once('message', (topic, payload) => resolve([topic, payload.toString()])));
    expect(await publishOutcome(anna, update, '{"state":{}}')).toBe('acknowledged');
    expect(told).toEqual([[update, '{"state":{}}', 'fridge-anna']]);
    expect(await answered).toEqual([`${update}/accepted`, '{"version":1}']);
    await publishOutcome(anna, '$aws/things/fridge-anna/other');
    await publishOutcome(anna, TOPIC);
    expect(told).toHaveLength(1);
  });

  it('that cannot keep it leaves it unacknowledged, so that it is said again', async () => {
    harness = await BrokerHarness.open(undefined, { onShadowMessage: () => Promise.reject(new Error('disk full')) });
    expect(await publishOutcome(await harness.thing('fridge-anna'), '$aws/things/fridge-anna/shadow/get')).toBe('cut off');
  });
});

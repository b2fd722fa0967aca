/** The shadow service behind the real broker, met by a stock MQTT client. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MqttClient } from 'mqtt';
import { openShadows, type Shadows } from '../../../../infra/local/shadow/open-shadows.ts';
import { BrokerHarness } from '../broker/broker-harness.ts';

let harness: BrokerHarness;
let shadows: Shadows;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'shadows-'));
  shadows = openShadows({ directory, now: () => 1_772_431_200_000, publish: (topic, payload) => harness.broker.publish(topic, payload, 1) });
  harness = await BrokerHarness.open(undefined, { onShadowMessage: (topic, payload) => shadows.handleMessage({ topic, payload }) });
});
afterAll(async () => {
  await harness.close();
  await rm(directory, { recursive: true, force: true });
});

const topic = (suffix: string) => `$aws/things/tv-anna/shadow/name/display/${suffix}`;
/** The next message on any topic. */
const next = (client: MqttClient): Promise<[string, unknown]> =>
  new Promise((resolve) => client.once('message', (heard, payload) => resolve([heard, JSON.parse(payload.toString())])));

it('a TV reports what it shows, is told of what is new, and asks again after it was off', async () => {
  const tv = await harness.thing('tv-anna');
  await tv.subscribeAsync([topic('update/delta'), topic('get/accepted'), topic('get/rejected')], { qos: 1 });
  let heard = next(tv);
  await tv.publishAsync(topic('get'), '', { qos: 1 });
  expect(await heard).toEqual([topic('get/rejected'), { code: 404, message: "No shadow exists with name: 'display'", timestamp: 1_772_431_200 }]);

  // What the broker has acknowledged stands on the disk.
  await tv.publishAsync(topic('update'), JSON.stringify({ state: { reported: { shown: [] } } }), { qos: 1 });
  expect(JSON.parse(await readFile(join(directory, 'tv-anna', 'named', 'display.json'), 'utf8'))).toMatchObject({
    version: 1,
    reported: { state: { shown: [] } },
  });

  heard = next(tv);
  await shadows.update({ thing: 'tv-anna', name: 'display' }, Buffer.from(JSON.stringify({ state: { desired: { cards: [{ orderId: 'ord_1' }] } } })));
  expect(await heard).toMatchObject([topic('update/delta'), { version: 2, state: { cards: [{ orderId: 'ord_1' }] } }]);
  await tv.endAsync();

  const again = await harness.thing('tv-anna');
  await again.subscribeAsync(topic('get/accepted'), { qos: 1 });
  heard = next(again);
  await again.publishAsync(topic('get'), '{"clientToken":"boot-2"}', { qos: 1 });
  expect(await heard).toMatchObject([
    topic('get/accepted'),
    {
      version: 2,
      clientToken: 'boot-2',
      state: { desired: { cards: [{ orderId: 'ord_1' }] }, reported: { shown: [] }, delta: { cards: [{ orderId: 'ord_1' }] } },
    },
  ]);
});

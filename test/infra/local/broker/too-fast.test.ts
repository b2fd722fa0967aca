import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { BrokerHarness, connectPacket, publishPacket } from './broker-harness.ts';

const TOPIC = 'dt/nachschub/fridge-fast/telemetry';
const PUBACK_BYTES = 4;

let harness: BrokerHarness;
afterEach(() => harness.close());

/** A thing that is connected, and how many PUBACKs it has had. */
async function connected() {
  const raw = await harness.raw('fridge-fast');
  raw.socket.write(connectPacket('fridge-fast'));
  await once(raw.socket, 'data');
  const had = { bytes: 0 };
  raw.socket.on('data', (chunk: Buffer) => (had.bytes += chunk.length));
  return { ...raw, acknowledged: () => had.bytes / PUBACK_BYTES };
}
const heard = (text: string) => JSON.stringify(harness.queue('ingest')).includes(Buffer.from(text).toString('base64'));

describe('a thing that says more than twenty messages a second', () => {
  it.each([0, 1] as const)('is heard with twenty and stays connected (QoS %i)', async (qos) => {
    harness = await BrokerHarness.open();
    const { socket, ended, acknowledged } = await connected();
    const since = performance.now();
    socket.write(Buffer.concat(Array.from({ length: 500 }, (_, index) => publishPacket(TOPIC, `{"n":${index}}`, index + 1, qos))));
    let said = 500;
    await harness.queued('ingest', 20);
    // Wall time fills the bucket again: the connection is whole, and sooner or later this is heard.
    while (!heard('last')) {
      await wait(100);
      socket.write(publishPacket(TOPIC, 'last', 999, qos));
      said += 1;
      await wait(100);
    }
    await harness.activity.whenIdle();
    const delivered = harness.queue('ingest').length;
    // Twenty at once, and one more for each fiftieth of a second.
    expect(delivered).toBeLessThanOrEqual(20 + Math.ceil((performance.now() - since) / 50));
    while (qos === 1 && acknowledged() < delivered) await once(socket, 'data');
    expect(acknowledged()).toBe(qos === 0 ? 0 : delivered);
    socket.write(Buffer.from([0xe0, 0]));
    await ended;
    await harness.queued('presence', 2);
    const counts = harness.reports.map((line) => /discarded (\d+) messages? of "fridge-fast"/.exec(line)?.[1]).filter((count) => count !== undefined);
    // Once when it begins, and once when the connection ends: less than a minute lies between.
    expect(counts).toHaveLength(2);
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(said - delivered);
  });

  it('is not heard with what it may not say either', async () => {
    harness = await BrokerHarness.open();
    const { socket } = await connected();
    socket.write(Buffer.concat(Array.from({ length: 200 }, (_, index) => publishPacket(TOPIC, '{}', index + 1))));
    socket.write(publishPacket('dt/nachschub/fridge-other/telemetry', '{}', 999));
    await harness.queued('ingest', 20);
    await harness.activity.whenIdle();
    expect(JSON.stringify(harness.queue('ingest'))).not.toContain('fridge-other');
  });
});

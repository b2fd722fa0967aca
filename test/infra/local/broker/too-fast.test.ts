import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { BrokerHarness, connectPacket, publishPacket, CONNACK_OK } from './broker-harness.ts';

const TOPIC = 'dt/nachschub/fridge-fast/telemetry';

let harness: BrokerHarness;
afterEach(() => harness.close());

async function connected() {
  const raw = await harness.raw('fridge-fast');
  raw.socket.write(connectPacket('fridge-fast'));
  await once(raw.socket, 'data');
  return raw;
}

describe('a thing that says more than twenty messages a second', () => {
  it.each([0, 1] as const)('is heard with twenty and stays connected (QoS %i)', async (qos) => {
    harness = await BrokerHarness.open();
    const { socket, ended } = await connected();
    const said = Array.from({ length: 500 }, (_, index) => publishPacket(TOPIC, `{"n":${index}}`, index + 1, qos));
    socket.write(Buffer.concat(said));
    const heard = await harness.queued('ingest', 20);
    await harness.activity.whenIdle();
    // The bucket has filled again, so this one passes: the connection is whole, and nothing of the excess is still under way.
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.write(publishPacket(TOPIC, '"last"', 999, qos));
    await harness.queued('ingest', heard.length + 1);
    await harness.activity.whenIdle();
    socket.write(Buffer.from([0xe0, 0]));
    const answered = await ended;
    const acknowledged = (answered.length - CONNACK_OK.length) / 4;
    const delivered = harness.queue('ingest').length;
    expect(delivered).toBeGreaterThanOrEqual(21);
    // Twenty at once, and a few more for the time that it took to read them all.
    expect(delivered).toBeLessThan(60);
    expect(acknowledged).toBe(qos === 0 ? 0 : delivered);
    const discarded = harness.reports.map((line) => /discarded (\d+) messages? of "fridge-fast"/.exec(line)?.[1]).filter((count) => count !== undefined);
    expect(discarded).toHaveLength(2);
    expect(discarded.reduce((sum, count) => sum + Number(count), 0)).toBe(501 - delivered);
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

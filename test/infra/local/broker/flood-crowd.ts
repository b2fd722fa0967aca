/** All the well-behaved things, in a process of their own: they connect, and on `go` each publishes its readings at its own moments. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import mqtt, { type MqttClient } from 'mqtt';
import { floodFileSchema, nameOf } from './flood.ts';

/** Handshakes at a time. */
const CONNECTING_MAX = 40;

const { port, ca, things, readings, everyMillis } = floodFileSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
let disconnected = 0;
const clients: { thing: string; client: MqttClient }[] = [];
for (let from = 0; from < things.length; from += CONNECTING_MAX) {
  const some = things.slice(from, from + CONNECTING_MAX).map(async ({ thing, cert, key }) => {
    const client = await mqtt.connectAsync({ protocol: 'mqtts', host: '127.0.0.1', port, ca, cert, key, clientId: thing, reconnectPeriod: 0 });
    client.on('close', () => (disconnected += 1));
    return { thing, client };
  });
  clients.push(...(await Promise.all(some)));
}

const acknowledged: string[] = [];
let slowestMillis = 0;
async function speak(thing: string, client: MqttClient, position: number): Promise<void> {
  // Spread over the pause, so that they do not all speak at once.
  await wait((position * everyMillis) / clients.length);
  const acks: Promise<void>[] = [];
  for (let index = 0; index < readings; index += 1) {
    const since = performance.now();
    const name = nameOf(thing, index);
    const ack = client.publishAsync(`dt/nachschub/${thing}/telemetry`, name, { qos: 1 }).then(() => {
      acknowledged.push(name);
      slowestMillis = Math.max(slowestMillis, performance.now() - since);
    });
    acks.push(ack);
    await wait(everyMillis);
  }
  await Promise.all(acks);
}

process.send?.('connected');
await once(process, 'message');
await Promise.all(clients.map(({ thing, client }, position) => speak(thing, client, position)));
process.send?.({ acknowledged, disconnected, slowestMillis });

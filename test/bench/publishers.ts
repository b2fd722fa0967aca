/** Many things with a connection each: says all they have at once, or one message after another, over the real broker. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { telemetryTopic } from '../../shared/device/telemetry.ts';
import { instantOf, thingNameSchema } from '../../shared/values.ts';
import { commandSchema, publishersSchema, type Done, type PublishCommand } from './messages.ts';

/** A tenth of a litre less each time: nobody runs low, and each reading says something new. */
const readingOf = (seq: number, now: number) => ({
  ...{ bootId: 1, seq, sampledAt: instantOf(now), slot: 'milk', uncertainty: 0.02 },
  ...{ level: { amount: Math.round((90 - seq * 0.1) * 10) / 10, unit: 'l' }, usage: Math.round(seq) / 10 },
});

const { port, caFile, things } = publishersSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const ca = readFileSync(caFile);
const clients = new Map<string, MqttClient>();
for (const { thing, directory } of things) {
  const [cert, key] = ['certificate.pem', 'key.pem'].map((file) => readFileSync(path.join(directory, file)));
  if (cert === undefined || key === undefined) throw new Error(`${thing} has no certificate`);
  clients.set(thing, await mqtt.connectAsync({ host: 'localhost', port, protocol: 'mqtts', ca, cert, key, clientId: thing, reconnectPeriod: 0 }));
}

const wallNow = (): number => performance.timeOrigin + performance.now();
type Published = Done['published'][number];

async function say(thing: string, seq: number): Promise<Published> {
  const at = wallNow();
  await clients.get(thing)?.publishAsync(telemetryTopic(thingNameSchema.parse(thing)), JSON.stringify(readingOf(seq, at)), { qos: 1 });
  return { thing, seq, at };
}

async function carryOut(command: PublishCommand): Promise<Published[]> {
  if ('burst' in command) {
    const seqs = Array.from({ length: command.burst }, (_, index) => command.from + index);
    return Promise.all(things.flatMap(({ thing }) => seqs.map((seq) => say(thing, seq))));
  }
  const said: Promise<Published>[] = [];
  for (let index = 0; index < command.single; index += 1) {
    const { thing } = things[index % things.length] ?? { thing: '' };
    said.push(say(thing, command.from + Math.floor(index / things.length)));
    await new Promise((resolve) => setTimeout(resolve, command.everyMillis));
  }
  return Promise.all(said);
}

process.on('message', (message) => {
  const from = performance.now();
  void carryOut(commandSchema.parse(message)).then((published) => process.send?.({ millis: performance.now() - from, published }));
});
process.send?.({ connected: clients.size });

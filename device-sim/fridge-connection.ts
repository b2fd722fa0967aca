/** A fridge's side of MQTT: its certificate, its topics, its presence and its last will; readings go out through the outbox. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IClientOptions, IPublishPacket, MqttClient } from 'mqtt';
import { z } from 'zod';
import { commandTopic, telemetryTopic } from '../shared/device/telemetry.ts';
import type { Instant } from '../shared/values.ts';
import { brokerAddress, Connection } from './connection.ts';
import { Outbox } from './outbox.ts';
import type { FridgeLine, ReadingLine } from './past.ts';
import { endWithBug } from './process-life.ts';
import type { Simulation, ThingSpec } from './simulation.ts';

/** A turn waits this long for a broker that is away, then the readings wait in the buffer instead of the clock. */
const OFFLINE_PATIENCE_MILLIS = 2_000;
/** A broker that is there but busy gets more, because each PUBACK stands for a durable write. */
const SLOW_PATIENCE_MILLIS = 15_000;
const KEEPALIVE_SECONDS = 60;
const MESSAGE_CHARACTERS_MOST = 4_096;

const messageSchema = z.looseObject({ messageId: z.string() });

export interface Hooks {
  readonly unacknowledged: readonly ReadingLine[];
  record(line: FridgeLine): Promise<void>;
  now(): Instant;
}

export class FridgeConnection {
  readonly #thing: ThingSpec['thing'];
  readonly #hooks: Hooks;
  readonly #outbox: Outbox;
  readonly #connection: Connection;
  #client: MqttClient | undefined;

  constructor(simulation: Simulation, { thing, certificates }: ThingSpec, hooks: Hooks) {
    this.#thing = thing;
    this.#hooks = hooks;
    this.#outbox = new Outbox(hooks.unacknowledged, {
      acknowledged: (line) => this.#recordLater({ at: hooks.now(), kind: 'acknowledged', thing, bootId: line.bootId, seq: line.seq }),
      dropped: (line) => this.#recordLater({ at: hooks.now(), kind: 'dropped', thing, bootId: line.bootId, seq: line.seq }),
    });
    this.#connection = new Connection({
      clientId: thing,
      seed: simulation.seed,
      options: () => credentials(simulation, thing, certificates),
      subscribesTo: commandTopic(thing, 'message'),
      onUp: (client) => this.#arrive(client),
      onDown: () => {
        this.#client = undefined;
        this.#outbox.down();
      },
      onMessage: (packet) => this.#show(packet),
      onBug: endWithBug,
    });
  }

  /** Sends the readings among these lines, which are on disk, after all older ones; waits for the PUBACKs, but not for ever. */
  async send(lines: readonly FridgeLine[]): Promise<void> {
    this.#outbox.add(lines.filter((line) => line.kind === 'reading'));
    await this.#outbox.settle({ offlineMillis: OFFLINE_PATIENCE_MILLIS, slowMillis: SLOW_PATIENCE_MILLIS });
  }

  async close(): Promise<void> {
    await this.#client?.publishAsync(presenceTopic(this.#thing), JSON.stringify({ connected: false }), { qos: 1 }).catch(() => undefined);
    await this.#connection.close();
  }

  #arrive(client: MqttClient): void {
    this.#client = client;
    const say = (topic: string, content: object): Promise<unknown> => client.publishAsync(topic, JSON.stringify(content), { qos: 1 });
    // Sessions of the broker do not survive, so the fridge asks what it has missed; if this connection is lost, the next one asks.
    say(presenceTopic(this.#thing), { connected: true }).catch(() => undefined);
    say(commandTopic(this.#thing, 'sync'), {}).catch(() => undefined);
    this.#outbox.up({ publish: ({ reading }) => say(telemetryTopic(this.#thing), reading), breakOff: () => client.end(true) });
  }

  /** What the household reads on the door. */
  async #show({ payload }: IPublishPacket): Promise<void> {
    const message = payload.toString().slice(0, MESSAGE_CHARACTERS_MOST);
    const messageId = messageIdOf(message);
    await this.#hooks.record({ at: this.#hooks.now(), kind: 'told', thing: this.#thing, ...(messageId === undefined ? {} : { messageId }), message });
  }

  #recordLater(line: FridgeLine): void {
    this.#hooks.record(line).catch(endWithBug);
  }
}

const presenceTopic = (thing: string): string => `dt/nachschub/${thing}/presence`;

async function credentials(simulation: Simulation, thing: string, certificates: string): Promise<IClientOptions> {
  const [ca, cert, key] = await Promise.all([
    readFile(simulation.brokerCa),
    readFile(join(certificates, 'certificate.pem')),
    readFile(join(certificates, 'key.pem')),
  ]);
  return {
    ...brokerAddress(simulation.brokerPort),
    ca: [ca],
    cert,
    key,
    keepalive: KEEPALIVE_SECONDS,
    will: { topic: presenceTopic(thing), payload: Buffer.from(JSON.stringify({ connected: false })), qos: 1, retain: false },
  };
}

function messageIdOf(message: string): string | undefined {
  try {
    return messageSchema.parse(JSON.parse(message)).messageId;
  } catch {
    return undefined;
  }
}

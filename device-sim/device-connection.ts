/** A device's side of MQTT: its certificate, its topics, presence and last will, what it shows; readings go out through the outbox. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IClientOptions, IPublishPacket, MqttClient } from 'mqtt';
import { z } from 'zod';
import { basicIngestTopic, commandTopic, presenceTopic, ruleNames, telemetryTopic } from '../shared/device/telemetry.ts';
import { instantOf, type Instant } from '../shared/values.ts';
import { brokerAddress, Connection } from './connection.ts';
import { Display, displayTopics } from './display.ts';
import { Outbox } from './outbox.ts';
import type { DeviceLine, ReadingLine } from './past.ts';
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
  record(line: DeviceLine): Promise<void>;
  now(): number;
  /** The screen shows something else from now on; that is acknowledged to the broker when this resolves. */
  readonly shows?: (display: Display) => Promise<void>;
  /** So many messages stand on the screen that did not before. */
  readonly showedNew?: (messages: number) => void;
  readonly isReversed?: (line: ReadingLine) => boolean;
  readonly isDuplicated?: (line: ReadingLine) => boolean;
}

export class DeviceConnection {
  readonly display = new Display();
  readonly #thing: ThingSpec['thing'];
  readonly #hooks: Hooks;
  readonly #outbox: Outbox;
  readonly #connection: Connection;
  #client: MqttClient | undefined;
  #isCut = false;
  /** The last report is under way; another one waits for its end, so that a flood of orders is no flood of reports. */
  #report: 'none' | 'under-way' | 'stale' = 'none';

  constructor(simulation: Simulation, { thing, certificates }: ThingSpec, hooks: Hooks) {
    this.#thing = thing;
    this.#hooks = hooks;
    const named = ({ bootId, seq }: ReadingLine) => ({ at: this.#now(), thing, bootId, seq });
    this.#outbox = new Outbox(hooks.unacknowledged, {
      acknowledged: (line) => this.#recordLater({ kind: 'acknowledged', ...named(line) }),
      dropped: (line) => this.#recordLater({ kind: 'dropped', ...named(line) }),
      ...(hooks.isReversed && { isReversed: hooks.isReversed }),
      ...(hooks.isDuplicated && { isDuplicated: hooks.isDuplicated }),
    });
    this.#connection = new Connection({
      clientId: thing,
      seed: simulation.seed,
      options: () => credentials(simulation, thing, certificates),
      subscribesTo: commandTopic(thing, 'message'),
      onUp: (client) => this.#arrive(client),
      onDown: () => {
        this.#client = undefined;
        this.#report = 'none';
        this.#outbox.down();
      },
      onMessage: (packet) => this.#take(packet),
      onBug: endWithBug,
    });
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  /** Sends the readings among these lines, which are on disk, after all older ones; waits for the PUBACKs, but not for ever. */
  async send(lines: readonly DeviceLine[]): Promise<void> {
    this.#outbox.add(lines.filter((line) => line.kind === 'reading'));
    if (!this.#isCut) await this.#outbox.settle({ offlineMillis: OFFLINE_PATIENCE_MILLIS, slowMillis: SLOW_PATIENCE_MILLIS });
  }

  /** Off the net: readings wait in the buffer, and nobody waits for them. */
  cut(): void {
    this.#isCut = true;
    this.#connection.cut();
  }

  restore(): void {
    this.#isCut = false;
    this.#connection.restore();
  }

  async close(): Promise<void> {
    await this.#client?.publishAsync(presenceTopic(this.#thing), JSON.stringify({ connected: false }), { qos: 1 }).catch(() => undefined);
    await this.#connection.close();
  }

  #arrive(client: MqttClient): void {
    this.#client = client;
    const say = (topic: string, content: object): Promise<unknown> => client.publishAsync(topic, JSON.stringify(content), { qos: 1 });
    // Sessions of the broker do not survive, so the device asks what it has missed; if this connection is lost, the next one asks.
    say(presenceTopic(this.#thing), { connected: true }).catch(() => undefined);
    say(commandTopic(this.#thing, 'sync'), {}).catch(() => undefined);
    const { got, delta, get } = displayTopics(this.#thing);
    // Subscribed to before it asks, so that the answer is heard. A device whose policy grants no display goes without.
    client.subscribeAsync([got, delta], { qos: 1 }).then(
      () => void say(get, {}).catch(() => undefined),
      () => undefined,
    );
    // Nobody but the rule listens, so it goes there only: a message that passes the broker by costs a third.
    const telemetry = basicIngestTopic(ruleNames.telemetry, telemetryTopic(this.#thing));
    this.#outbox.up({ publish: ({ reading }) => say(telemetry, reading), breakOff: () => client.end(true) });
  }

  #take(packet: IPublishPacket): Promise<void> {
    const { got, delta } = displayTopics(this.#thing);
    if (packet.topic === got || packet.topic === delta) return this.#show(packet.topic === got ? 'got' : 'delta', packet.payload.toString());
    return this.#hear(packet.payload.toString().slice(0, MESSAGE_CHARACTERS_MOST));
  }

  /** What the household reads on the device. */
  async #hear(message: string): Promise<void> {
    const messageId = messageIdOf(message);
    await this.#hooks.record({ at: this.#now(), kind: 'told', thing: this.#thing, ...(messageId === undefined ? {} : { messageId }), message });
  }

  async #show(which: 'got' | 'delta', payload: string): Promise<void> {
    if (!this.display.take(which, payload)) return;
    const cards = this.display.cards.map(({ orderId, quoteHash }) => ({ orderId, quoteHash }));
    await this.#hooks.record({ at: this.#now(), kind: 'shown', thing: this.#thing, cards, notes: this.display.notes });
    this.#hooks.showedNew?.(this.display.countNewNotes());
    await this.#hooks.shows?.(this.display);
    this.#tellWhatIsShown();
  }

  #tellWhatIsShown(): void {
    const client = this.#client;
    if (client === undefined) return;
    if (this.#report !== 'none') {
      this.#report = 'stale';
      return;
    }
    this.#report = 'under-way';
    client.publishAsync(displayTopics(this.#thing).update, this.display.reported, { qos: 1 }).then(
      () => {
        if (client !== this.#client) return;
        const isStale = this.#report === 'stale';
        this.#report = 'none';
        if (isStale) this.#tellWhatIsShown();
      },
      () => undefined,
    );
  }

  #now(): Instant {
    return instantOf(this.#hooks.now());
  }

  #recordLater(line: DeviceLine): void {
    this.#hooks.record(line).catch(endWithBug);
  }
}

async function credentials(simulation: Simulation, thing: ThingSpec['thing'], certificates: string): Promise<IClientOptions> {
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

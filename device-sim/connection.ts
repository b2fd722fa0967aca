/** One MQTT connection that comes back by itself, on wall time, with growing and uneven pauses. It never blocks and never gives up. */
import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import { backoff } from './backoff.ts';
import { drawsOf } from './random.ts';

export interface ConnectionPlan {
  /** Names the pauses' generator; the client id. */
  readonly clientId: string;
  readonly seed: number;
  /** Asked before each try, because tokens and certificates are renewed on disk. */
  options(): Promise<IClientOptions>;
  readonly subscribesTo: string;
  /** Connected and subscribed. */
  onUp(client: MqttClient): void;
  onDown(): void;
  /** The message is acknowledged to the broker when this resolves. */
  onMessage(packet: IPublishPacket): Promise<void>;
  /** Our own bug, or a full disk. */
  onBug(error: unknown): void;
}

const FIRST_PAUSE_MILLIS = 250;
const LONGEST_PAUSE_MILLIS = 30_000;
const CONNECT_LIMIT_MILLIS = 20_000;
/** A connection that lived this long was a good one: the next pause is a short one again. */
const GOOD_AFTER_MILLIS = 10_000;

/** The broker stands on this machine; its certificate names it localhost. */
export const brokerAddress = (port: number): IClientOptions => ({ protocol: 'mqtts', host: '127.0.0.1', port, servername: 'localhost' });

export class Connection {
  readonly #plan: ConnectionPlan;
  readonly #pauses;
  #client: MqttClient | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;
  #isCut = false;
  #isOpening = false;

  constructor(plan: ConnectionPlan) {
    this.#plan = plan;
    // Wall time decides when a device comes back, so the seed only has to tell the devices apart.
    this.#pauses = backoff(drawsOf(plan.seed, plan.clientId, 'reconnect'), { firstMillis: FIRST_PAUSE_MILLIS, mostMillis: LONGEST_PAUSE_MILLIS });
    this.#open();
  }

  /** Ends with a proper DISCONNECT, so that the last will stays unsaid. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    const client = this.#client;
    if (client?.connected) await client.endAsync();
    else client?.end(true);
  }

  /** The net is gone without a word, until `restore`. */
  cut(): void {
    this.#isCut = true;
    clearTimeout(this.#retry);
    this.#client?.end(true);
  }

  restore(): void {
    if (!this.#isCut) return;
    this.#isCut = false;
    this.#pauses.restart();
    if (this.#client === undefined && !this.#isOpening && !this.#closed) this.#open();
  }

  #open(): void {
    this.#isOpening = true;
    this.#plan
      .options()
      .then((options) => this.#connect(options))
      .catch(() => this.#tryAgainLater());
  }

  /** A fresh client for each try: what is still unconfirmed is the outbox's business, and nothing hides in the library. */
  #connect(options: IClientOptions): void {
    this.#isOpening = false;
    if (this.#closed || this.#isCut) return;
    const { clientId } = this.#plan;
    const client = mqtt.connect({ ...options, clientId, clean: true, reconnectPeriod: 0, connectTimeout: CONNECT_LIMIT_MILLIS, resubscribe: false });
    this.#client = client;
    // 3.1.1 §4.3.2: PUBACK says that we have taken the message, so first it is taken.
    client.handleMessage = (packet, acknowledge) => {
      this.#plan.onMessage(packet).then(
        () => acknowledge(),
        (error: unknown) => this.#plan.onBug(error),
      );
    };
    let good: NodeJS.Timeout | undefined;
    client.on('connect', () => {
      good = setTimeout(() => this.#pauses.restart(), GOOD_AFTER_MILLIS);
      client.subscribeAsync(this.#plan.subscribesTo, { qos: 1 }).then(
        () => this.#plan.onUp(client),
        () => client.end(true),
      );
    });
    client.on('error', () => client.end(true));
    client.once('close', () => {
      clearTimeout(good);
      this.#plan.onDown();
      this.#tryAgainLater();
    });
  }

  #tryAgainLater(): void {
    this.#isOpening = false;
    this.#client = undefined;
    if (!this.#closed && !this.#isCut) this.#retry = setTimeout(() => this.#open(), this.#pauses.next());
  }
}

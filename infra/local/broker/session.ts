/** One admitted connection: who it is, what it listens to, and what is under way for it. */
import type { Activity } from '../activity.ts';
import type { Decide } from './decide.ts';
import type { Identity } from './identity.ts';
import { SUBSCRIPTIONS_MAX } from './limits.ts';
import { Pace } from './pace.ts';
import { filterMatches } from './topic-filter.ts';

/** AWS IoT's words for why a connection ended (life-cycle events). */
export type DisconnectReason =
  | 'API_INITIATED_DISCONNECT'
  | 'AUTH_ERROR'
  | 'CLIENT_ERROR'
  | 'CLIENT_INITIATED_DISCONNECT'
  | 'CONNECTION_LOST'
  | 'CUSTOMAUTH_TTL_EXPIRATION'
  | 'DUPLICATE_CLIENTID'
  | 'MQTT_KEEP_ALIVE_TIMEOUT'
  | 'SERVER_ERROR';

export class Session {
  readonly clientId: string;
  readonly identity: Identity;
  /** An authorizer that is asked again may answer with other policies. */
  decide: Decide;
  readonly pace = new Pace(performance.now());
  /** The first reason known for the end of the connection. */
  disconnectReason: DisconnectReason | undefined;
  /** CONNACK has been sent. */
  isReady = false;
  #isClosed = false;
  readonly #activity: Activity;
  readonly #subscriptions = new Map<string, number>();
  /** Ends of what began when a packet was handed out; PUBACKs end the oldest first. */
  readonly #awaitingAck: (() => void)[] = [];
  readonly #incoming = new Map<object, () => void>();
  readonly #atEnd: (() => void)[] = [];
  #previous: Promise<void> = Promise.resolve();

  constructor({ clientId, identity, decide, activity }: { clientId: string; identity: Identity; decide: Decide; activity: Activity }) {
    this.clientId = clientId;
    this.identity = identity;
    this.decide = decide;
    this.#activity = activity;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * Does `work` for a packet that came in, which counts as under way until `passedOn`. Resolves after the packets before it:
   * acknowledgements leave in the order of what they acknowledge (MQTT-4.6.0-2).
   */
  async handle(packet: object, work: () => Promise<void>): Promise<void> {
    const end = this.#activity.begin(`a message from ${this.clientId}`);
    const working = work();
    const inTurn = Promise.allSettled([this.#previous, working]).then(() => undefined);
    this.#previous = inTurn;
    try {
      await working;
      await inTurn;
    } catch (error) {
      end();
      throw error;
    }
    if (this.#isClosed) end();
    else this.#incoming.set(packet, end);
  }

  /** The packet has been acknowledged and handed to whoever listens. */
  passedOn(packet: object): void {
    this.#incoming.get(packet)?.();
    this.#incoming.delete(packet);
  }

  /** False when there are too many already. */
  subscribe(filter: string, qos: number): boolean {
    if (!this.#subscriptions.has(filter) && this.#subscriptions.size >= SUBSCRIPTIONS_MAX) return false;
    this.#subscriptions.set(filter, qos);
    return true;
  }

  unsubscribe(filter: string): void {
    this.#subscriptions.delete(filter);
  }

  /** The quality at which a message on this topic goes out: the least of what was published and what was subscribed to. */
  qosFor(topic: string, published: number): 0 | 1 {
    const granted = [...this.#subscriptions].filter(([filter]) => filterMatches(filter, topic)).map(([, qos]) => qos);
    return Math.min(published, ...granted) === 0 ? 0 : 1;
  }

  /** A QoS 1 packet goes out: something is under way until its PUBACK. */
  handOut(): void {
    if (!this.#isClosed) this.#awaitingAck.push(this.#activity.begin(`a message that ${this.clientId} has not acknowledged`));
  }

  acknowledged(): void {
    this.#awaitingAck.shift()?.();
  }

  /** Runs when the connection is gone; at once if it is already. */
  atEnd(task: () => void): void {
    if (this.#isClosed) task();
    else this.#atEnd.push(task);
  }

  /** Nothing is under way for a connection that is gone. */
  close(): void {
    this.#isClosed = true;
    for (const task of this.#atEnd.splice(0)) task();
    for (const end of [...this.#awaitingAck.splice(0), ...this.#incoming.values()]) end();
    this.#incoming.clear();
  }
}

/** What AWS IoT Core meters of a broker (AWS IoT Core pricing, “additional metering details”). Pings, goodbyes and what the broker acknowledges are free. */
import { isBasicIngest } from '../broker/basic-ingest.ts';
import type { RuleRan, TopicRule } from '../broker/rules.ts';
import type { Session } from '../broker/session.ts';
import type { Count } from './billed.ts';
import type { Stages } from './stages.ts';
import { IOT_UNIT_BYTES, SHADOW_UNIT_BYTES, unitsOf } from './units.ts';

interface Packet {
  readonly topic: string;
  readonly payload: string | Buffer;
}

export interface BrokerMeter {
  connected(session: Session): void;
  left(session: Session): void;
  /** A packet of SUBSCRIBE, or one of PUBACK. */
  subscribed(session: Session): void;
  acknowledged(session: Session): void;
  /** A client says it; Basic Ingest is free. @param rule that hears it */
  published(session: Session, packet: Packet, rule: TopicRule | undefined): void;
  delivered(session: Session, packet: Packet): void;
  /** A client asks the shadow service; its messages count besides, so this errs on the dear side. */
  askedShadow(session: Session, payload: Buffer): void;
  readonly ran: RuleRan;
}

const MINUTE = 60_000;

/** @param now product milliseconds: a connection that lasts a product year is billed for a year */
export class CountingBrokerMeter implements BrokerMeter {
  readonly #count: Count;
  readonly #stages: Stages;
  readonly #now: () => number;
  readonly #since = new Map<Session, number>();

  constructor(count: Count, stages: Stages, now: () => number) {
    this.#count = count;
    this.#stages = stages;
    this.#now = now;
  }

  connected(session: Session): void {
    this.#since.set(session, this.#now());
    this.#message(session, 0);
  }

  left(session: Session): void {
    this.#countMinutes(session);
    this.#since.delete(session);
  }

  /** The minutes of everybody who is connected now, up to now. */
  settle(): void {
    for (const session of this.#since.keys()) this.#countMinutes(session);
  }

  subscribed(session: Session): void {
    this.#message(session, 0);
  }

  acknowledged(session: Session): void {
    this.#message(session, 0);
  }

  published(session: Session, packet: Packet, rule: TopicRule | undefined): void {
    if (!isBasicIngest(packet.topic)) this.#message(session, sizeOf(packet), this.#stages.ofRule(rule));
  }

  delivered(session: Session, packet: Packet): void {
    this.#message(session, sizeOf(packet));
  }

  askedShadow(session: Session, payload: Buffer): void {
    this.#count('iot.shadowOperations', unitsOf(payload.length, SHADOW_UNIT_BYTES), kindOf(session));
  }

  readonly ran: RuleRan = (what, rule, bytes) => {
    const stage = this.#stages.ofRule(rule) ?? rule.name;
    this.#count(what === 'execution' ? 'iot.ruleExecutions' : 'iot.ruleActions', unitsOf(bytes, IOT_UNIT_BYTES), stage);
  };

  #message(session: Session, bytes: number, by = kindOf(session)): void {
    this.#count('iot.messages', unitsOf(bytes, IOT_UNIT_BYTES), by);
  }

  #countMinutes(session: Session): void {
    const [since, now] = [this.#since.get(session), this.#now()];
    if (since === undefined || now <= since) return;
    this.#since.set(session, now);
    this.#count('iot.connectionMinutes', (now - since) / MINUTE, kindOf(session));
  }
}

export const NO_BROKER_METER: BrokerMeter = {
  connected: () => undefined,
  left: () => undefined,
  subscribed: () => undefined,
  acknowledged: () => undefined,
  published: () => undefined,
  delivered: () => undefined,
  askedShadow: () => undefined,
  ran: () => undefined,
};

const kindOf = ({ identity }: Session): string => (identity.kind === 'thing' ? 'things' : 'apps');
const sizeOf = ({ topic, payload }: Packet): number => Buffer.byteLength(topic) + Buffer.byteLength(payload);

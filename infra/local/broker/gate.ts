/** The hooks of the embedded broker. Its defaults let everybody in and allow everything; here all of that is decided. */
import type { AedesOptions, Client, ConnectPacket, PublishPacket } from 'aedes';
import { admit, AdmissionRefused, type Admission, type Admitted } from './admission.ts';
import { isBasicIngest } from './basic-ingest.ts';
import { principalOf } from './identity.ts';
import { keepAliveSeconds, publishProblem } from './limits.ts';
import type { BrokerMeter } from '../cost/broker-meter.ts';
import type { RunRules, TopicRule } from './rules.ts';
import type { DisconnectReason, Session } from './session.ts';
import { topicFilterProblem } from './topic-filter.ts';

export type GateOptions = Readonly<{
  runRules: RunRules;
  /** Everything about the admission of this client. */
  admissionOf: (client: Client) => Admission;
  entered: (client: Client, admitted: Admitted) => void;
  sessionOf: (client: Client) => Session | undefined;
  /** The broker is being closed: it says no will of a client that it sends away itself. */
  isClosing: () => boolean;
  /** Product time, milliseconds. */
  now: () => number;
  report: (line: string) => void;
  onShadowMessage?: OnShadowMessage | undefined;
  meter: BrokerMeter;
  /** The rule that hears messages on a topic. */
  ruleOn: (topic: string) => TopicRule | undefined;
}>;

/** Keeps what a client says on a topic of a shadow; it is acknowledged once this resolves. */
export type OnShadowMessage = (topic: string, payload: Buffer, clientId: string) => Promise<unknown>;

const SHADOW_TOPIC = /^\$aws\/things\/[^/]+\/shadow\//;
/**
 * The embedded broker reads a connection on when it has dealt with all that came. It deals with the excess this much later, so that a
 * flood takes a small part of this process, whose one thread serves everybody, and not as much as the line carries.
 */
const BREATHER_MS = 250;
/** Where a message goes that nobody may have. */
const NOWHERE = '$aws/discarded';

type Hooks = Required<Pick<AedesOptions, 'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward' | 'published'>>;

/** A publish that ends the connection, and in AWS's words why. */
class PublishRefused extends Error {
  readonly disconnectReason: DisconnectReason;

  constructor(disconnectReason: DisconnectReason, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.disconnectReason = disconnectReason;
  }
}

export function gateHooks(options: GateOptions): Hooks {
  const connects = new WeakMap<Client, ConnectPacket>();
  return {
    preConnect: (client, packet, callback) => {
      // Sessions end with their connection: the embedded broker would keep them in memory without age or limit, and lose them
      // at the next start. Devices ask for what they missed when they connect.
      packet.clean = true;
      packet.keepalive = keepAliveSeconds(packet.keepalive ?? 0);
      connects.set(client, packet);
      callback(null, true);
    },
    authenticate: (client, _username, _password, done) => {
      letIn(client, connects.get(client), options).then(
        () => done(null, true),
        (error: unknown) => {
          const refusal = error instanceof AdmissionRefused ? error : new AdmissionRefused('server unavailable', String(error));
          options.report(`refused ${JSON.stringify(client.id)}: ${refusal.message}`);
          done(refusal, false);
        },
      );
    },
    authorizePublish: (client, packet, callback) => {
      if (client !== null && isTooFast(client, options)) {
        discard(packet);
        setTimeout(() => callback(null), BREATHER_MS).unref();
        return;
      }
      takePublish(client, packet, options).then(
        () => callback(null),
        (error: unknown) => {
          const refusal = error instanceof PublishRefused ? error : new PublishRefused('SERVER_ERROR', String(error));
          const session = client === null ? undefined : options.sessionOf(client);
          if (session !== undefined) session.disconnectReason ??= refusal.disconnectReason;
          options.report(`refused a message of ${JSON.stringify(client?.id)}: ${refusal.message}`);
          callback(refusal);
        },
      );
    },
    published: (packet, client: Client | null, callback) => {
      if (client !== null) options.sessionOf(client)?.passedOn(packet);
      callback();
    },
    ...subscriptionHooks(options),
  };
}

function subscriptionHooks({ sessionOf, report, meter }: GateOptions): Pick<Hooks, 'authorizeSubscribe' | 'authorizeForward'> {
  return {
    authorizeSubscribe: (client, subscription, callback) => {
      const { topic, qos } = subscription;
      const problem = subscriptionProblem(sessionOf(client), topic, qos);
      if (problem !== undefined) report(`refused a subscription of ${JSON.stringify(client.id)}: ${problem}`);
      // Null answers SUBACK 128, failure, and leaves the connection open (MQTT 3.1.1 §3.9.3), as AWS IoT does.
      callback(null, problem === undefined ? subscription : null);
    },
    authorizeForward: (client, packet) => {
      const session = sessionOf(client);
      if (isBasicIngest(packet.topic) || packet.topic === NOWHERE) return null;
      if (session?.decide('iot:Receive', packet.topic) !== 'allow') return null;
      const qos = session.qosFor(packet.topic, packet.qos);
      if (qos === 1) session.handOut();
      meter.delivered(session, packet);
      return { ...packet, qos };
    },
  };
}

async function letIn(client: Client, packet: ConnectPacket | undefined, { admissionOf, entered, isClosing }: GateOptions): Promise<void> {
  if (packet === undefined || isClosing()) throw new AdmissionRefused('server unavailable', 'the broker is closing');
  const admitted = await admit(packet, admissionOf(client));
  // Whoever has gone meanwhile has been told so already: nobody would ever end its session, and the authorizer be asked about it for good.
  if (client.closed) throw new AdmissionRefused('server unavailable', 'it hung up before it was let in');
  entered(client, admitted);
}

/** A will is said when its client has gone; how fast that spoke no longer matters. */
function isTooFast(client: Client, { sessionOf, report }: GateOptions): boolean {
  const session = sessionOf(client);
  if (session === undefined || client.closed) return false;
  const now = performance.now();
  if (session.pace.takes(now)) return false;
  const discarded = session.pace.toReport(now);
  if (discarded !== undefined) report(discardedLine(session, discarded));
  return true;
}

export const discardedLine = ({ clientId }: Session, count: number): string =>
  `discarded ${count} message${count === 1 ? '' : 's'} of ${JSON.stringify(clientId)}, which says more than twenty a second`;

/**
 * AWS IoT neither acknowledges what is too much nor ends the connection, and the embedded broker has no such answer: it
 * acknowledges what it takes, except at QoS 0. So the message becomes one of QoS 0 that nobody hears.
 */
function discard(packet: PublishPacket): void {
  Object.assign(packet, { topic: NOWHERE, payload: Buffer.alloc(0), qos: 0, retain: false });
}

/** Resolves when the message may be acknowledged: everything the rules make of it is durable then. */
async function takePublish(client: Client | null, packet: PublishPacket, options: GateOptions): Promise<void> {
  const { sessionOf, runRules, isClosing, now, onShadowMessage, meter, ruleOn } = options;
  const session = client === null ? undefined : sessionOf(client);
  if (client === null || session === undefined || isClosing()) throw new PublishRefused('SERVER_ERROR', 'nobody is there to say this');
  const { topic, qos } = packet;
  const problem = publishProblem(packet);
  if (problem !== undefined) throw new PublishRefused('CLIENT_ERROR', problem);
  const decision = session.decide('iot:Publish', topic);
  if (decision !== 'allow') throw new PublishRefused('AUTH_ERROR', decision.deny);
  const message = { topic, payload: Buffer.from(packet.payload), clientId: session.clientId, principal: principalOf(session.identity), timestamp: now() };
  // A will is metered with the CONNECT that brought it.
  if (!client.closed) meter.published(session, packet, ruleOn(topic));
  // A will is said when its client has gone, so nobody says it again.
  const resends = qos === 1 && !client.closed;
  try {
    await session.handle(packet, async () => {
      await runRules(message, { resends });
      if (!SHADOW_TOPIC.test(topic)) return;
      meter.askedShadow(session, message.payload);
      await onShadowMessage?.(topic, message.payload, session.clientId);
    });
  } catch (cause) {
    throw new PublishRefused('SERVER_ERROR', `${topic} is not durable: ${String(cause)}`, { cause });
  }
}

function subscriptionProblem(session: Session | undefined, filter: string, qos: number): string | undefined {
  if (session === undefined) return 'nobody is there to listen';
  const problem = topicFilterProblem(filter);
  if (problem !== undefined) return `expected ${problem}`;
  if (qos > 1) return 'QoS 2 is not offered';
  if (isBasicIngest(filter)) return 'nobody can listen to Basic Ingest';
  const decision = session.decide('iot:Subscribe', filter);
  if (decision !== 'allow') return decision.deny;
  return session.subscribe(filter, qos) ? undefined : 'too many subscriptions';
}

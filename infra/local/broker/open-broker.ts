/** The message broker of the local cloud: AWS IoT Core's, as far as the template uses it, on one port of this machine. */
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { Aedes, type Client } from 'aedes';
import type { Activity } from '../activity.ts';
import type { AwsHandler } from '../aws-request.ts';
import { NO_BROKER_METER, type BrokerMeter } from '../cost/broker-meter.ts';
import { keepAsking, onWallTime, type Later } from './app-lease.ts';
import type { AuthorizeConnection } from './authorizer.ts';
import { openCertificates, type CertificateAuthority } from './certificates.ts';
import { Connections } from './connections.ts';
import { discardedLine, gateHooks, type OnShadowMessage } from './gate.ts';
import type { Proven } from './identity.ts';
import { iotDataHandler } from './iot-data.ts';
import { listen } from './listener.ts';
import { Outlet } from './outlet.ts';
import { Presence, type PresenceEvent } from './presence.ts';
import { readPolicy, watched, type PolicyDocument } from './policy.ts';
import { loadRules, type Deliver, type TopicRule } from './rules.ts';
import { openWebSocketDoor, type WebSocketDoor } from './web-socket.ts';

export type BrokerOptions = Readonly<{
  /** Certificates are kept here; messages and sessions are not kept. */
  directory: string;
  /** Any free one unless told. */
  port?: number;
  rules: readonly TopicRule[];
  deliver: Deliver;
  /**
   * Hold for every thing. On AWS a policy is attached to each certificate when that is made, which no template can say of things to
   * come; here the attaching is left out and all things have all of these.
   */
  thingPolicies: readonly PolicyDocument[];
  /** Hears of what these policies allow, each time. */
  thingAllowed?: Parameters<typeof watched>[1];
  /** Stands for the custom authorizer, which decides about clients without a certificate. */
  authorizeConnection: AuthorizeConnection;
  onShadowMessage?: OnShadowMessage;
  /** Connections are counted from here in life-cycle events; 0 unless told. */
  firstVersion?: number;
  activity: Activity;
  /** Product time, milliseconds. */
  now: () => number;
  /** Hears of whatever is refused, one line each. */
  report?: (line: string) => void;
  /** Hears of whatever AWS would meter. */
  meter?: BrokerMeter;
  /** For tests that do not wait for minutes of wall time. */
  later?: Later;
}>;

export type Broker = Readonly<{
  port: number;
  caFile: string;
  issueCertificate: CertificateAuthority['issueCertificate'];
  /** Publishes for the local cloud itself; resolves as `Outlet.publish` does. */
  publish: (topic: string, payload: string | Buffer, qos: 0 | 1) => Promise<void>;
  /** The client ids of all connections. */
  connected: () => string[];
  /** Voids the thing's certificates and ends its connection, whose will stays unsaid. */
  revoke: (thing: string) => Promise<void>;
  /** MQTT over WebSocket, on somebody's HTTP server. */
  handleUpgrade: WebSocketDoor['handleUpgrade'];
  handleIotData: AwsHandler;
  close: () => Promise<void>;
}>;

/** A client that has connected but says nothing, and one that reads nothing. */
const CONNECT_TIMEOUT_MS = 10_000;
const DRAIN_TIMEOUT_MS = 10_000;

/** Throws when a rule or a policy cannot be run here. */
export async function openBroker(options: BrokerOptions): Promise<Broker> {
  const { directory, port = 0, rules, deliver, authorizeConnection, activity, now, report = () => undefined, later = onWallTime } = options;
  const { thingAllowed = () => undefined, meter = NO_BROKER_METER } = options;
  const thingPolicies = options.thingPolicies.map((policy) => watched(readPolicy(policy), thingAllowed));
  const { run: runRules, whenDone, ruleOn } = loadRules(rules, deliver, report, meter.ran);
  const authority = await openCertificates(directory);
  const connections = new Connections();
  let isClosing = false;
  const hooks = gateHooks({
    ...{ runRules, ruleOn, now, report, meter, onShadowMessage: options.onShadowMessage },
    admissionOf: (client) => ({
      ...{ proven: connections.linkOf(client).proven, thingPolicies, isRevoked: authority.isRevoked, authorizeConnection, activity },
      present: (clientId) => connections.present(clientId),
    }),
    entered: (client, admitted) => {
      connections.enter(client, admitted.session);
      keepAsking(admitted, { authorizeConnection, later, report, end: (session, reason) => connections.end(session, reason) });
    },
    sessionOf: (client) => connections.sessionOf(client),
    isClosing: () => isClosing,
  });
  const aedes = await Aedes.createBroker({ ...hooks, connectTimeout: CONNECT_TIMEOUT_MS, drainTimeout: DRAIN_TIMEOUT_MS });
  const outlet = new Outlet({ aedes, runRules, activity, isClosing: () => isClosing, now, report });
  const presence = new Presence(now, options.firstVersion);
  const tell = (event: PresenceEvent) => outlet.announce(event.topic, event.payload);
  const left = (client: Client) => {
    const session = connections.leave(client);
    const discarded = session?.pace.last();
    if (session !== undefined && discarded !== undefined) report(discardedLine(session, discarded));
    if (session?.isReady === true) {
      meter.left(session);
      tell(presence.disconnected(session));
    }
  };
  watch(aedes, { connections, presence, tell, left, report, meter });
  const accept = (stream: Duplex, proven: Proven, ipAddress: string) => {
    connections.open(stream, proven, ipAddress);
    const client = aedes.handle(stream);
    stream.once('close', () => left(client));
  };
  const webSockets = openWebSocketDoor({ isClosing: () => isClosing, report, accept: (stream, ipAddress) => accept(stream, 'no certificate', ipAddress) });
  const listener = await listen({ authority, port, report, accept: (socket, proven) => accept(socket, proven, socket.remoteAddress ?? 'unknown') }).catch(
    (error: unknown) => {
      aedes.close();
      throw error;
    },
  );
  return {
    ...{ port: listener.port, caFile: authority.caFile, issueCertificate: authority.issueCertificate, handleUpgrade: webSockets.handleUpgrade },
    publish: (topic, payload, qos) => outlet.publish(topic, Buffer.from(payload), qos),
    connected: () => connections.clientIds,
    revoke: (thing) => revoke(thing, authority, connections),
    handleIotData: iotDataHandler({
      publish: (topic, payload, qos, principal) => outlet.publish(topic, payload, qos, principal),
      disconnect: (clientId, { saysWill }) => connections.endIfThere(clientId, 'API_INITIATED_DISCONNECT', { saysWill }),
    }),
    close: async () => {
      isClosing = true;
      await promisify(aedes.close.bind(aedes))();
      webSockets.close();
      await listener.close();
      await whenDone();
    },
  };
}

/** The connections end even when the list cannot be written. */
async function revoke(thing: string, authority: CertificateAuthority, connections: Connections): Promise<void> {
  try {
    await authority.revoke(thing);
  } finally {
    for (const session of connections.all) {
      const { identity } = session;
      if (identity.kind === 'thing' && authority.isRevoked(identity.certificateId)) connections.end(session, 'AUTH_ERROR', { saysWill: false });
    }
  }
}

type Watching = Readonly<{
  connections: Connections;
  presence: Presence;
  tell: (event: PresenceEvent) => void;
  left: (client: Client) => void;
  report: (line: string) => void;
  meter: BrokerMeter;
}>;

function watch(aedes: Aedes, { connections, presence, tell, left, report, meter }: Watching): void {
  aedes.on('connackSent', ({ returnCode }, client) => {
    const session = connections.sessionOf(client);
    if (returnCode !== 0 || session === undefined || session.isClosed) return;
    session.isReady = true;
    meter.connected(session);
    tell(presence.connected(session, connections.linkOf(client).ipAddress));
  });
  aedes.on('clientDisconnect', left);
  aedes.on('ack', (_packet, client) => {
    const session = connections.sessionOf(client);
    session?.acknowledged();
    if (session !== undefined) meter.acknowledged(session);
  });
  aedes.on('subscribe', (_subscriptions, client) => {
    const session = connections.sessionOf(client);
    if (session !== undefined) meter.subscribed(session);
  });
  aedes.on('unsubscribe', (filters, client) => {
    for (const filter of filters) connections.sessionOf(client)?.unsubscribe(filter);
  });
  aedes.on('keepaliveTimeout', (client) => {
    const session = connections.sessionOf(client);
    if (session !== undefined) session.disconnectReason ??= 'MQTT_KEEP_ALIVE_TIMEOUT';
  });
  for (const event of ['clientError', 'connectionError'] as const)
    aedes.on(event, (client, error) => report(`connection of ${JSON.stringify(client.id)} ended: ${error.message}`));
}

/** The message broker of the local cloud: AWS IoT Core's, as far as the template uses it, on one port of this machine. */
import { promisify } from 'node:util';
import { Aedes, type Client } from 'aedes';
import type { Activity } from '../activity.ts';
import type { AwsHandler } from '../aws-request.ts';
import type { AuthorizeMember } from './admission.ts';
import { openCertificates, type CertificateAuthority } from './certificates.ts';
import { Connections } from './connections.ts';
import { gateHooks } from './gate.ts';
import { iotDataHandler } from './iot-data.ts';
import { listen } from './listener.ts';
import { Outlet } from './outlet.ts';
import { Presence, type PresenceEvent } from './presence.ts';
import { loadRules, type Deliver, type TopicRule } from './rules.ts';

export type BrokerOptions = Readonly<{
  /** Certificates are kept here; messages and sessions are not kept. */
  directory: string;
  /** Any free one unless told. */
  port?: number;
  rules: readonly TopicRule[];
  deliver: Deliver;
  authorizeMember: AuthorizeMember;
  activity: Activity;
  /** Product time, milliseconds. */
  now: () => number;
  /** Hears of whatever is refused, one line each. */
  report?: (line: string) => void;
}>;

export type Broker = Readonly<{
  port: number;
  caFile: string;
  issueCertificate: CertificateAuthority['issueCertificate'];
  /** Publishes for the local cloud itself; resolves as `Outlet.publish` does. */
  publish: (topic: string, payload: string | Buffer, qos: 0 | 1) => Promise<void>;
  /** The client ids of all connections. */
  connected: () => string[];
  handleIotData: AwsHandler;
  close: () => Promise<void>;
}>;

/** A client that has connected but says nothing, and one that reads nothing. */
const CONNECT_TIMEOUT_MS = 10_000;
const DRAIN_TIMEOUT_MS = 10_000;

/** Throws when a rule cannot run here. */
export async function openBroker({
  directory,
  port = 0,
  rules,
  deliver,
  authorizeMember,
  activity,
  now,
  report = () => undefined,
}: BrokerOptions): Promise<Broker> {
  const { run: runRules, whenDone } = loadRules(rules, deliver);
  const authority = await openCertificates(directory);
  const connections = new Connections();
  let isClosing = false;
  const hooks = gateHooks({
    runRules,
    admissionOf: (client) => ({ proven: connections.linkOf(client).proven, authorizeMember, present: (clientId) => connections.present(clientId), activity }),
    entered: (client, session) => connections.enter(client, session),
    sessionOf: (client) => connections.sessionOf(client),
    isClosing: () => isClosing,
    now,
    report,
  });
  const aedes = await Aedes.createBroker({ ...hooks, connectTimeout: CONNECT_TIMEOUT_MS, drainTimeout: DRAIN_TIMEOUT_MS });
  const outlet = new Outlet({ aedes, runRules, activity, isClosing: () => isClosing, now, report });
  const presence = new Presence(now);
  const tell = (event: PresenceEvent) => outlet.announce(event.topic, event.payload);
  const left = (client: Client) => {
    const session = connections.leave(client);
    if (session?.isReady === true) tell(presence.disconnected(session));
  };
  watch(aedes, { connections, presence, tell, left, report });
  const listener = await listen({
    authority,
    port,
    report,
    accept: (socket, proven) => {
      connections.open(socket, proven);
      const client = aedes.handle(socket);
      socket.once('close', () => left(client));
    },
  }).catch((error: unknown) => {
    aedes.close();
    throw error;
  });
  return {
    port: listener.port,
    caFile: authority.caFile,
    issueCertificate: authority.issueCertificate,
    publish: (topic, payload, qos) => outlet.publish(topic, Buffer.from(payload), qos),
    connected: () => connections.clientIds,
    handleIotData: iotDataHandler((topic, payload, qos, principal) => outlet.publish(topic, payload, qos, principal)),
    close: async () => {
      isClosing = true;
      await promisify(aedes.close.bind(aedes))();
      await listener.close();
      await whenDone();
    },
  };
}

type Watching = Readonly<{
  connections: Connections;
  presence: Presence;
  tell: (event: PresenceEvent) => void;
  left: (client: Client) => void;
  report: (line: string) => void;
}>;

function watch(aedes: Aedes, { connections, presence, tell, left, report }: Watching): void {
  aedes.on('connackSent', ({ returnCode }, client) => {
    const session = connections.sessionOf(client);
    if (returnCode !== 0 || session === undefined || session.isClosed) return;
    session.isReady = true;
    tell(presence.connected(session, connections.linkOf(client).ipAddress));
  });
  aedes.on('clientDisconnect', left);
  aedes.on('ack', (_packet, client) => connections.sessionOf(client)?.acknowledged());
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

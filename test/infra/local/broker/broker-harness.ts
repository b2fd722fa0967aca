/** A broker in a directory of its own, with queues that a test can hold back, and clients that are gone when it ends. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import mqtt, { type IClientOptions, type MqttClient, type Packet } from 'mqtt';
import { Activity } from '../../../../infra/local/activity.ts';
import type { AuthorizeConnection } from '../../../../infra/local/broker/authorizer.ts';
import { openBroker, type Broker, type BrokerOptions } from '../../../../infra/local/broker/open-broker.ts';
import { appPolicy, isAppClientOf } from '../../../../shared/household/app-connection.ts';
import { householdIdSchema, memberIdSchema } from '../../../../shared/values.ts';

export const TELEMETRY_RULE = {
  name: 'telemetry',
  sql: `SELECT encode(*, 'base64') AS payload, topic(3) AS thing, clientid() AS clientId, principal() AS principal, timestamp() AS receivedAt
        FROM 'dt/nachschub/+/telemetry'`,
  actions: [{ queueArn: 'arn:ingest' }],
  errorActions: [{ queueArn: 'arn:ingest-errors' }],
};
const tee = (name: string, sql: string) => ({ name, sql, actions: [{ queueArn: `arn:${name}` }], errorActions: [{ queueArn: `arn:${name}-errors` }] });
const RULES = [
  TELEMETRY_RULE,
  tee('presence', "SELECT * FROM '$aws/events/presence/+/+'"),
  tee('will', "SELECT connected, topic(3) AS thing FROM 'dt/nachschub/+/presence'"),
  tee('app', "SELECT kind, principal() AS principal, clientid() AS clientId FROM 'app/nachschub/+/messages'"),
];
const TOKENS: Record<string, string> = { mem_anna: 'hh_anna', mem_bert: 'hh_bert', 'mem_anna-b': 'hh_bert' };

export const ARN_BASE = 'arn:aws:iot:eu-central-1:000000000000';
const own = '${iot:Connection.Thing.ThingName}';
const arns = (...resources: string[]) => resources.map((resource) => `${ARN_BASE}:${resource}`);
/** Wider than the template's, so that tests of the broker itself have room. */
export const WIDE_POLICY = {
  name: 'Wide',
  document: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'iot:Connect',
        Resource: arns(`client/${own}`),
        Condition: { Bool: { 'iot:Connection.Thing.IsAttached': true } },
      },
      { Effect: 'Deny', Action: 'iot:Connect', Resource: arns('client/app-*') },
      { Effect: 'Allow', Action: 'iot:Publish', Resource: arns(`topic/dt/nachschub/${own}/*`, `topic/cmd/nachschub/${own}/sync`, 'topic/$aws/*') },
      { Effect: 'Allow', Action: 'iot:Subscribe', Resource: arns(`topicfilter/cmd/nachschub/${own}/*`, 'topicfilter/$aws/*') },
      { Effect: 'Allow', Action: 'iot:Receive', Resource: arns(`topic/cmd/nachschub/${own}/*`, 'topic/$aws/*') },
    ],
  },
};

type Before = (queueArn: string, body: string) => Promise<void>;

/** As the authorizer of the product answers, for tokens that say whose they are. */
export const authorizeConnection: AuthorizeConnection = ({ protocolData: { mqtt } }) => {
  const token = Buffer.from(mqtt.password ?? '', 'base64').toString();
  if (token === 'unreachable') return Promise.reject(new Error('no provider'));
  const memberId = memberIdSchema.safeParse(token.replace('token of ', ''));
  const household = householdIdSchema.safeParse(mqtt.username);
  const isMember = memberId.success && household.success && TOKENS[memberId.data] === household.data;
  if (!isMember || !isAppClientOf(memberId.data, mqtt.clientId)) return Promise.resolve({ isAuthenticated: false });
  return Promise.resolve({
    ...{ isAuthenticated: true, principalId: principalOfMember(memberId.data), disconnectAfterInSeconds: 3_600, refreshAfterInSeconds: 300 },
    policyDocuments: [appPolicy(ARN_BASE, mqtt.clientId, household.data)],
  });
};
/** Letters and digits only, as AWS wants it. */
export const principalOfMember = (memberId: string): string => memberId.replaceAll('_', '0').replaceAll('-', '1');

const FIXED = { rules: RULES, thingPolicies: [WIDE_POLICY], authorizeConnection, now: () => 1_772_431_200_000 };

export class BrokerHarness {
  readonly broker: Broker;
  readonly directory: string;
  readonly activity: Activity;
  readonly reports: string[];
  readonly #queues: Map<string, unknown[]>;
  readonly #arrivals: Set<() => void>;
  #http: Server | undefined;
  readonly #clients: { end: () => Promise<unknown> }[] = [];

  private constructor(
    parts: Pick<BrokerHarness, 'broker' | 'directory' | 'activity' | 'reports'> & { queues: Map<string, unknown[]>; arrivals: Set<() => void> },
  ) {
    ({
      broker: this.broker,
      directory: this.directory,
      activity: this.activity,
      reports: this.reports,
      queues: this.#queues,
      arrivals: this.#arrivals,
    } = parts);
  }

  /** @param before runs before each message is put on its queue: may hold it back, or throw */
  static async open(before: Before = () => Promise.resolve(), more: Partial<BrokerOptions> = {}): Promise<BrokerHarness> {
    const directory = await mkdtemp(join(tmpdir(), 'broker-'));
    const [activity, reports, queues, arrivals] = [new Activity(), new Array<string>(), new Map<string, unknown[]>(), new Set<() => void>()];
    const deliver = async (queueArn: string, body: string) => {
      await before(queueArn, body);
      queues.set(queueArn, [...(queues.get(queueArn) ?? []), JSON.parse(body)]);
      for (const told of [...arrivals]) told();
    };
    const report = (line: string) => reports.push(line);
    const broker = await openBroker({ ...FIXED, directory, deliver, activity, report, ...more });
    return new BrokerHarness({ broker, directory, activity, reports, queues, arrivals });
  }

  /** Opens a broker where this one was, as after a restart. */
  reopen(): Promise<Broker> {
    const { directory, activity } = this;
    const deliver = () => Promise.resolve();
    return openBroker({ ...FIXED, directory, port: this.broker.port, deliver, activity });
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.end()));
    await this.broker.close();
    this.#http?.close();
    await rm(this.directory, { recursive: true });
  }

  queue(name: string): unknown[] {
    return this.#queues.get(`arn:${name}`) ?? [];
  }

  /** The queue's messages, once there are so many. */
  async queued(name: string, count: number): Promise<unknown[]> {
    while (this.queue(name).length < count) {
      await new Promise<void>((resolve) => {
        const told = () => {
          this.#arrivals.delete(told);
          resolve();
        };
        this.#arrivals.add(told);
      });
    }
    return this.queue(name);
  }

  /** Resolves once exactly so many things are under way. */
  async underWay(count: number): Promise<void> {
    while (this.activity.count !== count) {
      await new Promise<void>((resolve) => {
        const stop = this.activity.onChange(() => {
          stop();
          resolve();
        });
      });
    }
  }

  async thingOptions(thing: string, more: IClientOptions = {}): Promise<IClientOptions> {
    const { certificatePem, keyPem } = await this.broker.issueCertificate(thing);
    return this.#options({ cert: certificatePem, key: keyPem, clientId: thing, ...more });
  }

  memberOptions(memberId: string, more: IClientOptions = {}): Promise<IClientOptions> {
    return this.#options({ username: TOKENS[memberId] ?? '', password: `token of ${memberId}`, clientId: `app-${memberId}-1`, ...more });
  }

  async #options(more: IClientOptions): Promise<IClientOptions> {
    const ca = await readFile(this.broker.caFile, 'utf8');
    return { host: '127.0.0.1', port: this.broker.port, protocol: 'mqtts', ca, reconnectPeriod: 0, connectTimeout: 5_000, ...more };
  }

  /** The same over a WebSocket, on an HTTP server that ends with the harness. */
  async webSocketOptions(memberId: string, more: IClientOptions = {}): Promise<IClientOptions> {
    this.#http ??= await listening(createServer().on('upgrade', this.broker.handleUpgrade));
    const { port } = this.#http.address() as AddressInfo;
    return { ...(await this.memberOptions(memberId)), protocol: 'ws', path: '/mqtt', port, ...more };
  }

  async thing(thing: string, more: IClientOptions = {}): Promise<MqttClient> {
    return this.connect(await this.thingOptions(thing, more));
  }

  async member(memberId: string, more: IClientOptions = {}): Promise<MqttClient> {
    return this.connect(await this.memberOptions(memberId, more));
  }

  /** Resolves when connected; rejects when refused or cut off before. */
  async connect(options: IClientOptions): Promise<MqttClient> {
    const client = mqtt.connect(options);
    this.#clients.push({ end: () => client.endAsync(true) });
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
      client.once('close', () => reject(new Error('cut off')));
    });
    client.on('error', () => undefined);
    // The broker knows of a connection a moment after its client does.
    while (client.connected && !this.broker.connected().includes(options.clientId ?? '')) await new Promise((resolve) => setImmediate(resolve));
    return client;
  }

  /** A TLS connection on which a test writes bytes of its own; resolves to all that came when the broker closes it. */
  async raw(thing: string): Promise<{ socket: TLSSocket; ended: Promise<Buffer> }> {
    const { certificatePem, keyPem } = await this.broker.issueCertificate(thing);
    const socket = connectTls({ host: '127.0.0.1', port: this.broker.port, cert: certificatePem, key: keyPem, ca: await readFile(this.broker.caFile) });
    this.#clients.push({ end: () => Promise.resolve(socket.destroy()) });
    const chunks: Buffer[] = [];
    const ended = new Promise<Buffer>((resolve) => {
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(Buffer.concat(chunks)));
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve);
      socket.once('error', reject);
    });
    return { socket, ended };
  }
}

const listening = (server: Server): Promise<Server> => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));

/** Resolves with the next packet of this kind that the client receives or sends. */
export const nextPacket = (client: MqttClient, direction: 'packetreceive' | 'packetsend', cmd: Packet['cmd']): Promise<Packet> =>
  new Promise((resolve) => {
    const look = (packet: Packet) => {
      if (packet.cmd !== cmd) return;
      client.removeListener(direction, look);
      resolve(packet);
    };
    client.on(direction, look);
  });

/** Something that a test lets go of when it likes. */
export function gate(): { open: () => void; opened: Promise<void> } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
}

export const closed = (client: MqttClient): Promise<void> => new Promise((resolve) => (client.connected ? client.once('close', () => resolve()) : resolve()));

/** Is the message acknowledged, or is the connection cut instead? */
export async function publishOutcome(client: MqttClient, topic: string, payload: string | Buffer = '{}', more: { qos?: 0 | 1 | 2; retain?: boolean } = {}) {
  const acknowledged = new Promise<'acknowledged'>((resolve) => {
    client.publish(topic, payload, { qos: 1, ...more }, (error) => {
      if (!error) resolve('acknowledged');
    });
  });
  return Promise.race([acknowledged, closed(client).then(() => 'cut off' as const)]);
}

/** What SUBACK answers: the quality granted, or 128. */
export const granted = (client: MqttClient, filter: string, qos: 1 | 2 = 1): Promise<number> =>
  new Promise((resolve, reject) => {
    client.subscribe(filter, { qos }, (error, _grants, suback) => {
      const [first] = suback?.granted ?? [];
      if (typeof first === 'number') resolve(first);
      else reject(error ?? new Error('expected one answer'));
    });
  });

/** An MQTT text: its length in two bytes before it (§1.5.3). */
const text = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};
const packet = (first: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  let rest = body.length;
  do {
    length.push((rest & 127) | (rest > 127 ? 128 : 0));
    rest >>= 7;
  } while (rest > 0);
  return Buffer.concat([Buffer.from([first, ...length]), body]);
};
/** MQTT 3.1.1 packets as bytes, for what the client library would not send. */
export const connectPacket = (clientId: string, keepAliveSeconds = 60): Buffer =>
  packet(0x10, text('MQTT'), Buffer.from([4, 2, 0, keepAliveSeconds]), text(clientId));
export const publishPacket = (topic: string | Buffer, payload: string, id = 7, qos: 0 | 1 = 1): Buffer =>
  packet(0x30 | (qos << 1), text(topic), ...(qos === 0 ? [] : [Buffer.from([id >> 8, id & 255])]), Buffer.from(payload));
export const CONNACK_OK = Buffer.from([0x20, 2, 0, 0]);
export const connackRefused = (returnCode: number): Buffer => Buffer.from([0x20, 2, 0, returnCode]);
export const PUBACK = Buffer.from([0x40, 2, 0, 7]);

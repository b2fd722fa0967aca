/** A stage for the simulators' processes: a broker over TLS, a conductor over TCP, certificates, and the processes themselves. */
import { Aedes, type Client } from 'aedes';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Things that happen, and promises for those that are waited for. */
export class Seen<Item> {
  readonly all: Item[] = [];
  #watchers: (() => void)[] = [];

  add(item: Item): void {
    this.all.push(item);
    for (const watcher of this.#watchers.splice(0)) watcher();
  }

  /** The first `count` that match, waiting for those to come. */
  async until(matches: (item: Item) => boolean, count = 1): Promise<Item[]> {
    for (;;) {
      const found = this.all.filter(matches);
      if (found.length >= count) return found;
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }
}

export async function newDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'device-sim-'));
}
export const removeDirectory = (directory: string): Promise<void> => rm(directory, { recursive: true, force: true, maxRetries: 5 });

/** `ca.pem`, `server.pem` for localhost, and for each thing a directory with `certificate.pem` and `key.pem`. */
export async function makeCertificates(directory: string, things: readonly string[]): Promise<void> {
  const openssl = (...args: string[]) => run('openssl', args, { cwd: directory });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'];
  await openssl('req', '-x509', ...key, '-subj', '/CN=Test CA', '-keyout', 'ca-key.pem', '-out', 'ca.pem');
  const issue = (name: string, at: string, extra: string[] = []) =>
    openssl(
      'req',
      '-x509',
      ...key,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca-key.pem',
      '-subj',
      `/CN=${name}`,
      ...extra,
      '-keyout',
      `${at}/key.pem`,
      '-out',
      `${at}/certificate.pem`,
    );
  await Promise.all(['server', ...things].map((name) => mkdir(join(directory, name), { recursive: true })));
  await issue('localhost', 'server', ['-addext', 'subjectAltName=DNS:localhost']);
  for (const thing of things) await issue(thing, thing);
}

export interface Published {
  readonly clientId: string;
  readonly commonName: string | undefined;
  readonly topic: string;
  readonly payload: string;
  readonly qos: number;
}

/** @param port an earlier broker's, to come back at the same place */
export async function startBroker(certificates: string, port = 0) {
  const aedes = await Aedes.createBroker();
  const published = new Seen<Published>();
  const connects = new Seen<{ id: string; username: string | undefined; password: string | undefined; certificate: boolean; at: number }>();
  const sockets = new Set<Socket>();
  let holdsPubacks = false;
  const [ca, cert, key] = await Promise.all(['ca.pem', 'server/certificate.pem', 'server/key.pem'].map((file) => readFile(join(certificates, file))));
  const names = new WeakMap<Client, string>();
  aedes.authenticate = (client, username, password, done) => {
    // The stream of this server is always a TLS socket; the broker's types do not know that.
    const peer =
      'getPeerCertificate' in client.conn ? (client.conn as unknown as { getPeerCertificate(): { subject?: { CN?: string } } }).getPeerCertificate() : {};
    if (peer.subject?.CN !== undefined) names.set(client, peer.subject.CN);
    connects.add({ id: client.id, username, password: password?.toString(), certificate: peer.subject !== undefined, at: performance.now() });
    done(null, true);
  };
  aedes.authorizePublish = (client, packet, done) => {
    // The broker itself says wills and its own heartbeat without a client.
    if (client !== null) {
      const { topic, payload, qos } = packet;
      published.add({ clientId: client.id, commonName: names.get(client), topic, payload: payload.toString(), qos });
      if (holdsPubacks && topic.endsWith('/telemetry')) return;
    }
    done(null);
  };
  const server = createTlsServer({ ca, cert, key, requestCert: true, rejectUnauthorized: false }, aedes.handle);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    published,
    connects,
    telemetry: () => published.all.filter(({ topic }) => topic.endsWith('/telemetry')),
    /** Takes telemetry in and never answers: what was sent stays unacknowledged. */
    holdPubacks: () => (holdsPubacks = true),
    publish: (topic: string, payload: object) =>
      new Promise<void>((resolve, reject) =>
        aedes.publish({ cmd: 'publish', topic, payload: Buffer.from(JSON.stringify(payload)), qos: 1, retain: false, dup: false }, (error) =>
          error ? reject(error) : resolve(),
        ),
      ),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await new Promise<void>((resolve) => aedes.close(resolve));
    },
  };
}
export type Broker = Awaited<ReturnType<typeof startBroker>>;

export interface Heard {
  readonly hello?: string;
  readonly done?: number;
  readonly next?: number | null;
}

/** Gives turns by hand. */
export async function startConductor() {
  const heard = new Seen<Heard>();
  let client: Socket | undefined;
  let turns = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    createInterface({ input: socket })
      .on('line', (line) => {
        const message = JSON.parse(line) as Heard;
        if (message.hello !== undefined) client = socket;
        heard.add(message);
      })
      .on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    hellos: (count: number) => heard.until(({ hello }) => hello !== undefined, count),
    /** Gives a turn at this product time and answers `next`. */
    async turn(now: number, due = true): Promise<number | null> {
      turns += 1;
      const turn = turns;
      client?.write(`${JSON.stringify({ turn, now, rate: 0, due })}\n`);
      const [answer] = await heard.until(({ done }) => done === turn);
      return answer?.next ?? null;
    },
    /** Gives a turn and waits for nothing. */
    beginTurn(now: number): void {
      turns += 1;
      client?.write(`${JSON.stringify({ turn: turns, now, rate: 0, due: true })}\n`);
    },
    say: (line: string) => client?.write(`${line}\n`),
    drop: () => client?.destroy(),
    async close() {
      client?.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type TestConductor = Awaited<ReturnType<typeof startConductor>>;

export interface Running {
  readonly child: ChildProcess;
  readonly stderr: () => string;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  readonly kill: (signal: NodeJS.Signals) => Promise<number | string>;
}

const root = dirname(dirname(import.meta.dirname));

export function startSimulator(program: 'devices' | 'members', ...args: string[]): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'device-sim', `${program}.ts`), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: root,
  });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, 'exit').then(([code, signal]: (number | string)[]) => code ?? signal ?? 'nothing');
  return {
    child,
    stderr: () => text,
    ended,
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

export async function linesOf(path: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

export async function writeSimulation(directory: string, content: object): Promise<string> {
  const path = join(directory, 'simulation.json');
  await writeFile(path, JSON.stringify(content), { mode: 0o600 });
  return path;
}

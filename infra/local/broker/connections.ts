/** Who is connected now. */
import type { Socket } from 'node:net';
import type { Client } from 'aedes';
import type { ThingIdentity } from './identity.ts';
import { scanReads, type PacketScanner } from './packet-scanner.ts';
import type { Session } from './session.ts';

/** A connection before anybody has said anything on it. */
export type Link = Readonly<{ proven: ThingIdentity | 'no certificate'; scanner: PacketScanner; ipAddress: string }>;

export class Connections {
  readonly #links = new WeakMap<object, Link>();
  readonly #sessions = new WeakMap<Client, Session>();
  readonly #byClientId = new Map<string, Session>();

  open(socket: Socket, proven: Link['proven']): void {
    this.#links.set(socket, { proven, scanner: scanReads(socket), ipAddress: socket.remoteAddress ?? 'unknown' });
  }

  linkOf(client: Client): Link {
    const link = this.#links.get(client.conn);
    if (link === undefined) throw new Error('expected a client of our listener');
    return link;
  }

  enter(client: Client, session: Session): void {
    this.#sessions.set(client, session);
    this.#byClientId.set(session.clientId, session);
  }

  sessionOf(client: Client): Session | undefined {
    return this.#sessions.get(client);
  }

  present(clientId: string): Session | undefined {
    return this.#byClientId.get(clientId);
  }

  get clientIds(): string[] {
    return [...this.#byClientId.values()].filter(({ isReady }) => isReady).map(({ clientId }) => clientId);
  }

  /** The session that ends with this, or undefined when none did: it may be told twice. */
  leave(client: Client): Session | undefined {
    const session = this.#sessions.get(client);
    if (session === undefined || session.isClosed) return undefined;
    if (this.linkOf(client).scanner.hasSaidGoodbye) session.disconnectReason = 'CLIENT_INITIATED_DISCONNECT';
    session.close();
    if (this.#byClientId.get(session.clientId) === session) this.#byClientId.delete(session.clientId);
    return session;
  }
}

/** Who is connected now. */
import type { Duplex } from 'node:stream';
import type { Client } from 'aedes';
import type { Proven } from './identity.ts';
import { scanReads, type PacketScanner } from './packet-scanner.ts';
import type { DisconnectReason, Session } from './session.ts';

/** A connection before anybody has said anything on it. */
export type Link = Readonly<{ proven: Proven; scanner: PacketScanner; ipAddress: string }>;

export class Connections {
  readonly #links = new WeakMap<object, Link>();
  readonly #sessions = new WeakMap<Client, Session>();
  readonly #clients = new WeakMap<Session, Client>();
  readonly #byClientId = new Map<string, Session>();

  open(socket: Duplex, proven: Proven, ipAddress: string): void {
    this.#links.set(socket, { proven, scanner: scanReads(socket), ipAddress });
  }

  linkOf(client: Client): Link {
    const link = this.#links.get(client.conn);
    if (link === undefined) throw new Error('expected a client of our listener');
    return link;
  }

  enter(client: Client, session: Session): void {
    this.#sessions.set(client, session);
    this.#clients.set(session, client);
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

  get all(): Session[] {
    return [...this.#byClientId.values()];
  }

  /** Ends a connection at once. @param saysWill false when nobody may hear any more of its client */
  end(session: Session, reason: DisconnectReason, { saysWill }: { saysWill: boolean } = { saysWill: true }): void {
    const client = this.#clients.get(session);
    if (client === undefined || session.isClosed) return;
    session.disconnectReason ??= reason;
    // The embedded broker's types leave out where it keeps the will of a client that is connected.
    if (!saysWill) Object.assign(client, { will: null, _will: null });
    client.close();
  }

  /** Answers whether anybody was connected under this client id. */
  endIfThere(clientId: string, ...how: [reason: DisconnectReason, options: { saysWill: boolean }]): boolean {
    const session = this.#byClientId.get(clientId);
    if (session === undefined) return false;
    this.end(session, ...how);
    return true;
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

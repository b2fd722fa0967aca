/** Life-cycle events as AWS IoT publishes them on `$aws/events/presence/…`. */
import { randomUUID } from 'node:crypto';
import { principalOf } from './identity.ts';
import type { Session } from './session.ts';

export type PresenceEvent = Readonly<{ topic: string; payload: Buffer }>;

export class Presence {
  readonly #now: () => number;
  readonly #firstVersion: number;
  /** By client id: counts its connections, so that a listener can tell a late event from a new one. */
  readonly #versions = new Map<string, number>();
  readonly #connections = new WeakMap<Session, { sessionIdentifier: string; ipAddress: string; versionNumber: number }>();

  /**
   * @param now product time, milliseconds
   * @param firstVersion where counting begins: after a restart higher than anything before, for AWS forgets a client only after an hour
   */
  constructor(now: () => number, firstVersion = 0) {
    this.#now = now;
    this.#firstVersion = firstVersion;
  }

  connected(session: Session, ipAddress: string): PresenceEvent {
    const versionNumber = (this.#versions.get(session.clientId) ?? this.#firstVersion - 1) + 1;
    this.#versions.set(session.clientId, versionNumber);
    this.#connections.set(session, { sessionIdentifier: randomUUID(), ipAddress, versionNumber });
    return this.#event('connected', session, {});
  }

  disconnected(session: Session): PresenceEvent {
    const disconnectReason = session.disconnectReason ?? 'CONNECTION_LOST';
    return this.#event('disconnected', session, { clientInitiatedDisconnect: disconnectReason === 'CLIENT_INITIATED_DISCONNECT', disconnectReason });
  }

  #event(eventType: 'connected' | 'disconnected', session: Session, more: object): PresenceEvent {
    const { clientId, identity } = session;
    const event = { clientId, timestamp: this.#now(), eventType, ...this.#connections.get(session), principalIdentifier: principalOf(identity), ...more };
    return { topic: `$aws/events/presence/${eventType}/${clientId}`, payload: Buffer.from(JSON.stringify(event)) };
  }
}

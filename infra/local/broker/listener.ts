/** The TLS port of the broker: things prove themselves with a certificate of ours, members' apps come without one. */
import { constants } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type TLSSocket } from 'node:tls';
import type { CertificateAuthority } from './certificates.ts';
import { identityOfSocket, type Proven } from './identity.ts';

/** Nobody here has a thousand devices; a limit keeps a mistake small. */
const CONNECTIONS_MAX = 10_000;
const HANDSHAKE_TIMEOUT_MS = 10_000;

type Accept = (socket: TLSSocket, proven: Proven) => void;
export type Listener = Readonly<{ port: number; close: () => Promise<void> }>;
type ListenOptions = Readonly<{ authority: CertificateAuthority; port: number; accept: Accept; report: (line: string) => void }>;

/** @param port 0 for any that is free */
export async function listen({ authority, port, accept, report }: ListenOptions): Promise<Listener> {
  const { certificatePem, keyPem } = await authority.serverCertificate();
  const sockets = new Set<TLSSocket>();
  const server = createServer(
    {
      cert: certificatePem,
      key: keyPem,
      ca: authority.caPem,
      requestCert: true,
      // Members have no certificate, so the handshake lets everybody through, and what was shown is judged below.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      // Each connection shows its certificate itself; a resumed session would keep what it showed before it expired.
      secureOptions: constants.SSL_OP_NO_TICKET,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    },
    (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      const proven = provenBy(socket, authority);
      if (proven === 'no certificate' || !('refused' in proven)) {
        accept(socket, proven);
        return;
      }
      report(`refused a connection: ${proven.refused}`);
      socket.on('error', () => undefined).destroy();
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  server.on('tlsClientError', (error) => report(`refused a connection: ${error.message}`));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected the port of a TCP server');
  return {
    port: address.port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function provenBy(socket: TLSSocket, { isRevoked }: CertificateAuthority): Proven | { refused: string } {
  const proven = identityOfSocket(socket);
  if (proven === 'no certificate' || 'refused' in proven) return proven;
  return isRevoked(proven.certificateId) ? { refused: `the certificate of ${proven.thing} is revoked` } : proven;
}

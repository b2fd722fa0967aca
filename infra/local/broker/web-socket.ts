/** MQTT over WebSocket, for apps in a browser: they cannot show a client certificate, so the authorizer decides about them. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { PACKET_BYTES_MAX } from './limits.ts';

const PATH = '/mqtt';
const SUBPROTOCOL = 'mqtt';
const CONNECTIONS_MAX = 1_000;

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
export type WebSocketDoor = Readonly<{ handleUpgrade: Upgrade; close: () => void }>;
type DoorOptions = Readonly<{ accept: (stream: Duplex, ipAddress: string) => void; isClosing: () => boolean; report: (line: string) => void }>;

export function openWebSocketDoor({ accept, isClosing, report }: DoorOptions): WebSocketDoor {
  const server = new WebSocketServer({ noServer: true, maxPayload: PACKET_BYTES_MAX, perMessageDeflate: false, handleProtocols: () => SUBPROTOCOL });
  return {
    handleUpgrade: (request, socket, head) => {
      const problem = isClosing() || server.clients.size >= CONNECTIONS_MAX ? '503 Service Unavailable' : upgradeProblem(request);
      if (problem !== undefined) {
        report(`refused a WebSocket: ${problem}`);
        socket.on('error', () => undefined).end(`HTTP/1.1 ${problem}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const ipAddress = request.socket.remoteAddress ?? 'unknown';
      server.handleUpgrade(request, socket, head, (webSocket) => accept(createWebSocketStream(webSocket), ipAddress));
    },
    close: () => {
      for (const webSocket of server.clients) webSocket.terminate();
      server.close();
    },
  };
}

function upgradeProblem({ url, headers }: IncomingMessage): string | undefined {
  if ((url ?? '').split('?')[0] !== PATH) return '404 Not Found';
  if (!isSameOrigin(headers)) return '403 Forbidden';
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
  return offered.includes(SUBPROTOCOL) ? undefined : '400 Bad Request';
}

/** A page of another site must not speak to this machine in a person's name (RFC 6455 §10.2); what is no browser names no origin. */
function isSameOrigin({ origin, host }: IncomingMessage['headers']): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

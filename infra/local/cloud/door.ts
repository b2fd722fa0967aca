/** The printed URL: the HTTP API under `/api`, as API Gateway would serve it, and the window into the running system on top. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { readHttpApi } from '../http/api-definition.ts';
import { createHttpApi } from '../http/http-api.ts';
import { openWindow } from '../window/open-window.ts';
import { accessOf } from './access.ts';
import type { Run } from './control.ts';
import type { Cloud } from './open-cloud.ts';

export interface Door {
  close(): Promise<void>;
}

export async function openDoor(cloud: Cloud, run: Run): Promise<Door> {
  const { handleHttpApi } = createHttpApi({
    api: readHttpApi(cloud.template),
    mountPath: '/api',
    invoke: (name, event) => cloud.functions.invoke(name, event),
    verifyToken: cloud.tokens.verifyToken,
    activity: cloud.activity,
    called: (routeKey) => cloud.usage.called(routeKey),
  });
  const window = openWindow({
    access: accessOf(cloud),
    conductor: cloud.conductor,
    dataDirectory: run.dataDirectory,
    rate: run.rate,
    activity: cloud.activity,
  });
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api/') === true) void handleHttpApi(request, response);
    else window.handle(request, response);
  });
  // A page that stays open keeps its WebSocket, so these end with the server and not after it.
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (request, socket, head) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    cloud.broker.handleUpgrade(request, socket, head);
  });
  await listen(server, run.httpPort);
  return {
    close: () =>
      new Promise((resolve) => {
        window.close();
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of upgraded) socket.destroy();
      }),
  };
}

type HttpServer = ReturnType<typeof createServer>;
export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

const listen = (server: HttpServer, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken by another program; choose another with --port.`) : error),
    );
    server.listen(port, '127.0.0.1', resolve);
  });

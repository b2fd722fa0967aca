/** The printed URL: the app under `/app` and the HTTP API under `/api` as CloudFront would serve them, sign-in under `/oidc`, and the window on top. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { instantOf } from '../../../shared/values.ts';
import { reportTrouble } from '../functions/trouble.ts';
import { readHttpApi } from '../http/api-definition.ts';
import { createHttpApi, SERVER_HEADER_BYTES_MAX } from '../http/http-api.ts';
import { openSite } from '../site/open-site.ts';
import { openStage, STAGE_PATH } from '../stage/open-stage.ts';
import { openWorkbench, WORKBENCH_PATH } from '../workbench/open-workbench.ts';
import { keepSamples } from '../workbench/sample-log.ts';
import { shopsIn } from '../workbench/shops.ts';
import { simulatedIn } from '../workbench/simulated.ts';
import { Workbench } from '../workbench/workbench.ts';
import { openWindow } from '../window/open-window.ts';
import { accessOf } from './access.ts';
import type { Run } from './control.ts';
import { DESK_PATH, handleDesk, type DeskOptions } from './desk.ts';
import { issueToken } from './issue-token.ts';
import type { Cloud } from './open-cloud.ts';

export interface Door {
  close(): Promise<void>;
}

export async function openDoor(cloud: Cloud, run: Run, carryOut: DeskOptions['carryOut']): Promise<Door> {
  const site = openSite(cloud.template);
  const { handleHttpApi } = createHttpApi({
    api: readHttpApi(cloud.template),
    mountPath: site.apiMountPath,
    invoke: (name, event) => {
      cloud.meter.called(name);
      return cloud.functions.invoke(name, event);
    },
    verifyToken: cloud.identity.tokens.verifyToken,
    activity: cloud.activity,
    called: (routeKey) => cloud.usage.called(routeKey),
  });
  const window = openWindow({
    access: accessOf(cloud),
    conductor: cloud.conductor,
    dataDirectory: run.dataDirectory,
    rate: run.rate,
    residents: run.residents,
    activity: cloud.activity,
  });
  const stage = openStage({
    ...{ people: cloud.identity.people, tvs: run.tvs, shadows: cloud.shadows, apiUrl: `http://127.0.0.1:${run.httpPort}${site.apiMountPath}` },
    tokenOf: (memberId) => issueToken(cloud, { call: 'memberToken', memberId }),
  });
  const workbench = workbenchOf(cloud, run, `http://127.0.0.1:${run.httpPort}${site.apiMountPath}`);
  const serveSite = (request: IncomingMessage, response: ServerResponse) => {
    cloud.meter.served(response);
    return site.handle(request, response, handleHttpApi);
  };
  const handlers: readonly [path: string, handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>][] = [
    ['/app', serveSite],
    [`${site.apiMountPath}/`, serveSite],
    ['/oidc/', cloud.identity.handle],
    [STAGE_PATH, stage],
    [WORKBENCH_PATH, workbench],
    [DESK_PATH, (request, response) => handleDesk({ key: cloud.operatorKey.secretAccessKey, carryOut }, request, response)],
  ];
  const server = createServer({ maxHeaderSize: SERVER_HEADER_BYTES_MAX }, (request, response) => {
    const [, handle] = handlers.find(([path]) => request.url?.startsWith(path)) ?? [];
    if (handle === undefined) return window.handle(request, response);
    handle(request, response).catch((error: unknown) => {
      reportTrouble(`${request.method ?? ''} ${request.url?.split('?')[0] ?? ''}`, error);
      response.destroy();
    });
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

const workbenchOf = (cloud: Cloud, run: Run, apiUrl: string) =>
  openWorkbench(
    new Workbench({
      operator: async () => ({ apiUrl, token: await issueToken(cloud, { call: 'operatorToken' }) }),
      shops: () => shopsIn(accessOf(cloud)),
      now: () => instantOf(cloud.conductor.now()),
      keep: (deliveries) => keepSamples(accessOf(cloud), deliveries),
      ledgers: join(run.dataDirectory, 'ledgers'),
      simulated: () => simulatedIn(run.dataDirectory),
    }),
  );

type HttpServer = ReturnType<typeof createServer>;
export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

const listen = (server: HttpServer, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken by another program; choose another with --port.`) : error),
    );
    server.listen(port, '127.0.0.1', resolve);
  });

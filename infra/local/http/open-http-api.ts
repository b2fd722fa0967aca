/** The template's HTTP API, below `/api` of a server that also has other things to show, or on a server of its own. */
import { createServer, type Server } from 'node:http';
import type { Template } from '../template/read-assembly.ts';
import { readHttpApi } from './api-definition.ts';
import { createHttpApi, type HttpApi, type HttpApiOptions } from './http-api.ts';

export type OpenHttpApiOptions = Omit<HttpApiOptions, 'api'> & { readonly template: Pick<Template, 'resources'> };

/** Throws, naming the resource, when the template asks for something that API Gateway does and this does not. */
export function openHttpApi({ template, mountPath = '/api', ...options }: OpenHttpApiOptions): { readonly handle: HttpApi['handleHttpApi'] } {
  return { handle: createHttpApi({ ...options, mountPath, api: readHttpApi(template) }).handleHttpApi };
}

export interface ListeningHttpApi {
  readonly port: number;
  close(): Promise<void>;
}

/** On 127.0.0.1, without a mount point unless one is given. @param port 0 takes a free one */
export async function listenHttpApi({ port, ...options }: HttpApiOptions & { readonly port: number }): Promise<ListeningHttpApi> {
  const { handleHttpApi } = createHttpApi(options);
  const server = createServer((request, response) => void handleHttpApi(request, response));
  return {
    port: await listen(server, port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('expected the HTTP API to listen on a port'));
      else resolve(address.port);
    });
  });
}

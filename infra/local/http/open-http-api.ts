/** The HTTP API on a server of its own. */
import { createServer, type Server } from 'node:http';
import { createHttpApi, SERVER_HEADER_BYTES_MAX, type HttpApiOptions } from './http-api.ts';

export interface OpenHttpApi {
  readonly port: number;
  close(): Promise<void>;
}

/** On 127.0.0.1, without a mount point unless one is given. @param port 0 takes a free one */
export async function openHttpApi({ port, ...options }: HttpApiOptions & { readonly port: number }): Promise<OpenHttpApi> {
  const { handleHttpApi } = createHttpApi(options);
  const server = createServer({ maxHeaderSize: SERVER_HEADER_BYTES_MAX }, (request, response) => void handleHttpApi(request, response));
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

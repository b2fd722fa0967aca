/** Ports that are kept for a whole run, so that a part that dies finds its neighbours where they were. */
import { createServer } from 'node:net';
import { UsageError } from '../options.ts';

/** 0 asks for any free one. @throws UsageError when the port is taken or may not be used */
export const claimPort = (port = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${error.code ?? error.message})`;
      reject(new UsageError(`Port ${port} ${why}; choose another with --port.`));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });

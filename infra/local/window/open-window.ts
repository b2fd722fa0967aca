/** The window into the running system. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from '../cloud/control.ts';
import type { Conductor } from '../conductor/conductor.ts';

export interface WindowOptions {
  readonly access: Access;
  readonly conductor: Conductor;
  readonly dataDirectory: string;
  readonly rate: number;
}

export function openWindow({ conductor }: WindowOptions) {
  return {
    handle: (_request: IncomingMessage, response: ServerResponse): void => {
      response.end(new Date(conductor.now()).toISOString());
    },
    close: (): void => undefined,
  };
}

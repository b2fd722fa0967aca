/** Whether a request comes from a page that is not ours, be it through a name that it makes point at this machine (DNS rebinding). */
import type { IncomingMessage } from 'node:http';

const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Browsers name the origin of everything that changes something; a program of this machine names none. */
export function isForeign({ headers, method }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  if (!LOCAL_HOST.test(host)) return true;
  return method !== 'GET' && origin !== undefined && origin !== `http://${host}`;
}

/** Where the API answers, as the request came in. */
import { z } from 'zod';
import type { ApiContext } from '../runtime/http.ts';

const eventSchema = z.object({ requestContext: z.object({ domainName: z.string() }) });
/** Only a gateway of one machine says under which path it is mounted. */
const prefixSchema = z.string().regex(/^(\/[a-z0-9-]{1,40}){0,4}$/);

export function serverUrl(context: ApiContext): string {
  const protocol = context.req.header('x-forwarded-proto') === 'http' ? 'http' : 'https';
  const prefix = prefixSchema.safeParse(context.req.header('x-forwarded-prefix') ?? '');
  const { domainName } = eventSchema.parse(context.env.event).requestContext;
  // The gateway proves the name; the port stands only in the header.
  const host = context.req.header('host') ?? '';
  return `${protocol}://${host.startsWith(`${domainName}:`) ? host : domainName}${prefix.success ? prefix.data : ''}`;
}

/** Who sends: a source by its write key (basic auth as Segment's libraries do it, or in the body as browsers do), or a client by its token. */
import { z } from 'zod';
import { scopes } from '../../shared/api/routes.ts';
import { messageTypes } from '../../shared/journey/collect/message-types.ts';
import { isProven, readWriteKey } from '../../shared/journey/collect/source.ts';
import type { Sender } from '../../shared/journey/collect/touchpoint-of-message.ts';
import { readAccessToken } from '../runtime/access-token.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';

export interface ProvenSender extends Sender {
  readonly perMinute: number;
}

/** Whose token it is says nothing of what is sent. */
const OF_A_CLIENT = { types: messageTypes.slice(), channel: 'web', initiator: 'customer', phase: 'information', perMinute: 6_000 } as const;
const inBodySchema = z.looseObject({ writeKey: z.string() });

/** @param body of the request, parsed @throws 401 for whoever proves nothing, 403 for a token without the scope */
export async function demandSender(authorization: string | undefined, body: unknown): Promise<ProvenSender> {
  const [scheme = '', credentials = ''] = (authorization ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer') return ofToken(credentials);
  if (scheme.toLowerCase() === 'basic') return ofWriteKey(Buffer.from(credentials, 'base64').toString('utf8').split(':')[0] ?? '');
  const inBody = inBodySchema.safeParse(body);
  if (authorization === undefined && inBody.success) return ofWriteKey(inBody.data.writeKey);
  throw new VisibleError(401, 'unauthorized', 'expected a write key by basic auth, or a token with the scope nachschub/collect');
}

/** Read on each call, so that a new key is good at once and a revoked one never again. */
async function ofWriteKey(writeKey: string): Promise<ProvenSender> {
  const proof = readWriteKey(writeKey);
  const source = proof === undefined ? undefined : (await load(kinds.source, keys.source(proof.sourceId)))?.state;
  if (proof === undefined || source === undefined || !isProven(source, proof))
    throw new VisibleError(401, 'unauthorized', 'this write key is not, or no longer, good');
  return { ...source, source: source.sourceId };
}

async function ofToken(token: string): Promise<ProvenSender> {
  const claims = await readAccessToken(token);
  if (claims === undefined) throw new VisibleError(401, 'unauthorized', 'expected an access token of this user pool');
  if (!claims.scope.split(' ').includes(scopes.collect)) throw new VisibleError(403, 'forbidden', `expected the scope ${scopes.collect}`);
  return { ...OF_A_CLIENT, types: [...OF_A_CLIENT.types], source: claims.client_id.slice(0, 40) };
}

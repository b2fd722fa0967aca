/** A source with a write key, as an operator makes them; and messages as Segment's libraries send them. */
import { handler } from '../../functions/collect-touchpoints.ts';
import { operator, send, type Answer } from './http-call.ts';

export interface OpenedSource {
  readonly sourceId: string;
  readonly writeKey: string;
}

export const basicAuth = (writeKey: string) => ({ authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` });

export async function openSource(sourceId = 'src_web-shop', terms: object = {}, keyId = 'first'): Promise<OpenedSource> {
  const made = await send(handler, { method: 'PUT', path: `/sources/${sourceId}`, claims: operator, body: { name: 'Web shop', ...terms } });
  if (made.status !== 200) throw new Error(`expected a source, got ${JSON.stringify(made.body)}`);
  const { body } = await send(handler, { method: 'PUT', path: `/sources/${sourceId}/keys/${keyId}`, claims: operator });
  return { sourceId, writeKey: String(body['writeKey']) };
}

export const collect = ({ writeKey }: Pick<OpenedSource, 'writeKey'>, door: string, body: unknown): Promise<Answer> =>
  send(handler, { method: 'POST', path: `/v1/${door}`, headers: basicAuth(writeKey), body });

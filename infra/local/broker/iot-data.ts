/** The data plane of AWS IoT over HTTP: how a function sends a message to a device or a household, and sends a client away. */
import type { AwsHandler, AwsRequest, AwsResponse } from '../aws-request.ts';
import { AwsError } from '../endpoint/aws-answer.ts';
import { clientIdProblem, publishProblem } from './limits.ts';

export type DataPlane = Readonly<{
  publish: (topic: string, payload: Buffer, qos: 0 | 1, principal: string) => Promise<void>;
  /** False when nobody is connected under this client id. */
  disconnect: (clientId: string, options: { saysWill: boolean }) => boolean;
}>;

const done: AwsResponse = { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
const invalid = (problem: string): AwsError => new AwsError('InvalidRequestException', problem);

/** Whether the caller may is decided before it comes here. */
export function iotDataHandler(plane: DataPlane): AwsHandler {
  return async (request) => {
    const { method, path } = request;
    const [, place, encoded] = /^\/(topics|connections)\/(.+)$/.exec(path) ?? [];
    if (method === 'POST' && place === 'topics' && encoded !== undefined) return publish(decoded(encoded), request, plane);
    if (method === 'DELETE' && place === 'connections' && encoded !== undefined) return disconnect(decoded(encoded), request, plane);
    throw new AwsError('ResourceNotFoundException', `${method} ${path} is not offered`, { status: 404 });
  };
}

/** `Publish`: `POST /topics/{topic, percent-encoded}?qos=1` with the payload as body. */
async function publish(topic: string, { query, body, caller }: AwsRequest, plane: DataPlane): Promise<AwsResponse> {
  const qos = query.get('qos') ?? '0';
  const retain = query.get('retain') === 'true';
  const problem = publishProblem({ topic, payload: body, qos: Number(qos), retain });
  if (problem !== undefined || (qos !== '0' && qos !== '1')) throw invalid(problem ?? 'qos is 0 or 1');
  await plane.publish(topic, body, qos === '1' ? 1 : 0, caller);
  return done;
}

/** `DeleteConnection`: `DELETE /connections/{clientId}?cleanSession=…&preventWillMessage=…`. No session outlives its connection here anyway. */
function disconnect(clientId: string, { query }: AwsRequest, plane: DataPlane): AwsResponse {
  const problem = clientIdProblem(clientId);
  if (problem !== undefined) throw invalid(problem);
  const [, preventsWill] = ['cleanSession', 'preventWillMessage'].map((name) => flag(query, name));
  if (!plane.disconnect(clientId, { saysWill: preventsWill !== true }))
    throw new AwsError('ResourceNotFoundException', `${clientId} is not connected`, { status: 404 });
  return done;
}

function flag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name) ?? 'false';
  if (value !== 'true' && value !== 'false') throw invalid(`${name} is true or false`);
  return value === 'true';
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw invalid('the path is not percent-encoded');
  }
}

/** The data plane of AWS IoT over HTTP: `Publish`, which is how a function sends a message to a device or a household. */
import type { AwsHandler } from '../aws-request.ts';
import { AwsError } from '../endpoint/aws-answer.ts';
import { publishProblem } from './limits.ts';

export type PublishAs = (topic: string, payload: Buffer, qos: 0 | 1, principal: string) => Promise<void>;

/** `POST /topics/{topic, percent-encoded}?qos=1` with the payload as body. Whether the caller may is decided before it comes here. */
export function iotDataHandler(publish: PublishAs): AwsHandler {
  return async ({ method, path, query, body, caller }) => {
    const encoded = /^\/topics\/(.+)$/.exec(path)?.[1];
    if (method !== 'POST' || encoded === undefined) throw new AwsError('ResourceNotFoundException', `${method} ${path} is not offered`, { status: 404 });
    const topic = decodeTopic(encoded);
    const qos = query.get('qos') ?? '0';
    const retain = query.get('retain') === 'true';
    const problem = publishProblem({ topic, payload: body, qos: Number(qos), retain });
    if (problem !== undefined || (qos !== '0' && qos !== '1')) throw new AwsError('InvalidRequestException', problem ?? 'qos is 0 or 1');
    await publish(topic, body, qos === '1' ? 1 : 0, caller);
    return { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
  };
}

function decodeTopic(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new AwsError('InvalidRequestException', 'the topic is not percent-encoded');
  }
}

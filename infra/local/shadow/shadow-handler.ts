/** Shadows over HTTP, as the data plane of AWS IoT offers them: `GET`, `POST` and `DELETE /things/{thing}/shadow?name=`. */
import type { AwsHandler } from '../aws-request.ts';
import { AwsError } from '../endpoint/aws-answer.ts';
import type { Shadows } from './open-shadows.ts';
import { ShadowRefusal } from './refusal.ts';
import { isShadowName } from './shadow-name.ts';

const EXCEPTIONS = {
  400: 'InvalidRequestException',
  404: 'ResourceNotFoundException',
  409: 'ConflictException',
  413: 'RequestEntityTooLargeException',
} as const satisfies Record<ShadowRefusal['code'], string>;

const PATH = /^\/things\/([^/]+)\/shadow$/;

/** Whether the caller may is decided before it comes here. */
function shadowHandler(shadows: Pick<Shadows, 'get' | 'update' | 'remove'>): AwsHandler {
  return async ({ method, path, query, body }) => {
    const shadow = { thing: decoded(PATH.exec(path)?.[1] ?? ''), name: query.get('name') ?? undefined };
    if (!isShadowName(shadow)) throw new AwsError('InvalidRequestException', 'expected the name of a thing and of a shadow');
    try {
      const document = await (method === 'GET' ? shadows.get(shadow) : method === 'POST' ? shadows.update(shadow, body) : shadows.remove(shadow));
      return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(document) };
    } catch (error) {
      if (error instanceof ShadowRefusal) throw new AwsError(EXCEPTIONS[error.code], error.message, { status: error.code });
      throw error;
    }
  };
}

/** One service on AWS, two of ours: shadows here, everything else at the broker. */
export function iotDataWithShadows(shadows: Pick<Shadows, 'get' | 'update' | 'remove'>, others: AwsHandler): AwsHandler {
  const onShadow = shadowHandler(shadows);
  return (request) => (PATH.test(request.path) ? onShadow(request) : others(request));
}

/** Broken encoding names no thing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

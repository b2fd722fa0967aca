/** Which service and operation a request means, and whose access key signed it. */
import type { AwsRequest } from '../aws-request.ts';

export const SERVICES = ['dynamodb', 'sqs', 'events', 'secretsmanager', 'iot-data', 'cognito-idp', 'ses'] as const;
export type Service = (typeof SERVICES)[number];

export interface Call {
  readonly service: Service;
  readonly operation: string;
}

/** What a SigV4 `Authorization` header says before its signature. */
export interface Credential {
  readonly accessKeyId: string;
  /** The signing name, which may differ from ours: `iotdata`. */
  readonly service: string;
}

/** `x-amz-target` begins with these. */
const TARGETS = new Map<string, Service>([
  ['DynamoDB_20120810', 'dynamodb'],
  ['AmazonSQS', 'sqs'],
  ['AWSEvents', 'events'],
  ['secretsmanager', 'secretsmanager'],
  ['AWSCognitoIdentityProviderService', 'cognito-idp'],
]);

/** Signing names of AWS IoT's data plane, the newer one first. */
const IOT_SIGNING_NAMES = ['iotdata', 'iotdevicegateway'];

const SHADOW_OPERATIONS = new Map([
  ['GET /things', 'GetThingShadow'],
  ['POST /things', 'UpdateThingShadow'],
  ['DELETE /things', 'DeleteThingShadow'],
]);

const CREDENTIAL = /^AWS4-HMAC-SHA256 Credential=([^/\s,]+)\/\d{8}\/[^/\s,]+\/([^/\s,]+)\/aws4_request\b/;

export function credentialOf(headers: AwsRequest['headers']): Credential | undefined {
  const [, accessKeyId, service] = CREDENTIAL.exec(headers['authorization'] ?? '') ?? [];
  return accessKeyId === undefined || service === undefined ? undefined : { accessKeyId, service };
}

/** Answers undefined for what the local cloud does not offer. */
export function callOf({ headers, method, path }: Pick<AwsRequest, 'headers' | 'method' | 'path'>, credential: Credential): Call | undefined {
  const target = headers['x-amz-target'];
  if (target !== undefined) {
    const [prefix = '', operation] = target.split('.', 2);
    const service = TARGETS.get(prefix);
    return service === undefined || operation === undefined ? undefined : { service, operation };
  }
  if (credential.service === 'ses' && method === 'POST' && path === '/v2/email/outbound-emails') return { service: 'ses', operation: 'SendEmail' };
  const place = IOT_SIGNING_NAMES.includes(credential.service) ? `${method} /${path.split('/')[1] ?? ''}` : '';
  if (place === 'POST /topics') return { service: 'iot-data', operation: 'Publish' };
  if (place === 'DELETE /connections') return { service: 'iot-data', operation: 'DeleteConnection' };
  const onShadow = /^\/things\/[^/]+\/shadow$/.test(path) ? SHADOW_OPERATIONS.get(place) : undefined;
  if (onShadow !== undefined) return { service: 'iot-data', operation: onShadow };
  return undefined;
}

/** What an error message calls a request that `callOf` does not know. */
export const describeUnknown = ({ headers, method, path }: Pick<AwsRequest, 'headers' | 'method' | 'path'>, credential: Credential): string =>
  `${credential.service} ${headers['x-amz-target'] ?? `${method} ${path}`}`;

import { request as httpRequest } from 'node:http';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListNamedShadowsForThingCommand, IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import type { AwsHandler, AwsRequest } from '../../../../infra/local/aws-request.ts';
import { AwsError, jsonAnswer } from '../../../../infra/local/endpoint/aws-answer.ts';
import { openEndpoint, type Endpoint, type EndpointOptions } from '../../../../infra/local/endpoint/endpoint.ts';
import { clientOf, failureOf, principals } from './local-client.ts';

let endpoint: Endpoint | undefined;
afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
});

const open = async (options: Partial<EndpointOptions>): Promise<string> => {
  endpoint = await openEndpoint({ handlers: {}, principals, ...options });
  return endpoint.url;
};

/** Keeps what it was asked and answers with the same. */
const recording = (answer: object = {}) => {
  const requests: AwsRequest[] = [];
  const handler: AwsHandler = (request) => {
    requests.push(request);
    return Promise.resolve(jsonAnswer(request, answer));
  };
  return { requests, handler };
};

const getItem = new GetItemCommand({ TableName: 'Households', Key: { pk: { S: 'HH#1' } } });

describe('dispatch', () => {
  it('takes DynamoDB, SQS, EventBridge and Secrets Manager by their target, with the caller of the access key', async () => {
    const dynamodb = recording({ Item: { pk: { S: 'HH#1' } } });
    const sqs = recording({ QueueUrl: 'http://127.0.0.1/q' });
    const events = recording({ FailedEntryCount: 0, Entries: [] });
    const secretsmanager = recording({ SecretString: 's' });
    const url = await open({
      handlers: { dynamodb: dynamodb.handler, sqs: sqs.handler, events: events.handler, secretsmanager: secretsmanager.handler },
    });
    expect((await new DynamoDBClient(clientOf(url)).send(getItem)).Item).toEqual({ pk: { S: 'HH#1' } });
    expect((await new SQSClient(clientOf(url)).send(new GetQueueUrlCommand({ QueueName: 'q' }))).QueueUrl).toBe('http://127.0.0.1/q');
    expect((await new EventBridgeClient(clientOf(url)).send(new PutEventsCommand({ Entries: [] }))).FailedEntryCount).toBe(0);
    expect((await new SecretsManagerClient(clientOf(url)).send(new GetSecretValueCommand({ SecretId: 'x' }))).SecretString).toBe('s');
    expect([dynamodb, sqs, events, secretsmanager].map(({ requests: [request] }) => [request?.caller, request?.headers['x-amz-target']])).toEqual([
      ['ingest-telemetry', 'DynamoDB_20120810.GetItem'],
      ['ingest-telemetry', 'AmazonSQS.GetQueueUrl'],
      ['ingest-telemetry', 'AWSEvents.PutEvents'],
      ['ingest-telemetry', 'secretsmanager.GetSecretValue'],
    ]);
  });

  it('takes IoT messages by the service they are signed for, byte for byte', async () => {
    const iot = recording();
    const url = await open({ handlers: { 'iot-data': iot.handler } });
    const payload = Buffer.from([0, 255, 10, 13]);
    await new IoTDataPlaneClient(clientOf(url)).send(new PublishCommand({ topic: 'app/nachschub/hh_1/messages', qos: 1, payload }));
    expect(iot.requests).toHaveLength(1);
    expect(iot.requests[0]).toMatchObject({ method: 'POST', path: '/topics/app%2Fnachschub%2Fhh_1%2Fmessages' });
    expect(iot.requests[0]?.query.get('qos')).toBe('1');
    expect(iot.requests[0]?.body).toEqual(payload);
  });

  it('names service and operation of what it does not offer', async () => {
    const url = await open({ handlers: { 'iot-data': recording().handler } });
    expect(await failureOf(new DynamoDBClient(clientOf(url)).send(getItem))).toEqual({
      name: 'UnknownOperationException',
      message: 'the local cloud does not offer dynamodb DynamoDB_20120810.GetItem',
      status: 404,
    });
    expect((await failureOf(new IoTDataPlaneClient(clientOf(url)).send(new ListNamedShadowsForThingCommand({ thingName: 'fridge-1' })))).message).toBe(
      'the local cloud does not offer iotdata GET /api/things/shadow/ListNamedShadowsForThing/fridge-1',
    );
  });
});

describe('who may', () => {
  it.each([
    ['dynamodb', 'UnrecognizedClientException', (url: string) => new DynamoDBClient(clientOf(url, 'NOBODY')).send(getItem)],
    ['sqs', 'InvalidClientTokenId', (url: string) => new SQSClient(clientOf(url, 'NOBODY')).send(new GetQueueUrlCommand({ QueueName: 'q' }))],
    ['iot-data', 'UnrecognizedClientException', (url: string) => new IoTDataPlaneClient(clientOf(url, 'NOBODY')).send(new PublishCommand({ topic: 'a' }))],
  ] as const)('refuses a key that nobody owns, as %s does', async (service, name, call) => {
    const { requests, handler } = recording();
    const url = await open({ handlers: { [service]: handler } });
    expect(await failureOf(call(url))).toMatchObject({ name, status: 403 });
    expect(requests).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    ['another scheme', { authorization: 'Bearer KEY-OF-INGEST' }],
    ['a broken scope', { authorization: 'AWS4-HMAC-SHA256 Credential=KEY-OF-INGEST, SignedHeaders=host' }],
  ])('refuses a request with %s in place of a signature', async (_, headers) => {
    const { requests, handler } = recording();
    const url = await open({ handlers: { sqs: handler } });
    const response = await fetch(url, { method: 'POST', body: '{}', headers: { 'x-amz-target': 'AmazonSQS.SendMessage', ...headers } });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationToken' });
    expect(requests).toEqual([]);
  });

  it('asks who may do what, and lets nothing through that is denied', async () => {
    const { requests, handler } = recording({ Item: {} });
    const asked: string[] = [];
    const url = await open({
      handlers: { dynamodb: handler, 'iot-data': handler },
      authorize: ({ caller, body }, service, operation) => {
        asked.push(`${caller} ${service} ${operation} ${body.length > 0 ? 'with' : 'without'} body`);
        return { deny: 'no statement of its role allows it' };
      },
    });
    expect(await failureOf(new DynamoDBClient(clientOf(url)).send(getItem))).toEqual({
      name: 'AccessDeniedException',
      message: 'no statement of its role allows it',
      status: 403,
    });
    expect((await failureOf(new IoTDataPlaneClient(clientOf(url)).send(new PublishCommand({ topic: 'a' })))).name).toBe('ForbiddenException');
    expect(asked).toEqual(['ingest-telemetry dynamodb GetItem with body', 'ingest-telemetry iot-data Publish without body']);
    expect(requests).toEqual([]);
  });
});

describe('failures', () => {
  it('passes on what a handler says the caller did wrong', async () => {
    const handler: AwsHandler = () => Promise.reject(new AwsError('ConditionalCheckFailedException', 'The conditional request failed'));
    const url = await open({ handlers: { dynamodb: handler } });
    expect(await failureOf(new DynamoDBClient(clientOf(url)).send(getItem))).toEqual({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      status: 400,
    });
  });

  it('reports a bug of a handler without telling the caller about it', async () => {
    const faults: unknown[] = [];
    const url = await open({
      handlers: { dynamodb: () => Promise.reject(new Error('secret detail')) },
      onFault: (error, service, operation) => faults.push([error instanceof Error && error.message, service, operation]),
    });
    expect(await failureOf(new DynamoDBClient(clientOf(url)).send(getItem))).toEqual({
      name: 'InternalFailure',
      message: 'dynamodb GetItem failed',
      status: 500,
    });
    expect(faults).toEqual([['secret detail', 'dynamodb', 'GetItem']]);
  });

  it.each([
    ['says so beforehand', true],
    ['does not', false],
  ])('stops reading a body of more than 10 MB from a caller who %s', async (_, isAnnounced) => {
    const { requests, handler } = recording();
    const url = await open({ handlers: { sqs: handler } });
    const bytes = 11 * 1024 * 1024;
    const answer = await new Promise<unknown>((resolve, reject) => {
      const sending = httpRequest(url, {
        method: 'POST',
        headers: {
          'x-amz-target': 'AmazonSQS.SendMessage',
          authorization: 'AWS4-HMAC-SHA256 Credential=KEY-OF-INGEST/20260302/eu-central-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
          ...(isAnnounced && { 'content-length': bytes }),
        },
      });
      sending.on('response', (response) => {
        resolve([response.statusCode, response.headers.connection]);
        sending.destroy();
      });
      sending.on('error', reject);
      if (isAnnounced) sending.flushHeaders();
      else for (let sent = 0; sent < bytes; sent += 1024 * 1024) sending.write(Buffer.alloc(1024 * 1024));
    });
    expect(answer).toEqual([413, 'close']);
    expect(requests).toEqual([]);
  });

  it('answers the next request after one was cut off', async () => {
    const { handler } = recording({ Item: { pk: { S: 'x' } } });
    const url = await open({ handlers: { dynamodb: handler } });
    await new Promise<void>((resolve) => {
      const sending = httpRequest(url, {
        method: 'POST',
        headers: {
          'x-amz-target': 'DynamoDB_20120810.GetItem',
          'content-length': 100,
          authorization: 'AWS4-HMAC-SHA256 Credential=KEY-OF-INGEST/20260302/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        },
      });
      sending.on('error', () => resolve());
      sending.write('{"half', () => sending.destroy(new Error('cut off')));
    });
    expect((await new DynamoDBClient(clientOf(url)).send(getItem)).Item).toEqual({ pk: { S: 'x' } });
  });
});

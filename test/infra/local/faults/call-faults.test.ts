import { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEndpoint, type Endpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { SERVICES, type Service } from '../../../../infra/local/endpoint/call.ts';
import { withCallFaults, type CallFaultsOptions } from '../../../../infra/local/faults/call-faults.ts';
import type { AwsHandler } from '../../../../infra/local/aws-request.ts';

/** What reached the services, behind the faults. */
const arrived: { service: Service; body: unknown }[] = [];
const answers: Record<Service, (body: { Entries?: { Id?: string }[]; RequestItems?: Record<string, { Keys: unknown[] }> }) => object> = {
  dynamodb: ({ RequestItems }) =>
    RequestItems === undefined
      ? { Item: { pk: { S: 'found' } } }
      : { Responses: Object.fromEntries(Object.entries(RequestItems).map(([table, { Keys }]) => [table, Keys])), UnprocessedKeys: {} },
  sqs: ({ Entries = [] }) => ({ Successful: Entries.map(({ Id }) => ({ Id, MessageId: `m${Id ?? ''}` })), Failed: [] }),
  events: ({ Entries = [] }) => ({ FailedEntryCount: 0, Entries: Entries.map((_, index) => ({ EventId: `e${index}` })) }),
  secretsmanager: () => ({ SecretString: 'root' }),
  'iot-data': () => ({ message: 'OK' }),
  'cognito-idp': () => ({ Username: 'mem_a', UserStatus: 'CONFIRMED' }),
  ses: () => ({ MessageId: 'm' }),
};

let endpoint: Endpoint;
let noted: string[];
let on: string[];
/** Faults that are due, by the beginning of their occasion's name; each happens once. */
let due: string[];
let burst: number;

beforeEach(async () => {
  [arrived.length, noted, on, due, burst] = [0, [], ['call-throttled', 'call-partly-failed'], [], 0];
  const options: CallFaultsOptions = {
    isOn: (kind) => on.includes(kind),
    occasionsFor: (name) => ({
      take: () => {
        const index = due.findIndex((prefix) => name.startsWith(prefix));
        if (index < 0) return undefined;
        due.splice(index, 1);
        return 1;
      },
    }),
    dice: () => burst,
    note: (kind, subject) => noted.push(`${kind}: ${subject}`),
    now: () => 0,
  };
  const serve =
    (service: Service): AwsHandler =>
    (request) => {
      const body = JSON.parse(request.body.toString() || '{}') as Parameters<(typeof answers)[Service]>[0];
      arrived.push({ service, body });
      return Promise.resolve({ status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(answers[service](body)) });
    };
  const handlers = Object.fromEntries(SERVICES.map((service) => [service, withCallFaults(service, serve(service), options)]));
  endpoint = await openEndpoint({
    handlers,
    principals: new Map([
      ['FUNCTION', 'propose-order'],
      ['OPERATOR', 'operator'],
    ]),
  });
});
afterEach(() => endpoint.close());

const as = (accessKeyId: string) => ({ endpoint: endpoint.url, region: 'eu-central-1', credentials: { accessKeyId, secretAccessKey: 'x' } });
const item = () => new GetItemCommand({ TableName: 'T', Key: { pk: { S: 'a' } } });
/** Each fails as often as it must and then gets through. */
const calls: Record<Service, () => Promise<unknown>> = {
  dynamodb: () => new DynamoDBClient(as('FUNCTION')).send(item()),
  sqs: () =>
    new SQSClient({ ...as('FUNCTION'), md5: false }).send(
      new SendMessageBatchCommand({ QueueUrl: `${endpoint.url}/q`, Entries: [{ Id: '0', MessageBody: 'a' }] }),
    ),
  events: () => new EventBridgeClient(as('FUNCTION')).send(new PutEventsCommand({ Entries: [{ Detail: '{}' }] })),
  secretsmanager: () => new SecretsManagerClient(as('FUNCTION')).send(new GetSecretValueCommand({ SecretId: 'root' })),
  'iot-data': () => new IoTDataPlaneClient(as('FUNCTION')).send(new PublishCommand({ topic: 't', payload: Buffer.from('{}') })),
  'cognito-idp': () => new CognitoIdentityProviderClient(as('FUNCTION')).send(new AdminGetUserCommand({ UserPoolId: 'p', Username: 'mem_a' })),
  ses: () => new SESv2Client(as('FUNCTION')).send(new SendEmailCommand({ Content: {} })),
};

describe('a throttled call', () => {
  it.each(SERVICES.filter((service) => service in calls))('of %s is repeated by the SDK itself, and arrives once', async (service) => {
    due = [`call-throttled/${service}/propose-order`];
    burst = 0.6;
    await calls[service]();
    expect(arrived.map((call) => call.service)).toEqual([service]);
    expect(noted).toHaveLength(1);
    expect(noted[0]).toMatch(new RegExp(`^call-throttled: ${service} \\w+ of propose-order, 2 in a row$`));
  });

  it('fails, for the function to bear, when it is throttled as often as the SDK tries', async () => {
    due = ['call-throttled/dynamodb/propose-order'];
    burst = 0.9;
    expect(await calls.dynamodb().catch((error: unknown) => (error instanceof Error ? error.name : error))).toMatch(
      /^(ThrottlingException|ProvisionedThroughputExceededException)$/,
    );
    expect(arrived).toEqual([]);
    await calls.dynamodb();
    expect(arrived).toHaveLength(1);
  });

  it('happens to functions, never to who looks on, and only when it is switched on', async () => {
    due = ['call-throttled/', 'call-throttled/'];
    await new DynamoDBClient(as('OPERATOR')).send(item());
    expect(noted).toEqual([]);
    on = [];
    await calls.dynamodb();
    expect([arrived.length, noted]).toEqual([2, []]);
  });
});

describe('a partial failure', () => {
  it('of PutEvents holds back one entry and says so in its place', async () => {
    due = ['call-partly-failed/events/PutEvents'];
    const { FailedEntryCount, Entries } = await new EventBridgeClient(as('FUNCTION')).send(
      new PutEventsCommand({ Entries: [{ Detail: '{"a":1}' }, { Detail: '{"b":2}' }] }),
    );
    expect([FailedEntryCount, Entries]).toEqual([1, [{ EventId: 'e0' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' }]]);
    expect(arrived.map(({ body }) => body)).toEqual([{ Entries: [{ Detail: '{"a":1}' }] }]);
    expect(noted).toEqual(['call-partly-failed: events PutEvents of propose-order, entry 1']);
  });

  it('of the only entry leaves nothing to carry out', async () => {
    due = ['call-partly-failed/events'];
    expect(await calls.events()).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] });
    expect(arrived).toEqual([]);
  });

  it('of SendMessageBatch names the entry that failed', async () => {
    due = ['call-partly-failed/sqs/SendMessageBatch'];
    const Entries = ['0', '1', '2'].map((Id) => ({ Id, MessageBody: Id }));
    const { Successful, Failed } = await new SQSClient({ ...as('FUNCTION'), md5: false }).send(
      new SendMessageBatchCommand({ QueueUrl: `${endpoint.url}/q`, Entries }),
    );
    expect([Successful?.map(({ Id }) => Id), Failed?.map(({ Id, SenderFault }) => [Id, SenderFault])]).toEqual([['0', '1'], [['2', false]]]);
  });

  it('of BatchGetItem hands a key back as unprocessed', async () => {
    due = ['call-partly-failed/dynamodb/BatchGetItem'];
    const Keys = ['a', 'b'].map((pk) => ({ pk: { S: pk } }));
    const { Responses, UnprocessedKeys } = await new DynamoDBClient(as('FUNCTION')).send(new BatchGetItemCommand({ RequestItems: { T: { Keys } } }));
    expect([Responses, UnprocessedKeys]).toEqual([{ T: [{ pk: { S: 'a' } }] }, { T: { Keys: [{ pk: { S: 'b' } }] } }]);
  });

  it('is no fault of a call that is no batch', async () => {
    due = ['call-partly-failed/'];
    await calls.dynamodb();
    expect([arrived.length, noted]).toEqual([1, []]);
  });
});

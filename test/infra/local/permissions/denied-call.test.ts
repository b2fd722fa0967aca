import { DynamoDBClient, GetItemCommand, ScanCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { jsonAnswer } from '../../../../infra/local/endpoint/aws-answer.ts';
import { openEndpoint, type Endpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { authorizer } from '../../../../infra/local/permissions/authorize.ts';
import { readPermissions } from '../../../../infra/local/permissions/permissions.ts';
import type { Used } from '../../../../infra/local/permissions/usage.ts';
import { clientOf, failureOf } from '../endpoint/local-client.ts';
import { permittedStack } from './permitted-stack.ts';

const ARN = 'arn:aws:dynamodb:eu-central-1:000000000000:table/Households';
let endpoint: Endpoint;
let reported: string[];
let allowed: Used['decisions'];

beforeEach(async () => {
  reported = [];
  allowed = [];
  const { resources } = permittedStack();
  endpoint = await openEndpoint({
    handlers: { dynamodb: (request) => Promise.resolve(jsonAnswer(request, {})), sqs: (request) => Promise.resolve(jsonAnswer(request, { MessageId: 'm' })) },
    principals: new Map([
      ['KEY-OF-WORK', 'work'],
      ['KEY-OF-OPERATOR', 'operator'],
      ['KEY-OF-STRANGER', 'stranger'],
    ]),
    authorize: authorizer({
      ...{ resources, permissions: readPermissions(resources) },
      allowed: (decision) => allowed.push(decision),
      report: (line) => reported.push(line),
    }),
  });
});
afterEach(() => endpoint.close());

const dynamodb = (key: string) => new DynamoDBClient(clientOf(endpoint.url, key));
const get = new GetItemCommand({ TableName: 'Households', Key: { pk: { S: 'HH#1' } } });
const scan = new ScanCommand({ TableName: 'Households' });

it('what the role permits goes through, and is kept as used', async () => {
  await dynamodb('KEY-OF-WORK').send(get);
  expect(allowed).toEqual([
    { function: 'work', action: 'dynamodb:GetItem', resource: ARN },
    { function: 'work', action: 'kms:Decrypt', resource: expect.stringContaining(':key/') as unknown, viaService: 'dynamodb.eu-central-1.amazonaws.com' },
  ]);
  expect(reported).toEqual([]);
});

it('what it does not permit is denied in AWS’s words, and reported once', async () => {
  const denied = {
    name: 'AccessDeniedException',
    message: `User: arn:aws:sts::000000000000:assumed-role/WorkRole/work is not authorized to perform: dynamodb:Scan on resource: ${ARN} because no identity-based policy allows the dynamodb:Scan action`,
    status: 403,
  };
  expect(await failureOf(dynamodb('KEY-OF-WORK').send(scan))).toEqual(denied);
  expect(await failureOf(dynamodb('KEY-OF-WORK').send(scan))).toEqual(denied);
  expect(reported).toEqual([`work may not dynamodb:Scan on ${ARN}: not allowed by any policy`]);
  expect(allowed.map(({ action }) => action)).not.toContain('dynamodb:Scan');
});

it('nor may it send to a queue that only rules may send to', async () => {
  const send = new SendMessageCommand({ QueueUrl: `${endpoint.url}/000000000000/inbox`, MessageBody: 'x' });
  expect(await failureOf(new SQSClient(clientOf(endpoint.url, 'KEY-OF-WORK')).send(send))).toMatchObject({ name: 'AccessDeniedException', status: 403 });
});

it('an operation that nobody has thought about is refused and says so', async () => {
  const write = new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName: 'Households', Key: { pk: { S: 'x' } } } }] });
  expect((await failureOf(dynamodb('KEY-OF-WORK').send(write))).message).toBe(
    'the local cloud does not know what permissions dynamodb TransactWriteItems needs',
  );
});

it('programs of this machine may do everything, and who is neither may do nothing', async () => {
  await dynamodb('KEY-OF-OPERATOR').send(scan);
  expect(await failureOf(dynamodb('KEY-OF-STRANGER').send(get))).toMatchObject({ message: 'stranger is no function of the template' });
  expect(allowed).toEqual([]);
});

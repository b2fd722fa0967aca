import { describe, expect, it } from 'vitest';
import type { Service } from '../../../../infra/local/endpoint/call.ts';
import { needsOf, type Lookup } from '../../../../infra/local/permissions/needs.ts';

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:000000000000:${resource}`;
const KEY = arn('kms', 'key/k');
const SECRET = arn('secretsmanager', 'secret:root-Ab12Cd');
/** One table, one queue and one secret have a key of their own. */
const lookup: Lookup = {
  keyOf: (resource) => ([arn('dynamodb', 'table/Households'), arn('sqs', 'sealed'), SECRET].includes(resource) ? KEY : undefined),
  secretArn: (id) => (id === 'root' || id === SECRET ? SECRET : undefined),
  emailIdentity: (address) => (address.endsWith('@shop.example') ? 'shop.example' : undefined),
};

interface Asked {
  readonly body?: object | string;
  readonly path?: string;
  readonly query?: string;
}
/** `action resource`, and for a key the service that asks for it. */
const needs = (service: Service, operation: string, { body = {}, path = '/', query = '' }: Asked): string[] | undefined =>
  needsOf(
    {
      ...{ caller: 'f', method: 'POST', path, query: new URLSearchParams(query), headers: {} },
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    },
    service,
    operation,
    lookup,
  )?.map(({ action, resource, context }) => [action, resource, ...Object.values(context ?? {})].join(' '));

const KEY_FOR_TABLE = `kms:Decrypt ${KEY} dynamodb.eu-central-1.amazonaws.com`;

describe('what a call needs', () => {
  it.each<[Service, string, Asked, string[]]>([
    ['dynamodb', 'GetItem', { body: { TableName: 'Households', Key: {} } }, [`dynamodb:GetItem ${arn('dynamodb', 'table/Households')}`, KEY_FOR_TABLE]],
    ['dynamodb', 'PutItem', { body: { TableName: 'Open' } }, [`dynamodb:PutItem ${arn('dynamodb', 'table/Open')}`]],
    ['dynamodb', 'PutItem', { body: { TableName: arn('dynamodb', 'table/Open') } }, [`dynamodb:PutItem ${arn('dynamodb', 'table/Open')}`]],
    [
      'dynamodb',
      'Query',
      { body: { TableName: 'Households', IndexName: 'byDue' } },
      [`dynamodb:Query ${arn('dynamodb', 'table/Households/index/byDue')}`, KEY_FOR_TABLE],
    ],
    [
      'dynamodb',
      'BatchGetItem',
      { body: { RequestItems: { Open: {}, Households: {} } } },
      [`dynamodb:BatchGetItem ${arn('dynamodb', 'table/Open')}`, `dynamodb:BatchGetItem ${arn('dynamodb', 'table/Households')}`, KEY_FOR_TABLE],
    ],
    [
      'ses',
      'SendEmail',
      { body: { FromEmailAddress: 'a@shop.example', ConfigurationSetName: 'set' } },
      [`ses:SendEmail ${arn('ses', 'identity/shop.example')} a@shop.example`, `ses:SendEmail ${arn('ses', 'configuration-set/set')} a@shop.example`],
    ],
    ['ses', 'SendEmail', { body: { FromEmailAddress: 'a@other.example' } }, [`ses:SendEmail ${arn('ses', 'identity/a@other.example')} a@other.example`]],
    ['dynamodb', 'DescribeTable', { body: { TableName: 'Households' } }, [`dynamodb:DescribeTable ${arn('dynamodb', 'table/Households')}`]],
    ['sqs', 'SendMessage', { body: { QueueUrl: 'http://127.0.0.1:1/000000000000/inbox' } }, [`sqs:SendMessage ${arn('sqs', 'inbox')}`]],
    ['sqs', 'SendMessageBatch', { body: { QueueUrl: 'http://127.0.0.1:1/000000000000/inbox' } }, [`sqs:SendMessage ${arn('sqs', 'inbox')}`]],
    [
      'sqs',
      'SendMessage',
      { body: { QueueUrl: 'http://127.0.0.1:1/000000000000/sealed' } },
      [
        `sqs:SendMessage ${arn('sqs', 'sealed')}`,
        `kms:GenerateDataKey ${KEY} sqs.eu-central-1.amazonaws.com`,
        `kms:Decrypt ${KEY} sqs.eu-central-1.amazonaws.com`,
      ],
    ],
    ['sqs', 'GetQueueUrl', { body: { QueueName: 'inbox' } }, [`sqs:GetQueueUrl ${arn('sqs', 'inbox')}`]],
    [
      'events',
      'PutEvents',
      { body: { Entries: [{ EventBusName: 'bus' }, { EventBusName: arn('events', 'event-bus/bus') }, {}] } },
      [`events:PutEvents ${arn('events', 'event-bus/bus')}`, `events:PutEvents ${arn('events', 'event-bus/default')}`],
    ],
    [
      'secretsmanager',
      'GetSecretValue',
      { body: { SecretId: 'root' } },
      [`secretsmanager:GetSecretValue ${SECRET}`, `kms:Decrypt ${KEY} secretsmanager.eu-central-1.amazonaws.com`],
    ],
    ['secretsmanager', 'GetSecretValue', { body: { SecretId: 'else' } }, [`secretsmanager:GetSecretValue ${arn('secretsmanager', 'secret:else')}`]],
    ['iot-data', 'Publish', { path: '/topics/app%2Fhh%2Fmessages' }, [`iot:Publish ${arn('iot', 'topic/app/hh/messages')}`]],
    [
      'iot-data',
      'Publish',
      { path: '/topics/a', query: 'retain=true' },
      [`iot:Publish ${arn('iot', 'topic/a')}`, `iot:RetainPublish ${arn('iot', 'topic/a')}`],
    ],
    ['iot-data', 'DeleteConnection', { path: '/connections/app-mem_1-x' }, [`iot:DeleteConnection ${arn('iot', 'client/app-mem_1-x')}`]],
    ['iot-data', 'GetThingShadow', { path: '/things/tv-1/shadow', query: 'name=display' }, [`iot:GetThingShadow ${arn('iot', 'thing/tv-1/display')}`]],
    ['iot-data', 'UpdateThingShadow', { path: '/things/tv-1/shadow' }, [`iot:UpdateThingShadow ${arn('iot', 'thing/tv-1')}`]],
  ])('%s %s %j', (service, operation, asked, expected) => {
    expect(needs(service, operation, asked)).toEqual(expected);
  });

  it.each<[Service, string, Asked]>([
    ['dynamodb', 'GetItem', { body: 'no JSON' }],
    ['sqs', 'SendMessage', { body: {} }],
    ['events', 'PutEvents', { body: { Entries: 'none' } }],
    ['iot-data', 'Publish', { path: '/topics/%E0%A4%A' }],
  ])('cannot be had by naming nothing: %s %s %j', (service, operation, asked) => {
    expect(needs(service, operation, asked)).toEqual([expect.stringContaining('(not named)')]);
  });

  it('is not known of an operation without an entry', () => {
    expect(needs('dynamodb', 'TransactWriteItems', {})).toBeUndefined();
  });
});

/** Which actions on which resources a call of an AWS API needs (service authorization reference). What has no entry here is refused: nobody could say who may. */
import { z } from 'zod';
import type { AwsRequest } from '../aws-request.ts';
import type { Service } from '../endpoint/call.ts';
import { ACCOUNT_ID, PARTITION, REGION } from '../template/identity.ts';
import type { ContextKey } from './conditions.ts';

export interface Need {
  readonly action: string;
  readonly resource: string;
  /** For a key: the service that asks for it in the caller's name; for an e-mail: whom it comes from. */
  readonly context?: Readonly<Partial<Record<ContextKey, string>>>;
}

/** What has to be looked up in the template. */
export interface Lookup {
  /** Of the key that protects a resource, by the resource's ARN. */
  readonly keyOf: (resourceArn: string) => string | undefined;
  /** By its name or its ARN. */
  readonly secretArn: (id: string) => string | undefined;
  /** Of SES, that an address is written from by. */
  readonly emailIdentity: (address: string) => string | undefined;
}

type NeedsOf = (request: AwsRequest, lookup: Lookup) => readonly Need[];

export const arn = (service: string, resource: string): string => `arn:${PARTITION}:${service}:${REGION}:${ACCOUNT_ID}:${resource}`;

/** A body that is no JSON names nothing, and nobody may do anything with that; the service would refuse it as well. */
function bodyOf<Schema extends z.ZodType>({ body }: AwsRequest, schema: Schema): z.infer<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(body.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
const UNNAMED = '(not named)';

/** A customer's own key is asked for in the caller's name (DynamoDB developer guide, “DynamoDB encryption at rest”). */
export function decrypt(resource: string, service: string, keyOf: Lookup['keyOf'], action = 'kms:Decrypt'): Need[] {
  const key = keyOf(resource);
  return key === undefined ? [] : [{ action, resource: key, context: { 'kms:ViaService': `${service}.${REGION}.amazonaws.com` } }];
}

const tableArn = (table: string): string => (table.startsWith('arn:') ? table : arn('dynamodb', `table/${table}`));
const tableSchema = z.looseObject({ TableName: z.string(), IndexName: z.string().optional() });
const batchSchema = z.looseObject({ RequestItems: z.record(z.string(), z.unknown()) });

const onTable =
  (operation: string): NeedsOf =>
  (request, { keyOf }) => {
    const { TableName = UNNAMED, IndexName } = bodyOf(request, tableSchema) ?? {};
    const table = tableArn(TableName);
    return [
      { action: `dynamodb:${operation}`, resource: IndexName === undefined ? table : `${table}/index/${IndexName}` },
      ...(operation === 'DescribeTable' ? [] : decrypt(table, 'dynamodb', keyOf)),
    ];
  };
const onTables =
  (operation: string): NeedsOf =>
  (request, { keyOf }) =>
    Object.keys(bodyOf(request, batchSchema)?.RequestItems ?? { [UNNAMED]: [] })
      .map(tableArn)
      .flatMap((table) => [{ action: `dynamodb:${operation}`, resource: table }, ...decrypt(table, 'dynamodb', keyOf)]);

const queueSchema = z.looseObject({ QueueUrl: z.string().optional(), QueueName: z.string().optional() });
const onQueue =
  (action: string, keyActions: readonly string[] = []): NeedsOf =>
  (request, { keyOf }) => {
    const { QueueUrl, QueueName } = bodyOf(request, queueSchema) ?? {};
    const queue = arn('sqs', QueueUrl?.split('/').at(-1) ?? QueueName ?? UNNAMED);
    return [{ action: `sqs:${action}`, resource: queue }, ...keyActions.flatMap((keyAction) => decrypt(queue, 'sqs', keyOf, keyAction))];
  };

const entriesSchema = z.looseObject({ Entries: z.array(z.looseObject({ EventBusName: z.string().default('default') })).min(1) });
const putEvents: NeedsOf = (request) => {
  const { Entries } = bodyOf(request, entriesSchema) ?? { Entries: [{ EventBusName: UNNAMED }] };
  const buses = new Set(Entries.map(({ EventBusName: bus }) => (bus.startsWith('arn:') ? bus : arn('events', `event-bus/${bus}`))));
  return [...buses].map((resource) => ({ action: 'events:PutEvents', resource }));
};

const secretSchema = z.looseObject({ SecretId: z.string() });
const onSecret =
  (operation: string): NeedsOf =>
  (request, { keyOf, secretArn }) => {
    const { SecretId = UNNAMED } = bodyOf(request, secretSchema) ?? {};
    const secret = secretArn(SecretId) ?? (SecretId.startsWith('arn:') ? SecretId : arn('secretsmanager', `secret:${SecretId}`));
    return [{ action: `secretsmanager:${operation}`, resource: secret }, ...(operation === 'DescribeSecret' ? [] : decrypt(secret, 'secretsmanager', keyOf))];
  };

/** The part of the path behind `/topics/` and its like, as the caller meant it. */
function named({ path }: AwsRequest, pattern: RegExp): string {
  try {
    return decodeURIComponent(pattern.exec(path)?.[1] ?? UNNAMED);
  } catch {
    return UNNAMED;
  }
}
const publish: NeedsOf = (request) => {
  const resource = arn('iot', `topic/${named(request, /^\/topics\/(.+)$/)}`);
  const retained = request.query.get('retain') === 'true';
  return [{ action: 'iot:Publish', resource }, ...(retained ? [{ action: 'iot:RetainPublish', resource }] : [])];
};
/** A named shadow is a resource below its thing (AWS IoT Core developer guide, “AWS IoT Core action resources”). */
const onShadow =
  (operation: string): NeedsOf =>
  (request) => {
    const shadow = request.query.get('name');
    const thing = named(request, /^\/things\/([^/]+)\/shadow$/);
    return [{ action: `iot:${operation}`, resource: arn('iot', `thing/${thing}${shadow === null ? '' : `/${shadow}`}`) }];
  };

const poolSchema = z.looseObject({ UserPoolId: z.string() });
const onUserPool =
  (operation: string): NeedsOf =>
  (request) => [{ action: `cognito-idp:${operation}`, resource: arn('cognito-idp', `userpool/${bodyOf(request, poolSchema)?.UserPoolId ?? UNNAMED}`) }];

const emailSchema = z.looseObject({ FromEmailAddress: z.string(), ConfigurationSetName: z.string().optional() });
/** Both the identity and the set (service authorization reference, “Amazon SES v2”); the identity is the address's own, or its domain's. */
const sendEmail: NeedsOf = (request, { emailIdentity }) => {
  const { FromEmailAddress: from = UNNAMED, ConfigurationSetName: configuration } = bodyOf(request, emailSchema) ?? {};
  const need = (resource: string): Need => ({ action: 'ses:SendEmail', resource: arn('ses', resource), context: { 'ses:FromAddress': from } });
  return [need(`identity/${emailIdentity(from) ?? from}`), ...(configuration === undefined ? [] : [need(`configuration-set/${configuration}`)])];
};

const OPERATIONS: Record<Service, ReadonlyMap<string, NeedsOf>> = {
  dynamodb: new Map([
    ...['GetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem', 'DescribeTable'].map((name): [string, NeedsOf] => [name, onTable(name)]),
    ...['BatchGetItem', 'BatchWriteItem'].map((name): [string, NeedsOf] => [name, onTables(name)]),
    ['ListTables', () => [{ action: 'dynamodb:ListTables', resource: arn('dynamodb', 'table/*') }]],
  ]),
  // A batch needs what each of its messages would need alone.
  sqs: new Map([
    ...['SendMessage', 'SendMessageBatch'].map((name): [string, NeedsOf] => [name, onQueue('SendMessage', ['kms:GenerateDataKey', 'kms:Decrypt'])]),
    ...['DeleteMessage', 'DeleteMessageBatch'].map((name): [string, NeedsOf] => [name, onQueue('DeleteMessage')]),
    ...['ChangeMessageVisibility', 'ChangeMessageVisibilityBatch'].map((name): [string, NeedsOf] => [name, onQueue('ChangeMessageVisibility')]),
    ['ReceiveMessage', onQueue('ReceiveMessage', ['kms:Decrypt'])],
    ...['GetQueueAttributes', 'GetQueueUrl', 'PurgeQueue'].map((name): [string, NeedsOf] => [name, onQueue(name)]),
  ]),
  events: new Map([['PutEvents', putEvents]]),
  secretsmanager: new Map(['GetSecretValue', 'DescribeSecret'].map((name): [string, NeedsOf] => [name, onSecret(name)])),
  'cognito-idp': new Map(['AdminCreateUser', 'AdminGetUser', 'AdminDeleteUser'].map((name): [string, NeedsOf] => [name, onUserPool(name)])),
  ses: new Map([['SendEmail', sendEmail]]),
  'iot-data': new Map<string, NeedsOf>([
    ['Publish', publish],
    ['DeleteConnection', (request) => [{ action: 'iot:DeleteConnection', resource: arn('iot', `client/${named(request, /^\/connections\/([^/]+)$/)}`) }]],
    ...['GetThingShadow', 'UpdateThingShadow', 'DeleteThingShadow'].map((name): [string, NeedsOf] => [name, onShadow(name)]),
  ]),
};

/** Answers undefined for an operation that has no entry. */
export const needsOf = (request: AwsRequest, service: Service, operation: string, lookup: Lookup): readonly Need[] | undefined =>
  OPERATIONS[service].get(operation)?.(request, lookup);

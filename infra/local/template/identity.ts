/** What `Ref` and `Fn::GetAtt` yield per resource type, as in the CloudFormation resource reference, on the local account. */
import { createHash } from 'node:crypto';

export const REGION = 'eu-central-1';
export const ACCOUNT_ID = '000000000000';
export const PARTITION = 'aws';

export interface Identity {
  /** The physical name, or the id where AWS makes one. */
  readonly name: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Identified {
  readonly logicalId: string;
  /** The logical id, with the stack before it where another stack has the same one. */
  readonly derivedName: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Where AWS requests go, without a slash at the end. */
  readonly endpointUrl: string;
  /** Who signs the tokens of the user pool here; without one the address is that on AWS. */
  readonly issuer?: string | undefined;
}

type Identify = (resource: Identified) => Identity;

const arn = (service: string, resource: string): string => `arn:${PARTITION}:${service}:${REGION}:${ACCOUNT_ID}:${resource}`;
const globalArn = (service: string, resource: string): string => `arn:${PARTITION}:${service}::${ACCOUNT_ID}:${resource}`;

/** Stands for what AWS would make up: looks random, and is the same on every start. */
function madeUp(alphabet: string, length: number, ...from: string[]): string {
  const bytes = createHash('sha512').update(from.join('\n')).digest();
  return Array.from(bytes.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');
}
const HEX = '0123456789abcdef';
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const MIXED = `${LOWER}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
const madeUpUuid = (from: string): string => madeUp(HEX, 32, from).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const text = (properties: Identified['properties'], property: string): string | undefined => {
  const value = properties[property];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** A resource with a name of its own: `Ref` is that name. */
const named =
  (nameProperty: string, attributes: (name: string, resource: Identified) => Record<string, string> = () => ({})): Identify =>
  (resource) => {
    const name = text(resource.properties, nameProperty) ?? resource.derivedName;
    return { name, ref: name, attributes: attributes(name, resource) };
  };

/** A resource whose id AWS makes up. */
const numbered =
  (make: (resource: Identified) => string, attributes: (id: string, resource: Identified) => Record<string, string> = () => ({})): Identify =>
  (resource) => {
    const id = make(resource);
    return { name: id, ref: id, attributes: attributes(id, resource) };
  };

const tableArns = (name: string, { properties }: Identified): Record<string, string> => ({
  Arn: arn('dynamodb', `table/${name}`),
  TableId: madeUpUuid(name),
  ...(properties.StreamSpecification === undefined ? {} : { StreamArn: arn('dynamodb', `table/${name}/stream/2026-01-01T00:00:00.000`) }),
});

const queue: Identify = ({ properties, derivedName, endpointUrl }) => {
  const fifo = properties.FifoQueue === true || properties.FifoQueue === 'true';
  const name = text(properties, 'QueueName') ?? `${derivedName}${fifo ? '.fifo' : ''}`;
  const url = `${endpointUrl}/${ACCOUNT_ID}/${name}`;
  return { name, ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
};

const secret: Identify = ({ properties, derivedName }) => {
  const name = text(properties, 'Name') ?? derivedName;
  const secretArn = arn('secretsmanager', `secret:${name}-${madeUp(MIXED, 6, name)}`);
  return { name, ref: secretArn, attributes: { Id: secretArn } };
};

const rule: Identify = ({ properties, derivedName }) => {
  const name = text(properties, 'Name') ?? derivedName;
  const bus = text(properties, 'EventBusName')?.split('/').at(-1) ?? 'default';
  return { name, ref: name, attributes: { Arn: arn('events', bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`) } };
};

const topic: Identify = ({ properties, derivedName }) => {
  const name = text(properties, 'TopicName') ?? derivedName;
  return { name, ref: arn('sns', name), attributes: { TopicArn: arn('sns', name), TopicName: name } };
};

const managedPolicy: Identify = ({ properties, derivedName }) => {
  const name = text(properties, 'ManagedPolicyName') ?? derivedName;
  return { name, ref: globalArn('iam', `policy/${name}`), attributes: { PolicyArn: globalArn('iam', `policy/${name}`) } };
};

const bucketAttributes = (name: string): Record<string, string> => ({
  Arn: `arn:${PARTITION}:s3:::${name}`,
  DomainName: `${name}.s3.amazonaws.com`,
  RegionalDomainName: `${name}.s3.${REGION}.amazonaws.com`,
});

const edgeFunction: Identify = ({ properties, derivedName }) => {
  const name = text(properties, 'Name') ?? derivedName;
  const functionArn = globalArn('cloudfront', `function/${name}`);
  return { name, ref: functionArn, attributes: { FunctionARN: functionArn } };
};

const table = named('TableName', tableArns);
const shortId = ({ derivedName }: Identified): string => madeUp(LOWER, 10, derivedName);

const IDENTITIES: Readonly<Record<string, Identify>> = {
  'AWS::SQS::Queue': queue,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::Lambda::Function': named('FunctionName', (name) => ({ Arn: arn('lambda', `function:${name}`) })),
  'AWS::Lambda::EventSourceMapping': numbered(
    ({ derivedName }) => madeUpUuid(derivedName),
    (id) => ({ Id: id, EventSourceMappingArn: arn('lambda', `event-source-mapping:${id}`) }),
  ),
  'AWS::Events::EventBus': named('Name', (name) => ({ Arn: arn('events', `event-bus/${name}`), Name: name })),
  'AWS::Events::Rule': rule,
  // Rule names know no hyphen (IoT Core API reference, CreateTopicRule).
  'AWS::IoT::TopicRule': ({ properties, derivedName }) => {
    const name = text(properties, 'RuleName') ?? derivedName.replaceAll('-', '_');
    return { name, ref: name, attributes: { Arn: arn('iot', `rule/${name}`) } };
  },
  'AWS::IoT::Authorizer': named('AuthorizerName', (name) => ({ Arn: arn('iot', `authorizer/${name}`) })),
  'AWS::IoT::Policy': named('PolicyName', (name) => ({ Arn: arn('iot', `policy/${name}`), Id: name })),
  'AWS::SecretsManager::Secret': secret,
  'AWS::Cognito::UserPool': numbered(
    ({ derivedName }) => `${REGION}_${madeUp(MIXED, 9, derivedName)}`,
    (id, { issuer }) => {
      const url = issuer ?? `https://cognito-idp.${REGION}.amazonaws.com/${id}`;
      return { Arn: arn('cognito-idp', `userpool/${id}`), UserPoolId: id, ProviderName: url.replace(/^https?:\/\//, ''), ProviderURL: url };
    },
  ),
  'AWS::Cognito::UserPoolClient': numbered(
    ({ derivedName }) => madeUp(LOWER, 26, derivedName),
    (id, { properties, derivedName }) => ({ ClientId: id, Name: text(properties, 'ClientName') ?? derivedName }),
  ),
  'AWS::Cognito::UserPoolGroup': named('GroupName'),
  'AWS::Cognito::UserPoolResourceServer': named('Identifier'),
  'AWS::ApiGatewayV2::Api': numbered(shortId, (id, { endpointUrl }) => ({ ApiId: id, ApiEndpoint: `${endpointUrl}/api` })),
  'AWS::ApiGatewayV2::Route': numbered(shortId, (id) => ({ RouteId: id })),
  'AWS::ApiGatewayV2::Integration': numbered(shortId, (id) => ({ IntegrationId: id })),
  'AWS::ApiGatewayV2::Authorizer': numbered(shortId, (id) => ({ AuthorizerId: id })),
  'AWS::ApiGatewayV2::Deployment': numbered(shortId, (id) => ({ DeploymentId: id })),
  'AWS::ApiGatewayV2::Stage': named('StageName'),
  'AWS::IAM::Role': named('RoleName', (name) => ({ Arn: globalArn('iam', `role/${name}`), RoleId: `AROA${madeUp(UPPER, 17, name)}` })),
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::KMS::Key': numbered(
    ({ derivedName }) => madeUpUuid(derivedName),
    (id) => ({ Arn: arn('kms', `key/${id}`), KeyId: id }),
  ),
  'AWS::KMS::Alias': named('AliasName'),
  'AWS::Logs::LogGroup': named('LogGroupName', (name) => ({ Arn: arn('logs', `log-group:${name}:*`) })),
  'AWS::SES::ConfigurationSet': named('Name'),
  'AWS::SES::EmailIdentity': named('EmailIdentity'),
  'AWS::SNS::Topic': topic,
  'AWS::S3::Bucket': named('BucketName', bucketAttributes),
  'AWS::CloudFront::Distribution': numbered(
    ({ derivedName }) => `E${madeUp(UPPER, 13, derivedName)}`,
    (id, { derivedName }) => ({ Id: id, DomainName: `${madeUp(LOWER, 14, derivedName)}.cloudfront.net` }),
  ),
  'AWS::CloudFront::Function': edgeFunction,
  'AWS::CloudFront::ResponseHeadersPolicy': numbered(
    ({ derivedName }) => madeUpUuid(derivedName),
    (id) => ({ Id: id }),
  ),
  'AWS::CloudFront::CachePolicy': numbered(
    ({ derivedName }) => madeUpUuid(derivedName),
    (id) => ({ Id: id }),
  ),
  'AWS::CloudFront::OriginAccessControl': numbered(
    ({ derivedName }) => `E${madeUp(UPPER, 13, derivedName)}`,
    (id) => ({ Id: id }),
  ),
  'AWS::CloudWatch::Alarm': named('AlarmName', (name) => ({ Arn: arn('cloudwatch', `alarm:${name}`) })),
  'AWS::CloudWatch::CompositeAlarm': named('AlarmName', (name) => ({ Arn: arn('cloudwatch', `alarm:${name}`) })),
  'AWS::CloudWatch::Dashboard': named('DashboardName'),
};

/** A type without an entry has no attributes; nothing that runs here is without one. */
export function identify(type: string, resource: Identified): Identity {
  return (IDENTITIES[type] ?? named('Name'))(resource);
}

/** Every resource type that a template may hold: it either runs here, or a sentence says why it need not. Anything else stops the start. */

export type Support = { readonly kind: 'runs' } | { readonly kind: 'inert'; readonly reason: string };

const runs: Support = { kind: 'runs' };
const inert = (reason: string): Support => ({ kind: 'inert', reason });

const watching = inert('Nobody is called out on one machine: the terminal, the window and the end screen show what an alarm would say.');
const keys = inert('Files on this machine are protected by its owner, not by a key.');
const cloudFormation = inert('It tells AWS about the template itself, not about the product.');

export const SUPPORT: Readonly<Record<string, Support>> = {
  'AWS::ApiGatewayV2::Api': runs,
  'AWS::ApiGatewayV2::Authorizer': runs,
  'AWS::ApiGatewayV2::Deployment': inert('Routes are served as soon as they are read.'),
  'AWS::ApiGatewayV2::Integration': runs,
  'AWS::ApiGatewayV2::Route': runs,
  'AWS::ApiGatewayV2::Stage': inert('There is one stage, $default; its throttling protects a public address and its access log a shared one.'),
  'AWS::CDK::Metadata': cloudFormation,
  'AWS::CloudFront::CachePolicy': inert('Nothing is cached between a browser and a folder of the same machine.'),
  'AWS::CloudFront::Distribution': runs,
  'AWS::CloudFront::Function': runs,
  'AWS::CloudFront::OriginAccessControl': inert('It signs what CloudFront asks of the bucket; here the permission alone is checked.'),
  'AWS::CloudFront::ResponseHeadersPolicy': runs,
  'AWS::CloudWatch::Alarm': watching,
  'AWS::CloudWatch::CompositeAlarm': watching,
  'AWS::CloudWatch::Dashboard': watching,
  'AWS::Cognito::ManagedLoginBranding': inert('The sign-in page of this machine is its own.'),
  'AWS::Cognito::UserPool': runs,
  'AWS::Cognito::UserPoolClient': runs,
  'AWS::Cognito::UserPoolDomain': inert('The sign-in page of this machine stands below its own address.'),
  'AWS::Cognito::UserPoolGroup': runs,
  'AWS::Cognito::UserPoolResourceServer': runs,
  'AWS::DynamoDB::GlobalTable': runs,
  'AWS::DynamoDB::Table': runs,
  'AWS::Events::Archive': inert('Aggregates keep their events and the logs are kept, so nothing is replayed from an archive here.'),
  'AWS::Events::EventBus': runs,
  'AWS::Events::EventBusPolicy': runs,
  'AWS::Events::Rule': runs,
  'AWS::IAM::ManagedPolicy': runs,
  'AWS::IAM::Policy': runs,
  'AWS::IAM::Role': runs,
  'AWS::IoT::Authorizer': runs,
  'AWS::IoT::Logging': inert('The broker writes to the log of this machine.'),
  'AWS::IoT::Policy': runs,
  'AWS::IoT::TopicRule': runs,
  'AWS::KMS::Alias': keys,
  'AWS::KMS::Key': keys,
  'AWS::Lambda::EventSourceMapping': runs,
  'AWS::Lambda::Function': runs,
  'AWS::Lambda::LayerVersion': inert(
    'Only the function that CloudFormation calls to put files into a bucket has one, and its work is done here by reading its orders.',
  ),
  'AWS::Lambda::Permission': runs,
  'AWS::Logs::LogGroup': inert('Log lines go to files; how long they are kept is up to the owner of the folder.'),
  'AWS::Logs::MetricFilter': watching,
  'AWS::S3::Bucket': runs,
  'AWS::S3::BucketPolicy': runs,
  'AWS::SES::ConfigurationSet': runs,
  'AWS::SES::ConfigurationSetEventDestination': inert('No e-mail leaves this machine, so none comes back.'),
  'AWS::SES::EmailIdentity': runs,
  'AWS::SNS::Subscription': watching,
  'AWS::SNS::Topic': watching,
  'AWS::SNS::TopicPolicy': runs,
  'AWS::SQS::Queue': runs,
  'AWS::SQS::QueueInlinePolicy': runs,
  'AWS::SQS::QueuePolicy': runs,
  'AWS::SecretsManager::ResourcePolicy': runs,
  'AWS::SecretsManager::Secret': runs,
  'Custom::CDKBucketDeployment': runs,
};

/** Throws one sentence that names every resource whose type is in neither list. */
export function refuseUnknown(template: { readonly resources: readonly { readonly logicalId: string; readonly type: string; readonly path: string }[] }): void {
  const unknown = template.resources.filter(({ type }) => !Object.hasOwn(SUPPORT, type));
  if (unknown.length === 0) return;
  const list = unknown.map(({ logicalId, type, path }) => `${logicalId} (${type}, ${path})`).join(', ');
  throw new Error(`The local cloud does not know how to run ${list}. Run it in infra/local/ or list its type as inert with a reason.`);
}

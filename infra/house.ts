/** What every part of the flow is handed: the tables, the bus, the root secret and where alerts go. */
import { CfnParameter, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { EventType } from '../shared/events.ts';
import type { QueueWorker } from './construct/house-function.ts';
import { QueueTarget } from './construct/queue-target.ts';
import { Tables } from './tables.ts';

/** What this house asks of a table; each is one permission. */
export type TableCall = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'DeleteItem' | 'Query byThing' | 'Query byDue';

/** What DynamoDB may ask of our key in a writer's name (developer guide, “Encryption at rest: usage notes”), without the wildcards that stand there. */
const KEY_ACTIONS_OF_WRITERS = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

export class House extends Construct {
  readonly tables: Tables;
  readonly bus: EventBus;
  readonly rootSecret: Secret;
  readonly alerts: Topic;
  /** Over how many partitions what is due is spread: for every function that writes such items, and the one that reads them. */
  readonly due: { readonly DUE_SHARDS: string };

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.tables = new Tables(this, 'Tables');
    this.bus = new EventBus(this, 'Bus', { description: 'What was decided' });
    this.rootSecret = new Secret(this, 'RootSecret', {
      description: 'The one root from which every retailer’s webhook keys, and the links that end mandates, are derived',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      // Kept like the tables: without it every shop's keys would change.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.rootSecret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Another root would change the keys of all shops in the same second. Keys rotate shop by shop instead, by the generation that goes into each.',
    });
    const shards = new CfnParameter(this, 'DueShards', {
      type: 'String',
      default: '16',
      allowedPattern: '[1-9][0-9]{0,2}',
      description: 'Over how many partitions what is due is spread; may only grow while nothing is due',
    });
    shards.overrideLogicalId('DueShards');
    this.due = { DUE_SHARDS: shards.valueAsString };
    this.alerts = new Topic(this, 'Alerts', { displayName: 'Nachschub alerts', enforceSSL: true });
    // A topic with a policy of its own loses the one that AWS gives it, and with that what lets alarms in.
    this.alerts.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.alerts.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }

  /**
   * Tells a worker of these events of the catalogue. The event that finds its queue full or gone goes to the dead letters, not nowhere.
   * @param data only those that say one of these words in these fields
   */
  tell(worker: QueueWorker, eventTypes: readonly EventType[], data?: Readonly<Record<string, readonly string[]>>): void {
    new Rule(worker, 'Events', {
      eventBus: this.bus,
      eventPattern: { source: ['nachschub'], detailType: [...eventTypes], ...(data && { detail: { data } }) },
      targets: [new QueueTarget(worker.inbox)],
    });
  }

  /** Lets a function read the root of all keys: `environment` of it names which. */
  openRoot(caller: Function): void {
    caller.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.rootSecret.secretArn] }));
  }

  /** Lets a function make just these calls on a table; never a scan, and a deletion only where a household is forgotten. An index is named behind the call: `Query byThing`. */
  open(table: TableV2, caller: Function, ...calls: readonly TableCall[]): void {
    for (const call of calls) {
      const [action = '', index] = call.split(' ');
      const resources = [index === undefined ? table.tableArn : `${table.tableArn}/index/${index}`];
      caller.addToRolePolicy(new PolicyStatement({ actions: [`dynamodb:${action}`], resources }));
    }
    table.encryptionKey?.grantDecrypt(caller);
    // In a statement of its own, so that functions which read one table and write another are not permitted the same thing twice.
    if (calls.includes('PutItem')) table.encryptionKey?.grant(caller, ...KEY_ACTIONS_OF_WRITERS);
  }
}

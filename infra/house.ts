/** What every part of the flow is handed: the tables, the bus, the root secret and where alerts go. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { EventType } from '../shared/events.ts';
import type { QueueWorker } from './construct/house-function.ts';
import { Tables } from './tables.ts';

export class House extends Construct {
  readonly tables: Tables;
  readonly bus: EventBus;
  readonly rootSecret: Secret;
  readonly alerts: Topic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.tables = new Tables(this, 'Tables');
    this.bus = new EventBus(this, 'Bus', { description: 'What was decided' });
    this.rootSecret = new Secret(this, 'RootSecret', {
      description: 'The one root from which every retailer’s webhook keys are derived',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      // Kept like the tables: without it every shop's keys would change.
      removalPolicy: RemovalPolicy.RETAIN,
    });
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

  /** Tells a worker of these events of the catalogue. The event that finds its queue full or gone goes to the dead letters, not nowhere. */
  tell(worker: QueueWorker, eventTypes: readonly EventType[]): void {
    new Rule(worker, 'Events', {
      eventBus: this.bus,
      eventPattern: { source: ['nachschub'], detailType: [...eventTypes] },
      targets: [new SqsQueue(worker.inbox.queue, { deadLetterQueue: worker.inbox.deadLetters })],
    });
  }

  /** Lets a function read and write single items and partitions of a table, and nothing else of it: no scan, no deletion. */
  open(table: TableV2, reader: Function, writes: 'reads' | 'reads-and-writes'): void {
    table.grant(reader, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query');
    if (writes === 'reads-and-writes') table.grant(reader, 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    table.encryptionKey?.grantEncryptDecrypt(reader);
  }
}

/** Three tables, one per part of the business; each one's stream is the outbox. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, ProjectionType, StreamViewType, TableEncryptionV2, TableV2, type GlobalSecondaryIndexPropsV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** What is due: sparse, spread over sixteen partitions, with the name of the function that is to be told. */
const byDue: GlobalSecondaryIndexPropsV2 = {
  indexName: 'byDue',
  partitionKey: { name: 'dueShard', type: AttributeType.STRING },
  sortKey: { name: 'dueAt', type: AttributeType.STRING },
  projectionType: ProjectionType.INCLUDE,
  nonKeyAttributes: ['dueFor'],
};

const byThing: GlobalSecondaryIndexPropsV2 = {
  indexName: 'byThing',
  partitionKey: { name: 'thing', type: AttributeType.STRING },
  projectionType: ProjectionType.KEYS_ONLY,
};

export class Tables extends Construct {
  readonly households: TableV2;
  readonly retailers: TableV2;
  readonly journeys: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const key = new Key(this, 'Key', { description: 'Encrypts what households, retailers and journeys hold', enableKeyRotation: true });
    const table = (name: string, globalSecondaryIndexes: GlobalSecondaryIndexPropsV2[]) =>
      new TableV2(this, name, {
        partitionKey: { name: 'pk', type: AttributeType.STRING },
        sortKey: { name: 'sk', type: AttributeType.STRING },
        globalSecondaryIndexes,
        dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
        encryption: TableEncryptionV2.customerManagedKey(key),
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        deletionProtection: true,
        removalPolicy: RemovalPolicy.RETAIN,
        timeToLiveAttribute: 'expiresAtSeconds',
      });
    this.households = table('Households', [byDue, byThing]);
    this.retailers = table('Retailers', [byDue]);
    this.journeys = table('Journeys', [byDue]);
  }
}

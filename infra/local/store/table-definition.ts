import { checkTypes, checkValidations } from 'dynalite/validations/index.js';
import createTable from 'dynalite/validations/createTable.js';
import { z } from 'zod';
import { StoreError } from './store-errors.ts';

/** A table of the template: its physical name and the resolved properties of AWS::DynamoDB::GlobalTable or AWS::DynamoDB::Table. */
export interface TableDefinition {
  readonly name: string;
  readonly properties: unknown;
}

/** Capacity, backup and encryption change nothing about what a table answers, so they are read and left alone. */
const inert = z.unknown().optional();

const keySchemaSchema = z
  .array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
  .min(1)
  .max(2);
const attributeSchema = z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) });
const indexMembers = {
  IndexName: z.string(),
  KeySchema: keySchemaSchema,
  Projection: z.strictObject({ ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']), NonKeyAttributes: z.array(z.string()).optional() }),
};
const indexSchema = z.object(indexMembers);
const templateIndexSchema = z
  .strictObject({
    ...indexMembers,
    ContributorInsightsSpecification: inert,
    OnDemandThroughput: inert,
    ProvisionedThroughput: inert,
    ReadOnDemandThroughputSettings: inert,
    ReadProvisionedThroughputSettings: inert,
    WarmThroughput: inert,
    WriteOnDemandThroughputSettings: inert,
    WriteProvisionedThroughputSettings: inert,
  })
  .transform((index) => indexSchema.parse(index));

const streamViewTypeSchema = z.enum(['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY']);
export type StreamViewType = z.infer<typeof streamViewTypeSchema>;

/** The one replica here is the table itself; a second region has no place on one machine. */
const replicaSchema = z.strictObject({
  Region: z.unknown(),
  ContributorInsightsSpecification: inert,
  DeletionProtectionEnabled: inert,
  GlobalSecondaryIndexes: inert,
  PointInTimeRecoverySpecification: inert,
  ReadOnDemandThroughputSettings: inert,
  ReadProvisionedThroughputSettings: inert,
  ReplicaStreamSpecification: inert,
  ResourcePolicy: inert,
  SSESpecification: inert,
  TableClass: inert,
  Tags: inert,
});

const propertiesSchema = z.strictObject({
  AttributeDefinitions: z.array(attributeSchema),
  KeySchema: keySchemaSchema,
  GlobalSecondaryIndexes: z.array(templateIndexSchema).optional(),
  LocalSecondaryIndexes: z.array(templateIndexSchema).optional(),
  StreamSpecification: z.strictObject({ StreamViewType: streamViewTypeSchema, ResourcePolicy: inert }).optional(),
  // Items past their time stay: AWS deletes them days late, so every reader must filter them in any case.
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string().optional(), Enabled: z.union([z.boolean(), z.stringbool()]) }).optional(),
  Replicas: z.array(replicaSchema).max(1).optional(),
  BillingMode: inert,
  ContributorInsightsSpecification: inert,
  DeletionProtectionEnabled: inert,
  OnDemandThroughput: inert,
  PointInTimeRecoverySpecification: inert,
  ProvisionedThroughput: inert,
  ReadOnDemandThroughputSettings: inert,
  ReadProvisionedThroughputSettings: inert,
  ResourcePolicy: inert,
  SSESpecification: inert,
  TableClass: inert,
  TableName: inert,
  Tags: inert,
  WarmThroughput: inert,
  WriteOnDemandThroughputSettings: inert,
  WriteProvisionedThroughputSettings: inert,
});

/** What the data folder remembers of a table. */
export const tableSchema = z.object({
  TableName: z.string(),
  /** Seconds since 1970, on product time. */
  CreationDateTime: z.number(),
  KeySchema: keySchemaSchema,
  AttributeDefinitions: z.array(attributeSchema),
  GlobalSecondaryIndexes: z.array(indexSchema).default([]),
  LocalSecondaryIndexes: z.array(indexSchema).default([]),
  StreamViewType: streamViewTypeSchema.nullable(),
});
export type Table = z.infer<typeof tableSchema>;

/** Reads a template's definition; throws a StoreError that names the table and the property. */
export function readDefinition(definition: TableDefinition, createdAtMillis: number): Table {
  const read = propertiesSchema.safeParse(definition.properties);
  if (!read.success) throw new StoreError(`The local store cannot run table ${definition.name}: ${problemsOf(read.error)}`);
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [], StreamSpecification } = read.data;
  checkLikeCreateTable(definition.name, { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes });
  return {
    TableName: definition.name,
    CreationDateTime: createdAtMillis / 1000,
    KeySchema,
    AttributeDefinitions,
    GlobalSecondaryIndexes,
    LocalSecondaryIndexes,
    StreamViewType: StreamSpecification?.StreamViewType ?? null,
  };
}

const problemsOf = (error: z.ZodError): string => error.issues.map((issue) => `${issue.path.join('.') || 'properties'}: ${issue.message}`).join('; ');

/** The rules that CreateTable has on AWS, such as that every key attribute is defined: a template that breaks them fails here, not at its first deployment. */
function checkLikeCreateTable(
  name: string,
  table: Pick<Table, 'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes' | 'LocalSecondaryIndexes'>,
): void {
  // An empty list of indexes is refused on the wire, an absent one is not.
  const indexes = Object.entries({ GlobalSecondaryIndexes: table.GlobalSecondaryIndexes, LocalSecondaryIndexes: table.LocalSecondaryIndexes });
  const request = {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    ...Object.fromEntries(indexes.filter(([, list]) => list.length > 0)),
  };
  try {
    checkValidations(checkTypes(structuredClone(request), createTable.types), createTable.types, createTable.custom, {});
  } catch (error) {
    throw new StoreError(`The local store cannot run table ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Key attributes with their types, such as `pk (S), sk (S)`. */
export const describeKeys = (table: Table, keys: Table['KeySchema']): string =>
  keys.map(({ AttributeName }) => `${AttributeName} (${attributeType(table, AttributeName)})`).join(', ');

export const attributeType = (table: Table, name: string): string =>
  table.AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? 'undefined';

/** Where the tables stand, as far as names go. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** AWS labels a stream with the moment of its creation; here each table has had one stream since the beginning. */
const STREAM_LABEL = '2026-01-01T00:00:00.000';
export const tableArn = (place: Place, table: string): string => `arn:aws:dynamodb:${place.region}:${place.accountId}:table/${table}`;
export const streamArn = (place: Place, table: string): string => `${tableArn(place, table)}/stream/${STREAM_LABEL}`;

/** What DescribeTable answers, and what dynalite's actions take as the table. */
export function tableDescription(table: Table, place: Place) {
  const { StreamViewType, GlobalSecondaryIndexes, LocalSecondaryIndexes, ...plain } = table;
  const arn = tableArn(place, table.TableName);
  const described = (index: z.infer<typeof indexSchema>) => ({ ...index, IndexArn: `${arn}/index/${index.IndexName}`, IndexSizeBytes: 0, ItemCount: 0 });
  return {
    ...plain,
    TableArn: arn,
    TableStatus: 'ACTIVE' as const,
    TableSizeBytes: 0,
    ItemCount: 0,
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 },
    ...(GlobalSecondaryIndexes.length > 0 && {
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) => ({ ...described(index), IndexStatus: 'ACTIVE' })),
    }),
    ...(LocalSecondaryIndexes.length > 0 && { LocalSecondaryIndexes: LocalSecondaryIndexes.map(described) }),
    ...(StreamViewType && {
      StreamSpecification: { StreamEnabled: true, StreamViewType },
      LatestStreamArn: streamArn(place, table.TableName),
      LatestStreamLabel: STREAM_LABEL,
    }),
  };
}
export type TableDescription = ReturnType<typeof tableDescription>;

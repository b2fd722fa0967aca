/** Reads whole tables over the protocol that everybody speaks to them. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Access } from '../cloud/control.ts';
import { REGION } from '../template/identity.ts';

export async function scanTables({ endpointUrl, accessKeyId, secretAccessKey, tables }: Access): Promise<unknown[]> {
  const client = new DynamoDBClient({ endpoint: endpointUrl, region: REGION, credentials: { accessKeyId, secretAccessKey } });
  const documents = DynamoDBDocumentClient.from(client);
  const items: unknown[] = [];
  try {
    for (const table of Object.values(tables)) {
      for await (const page of paginateScan({ client: documents }, { TableName: table, ConsistentRead: true })) items.push(...(page.Items ?? []));
    }
    return items;
  } finally {
    client.destroy();
  }
}

/** The shops of a run on this machine, as the table has them. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { retailerSchema } from '../../../shared/retailer/retailer.ts';
import type { Access } from '../cloud/control.ts';
import { REGION } from '../template/identity.ts';

const { retailerId, name, webhookUrl, apiUrl, conformance, disabled } = retailerSchema.shape;
const knownShopSchema = z.object({ retailerId, name, webhookUrl, apiUrl, conformance, disabled });
export type KnownShop = z.infer<typeof knownShopSchema>;

/** By name. */
export async function shopsIn({ endpointUrl, accessKeyId, secretAccessKey, tables }: Access): Promise<KnownShop[]> {
  const client = new DynamoDBClient({ endpoint: endpointUrl, region: REGION, credentials: { accessKeyId, secretAccessKey } });
  const shops: KnownShop[] = [];
  try {
    const ofShops = { TableName: tables.retailers, FilterExpression: 'sk = :sk', ExpressionAttributeValues: { ':sk': 'RETAILER' }, ConsistentRead: true };
    for await (const { Items: items = [] } of paginateScan({ client: DynamoDBDocumentClient.from(client) }, ofShops)) {
      shops.push(...items.map((item) => z.object({ state: knownShopSchema }).parse(item).state));
    }
  } finally {
    client.destroy();
  }
  return shops.sort((a, b) => (a.name < b.name ? -1 : 1));
}

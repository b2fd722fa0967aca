/** The one root secret; every retailer's key, and the proof of every link that ends a mandate, is derived from it and none is stored. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { endToken, readEndToken, type Ended } from '../../shared/order/mandate/end-link.ts';
import { deriveWebhookSecret } from '../../shared/retailer/key.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import { environment } from './environment.ts';

const client = new SecretsManagerClient({});
let root: Promise<Uint8Array> | undefined;

async function readRoot(): Promise<Uint8Array> {
  const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: environment('ROOT_SECRET') }));
  if (text === undefined || text.length < 32) throw new Error('the root secret holds less than 32 characters');
  return new TextEncoder().encode(text);
}

/** Read once a cold start; a failure is not remembered. */
const rootSecret = (): Promise<Uint8Array> =>
  (root ??= readRoot().catch((error: unknown) => {
    root = undefined;
    throw error;
  }));

export async function webhookSecret(retailer: Pick<Retailer, 'retailerId' | 'keyGeneration'>, direction: 'to-retailer' | 'from-retailer'): Promise<string> {
  return deriveWebhookSecret({ root: await rootSecret(), retailerId: retailer.retailerId, direction, generation: retailer.keyGeneration });
}

/** For the fragment of a link, which no server and no log sees. */
export const endMandateToken = async (about: Ended): Promise<string> => endToken(await rootSecret(), about);
export const endedByToken = async (token: string): Promise<Ended | undefined> => readEndToken(await rootSecret(), token);

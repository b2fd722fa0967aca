/** The one root secret; every retailer's key, and the proof of every link that ends a mandate, is derived from it and none is stored. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { hidingKey } from '../../shared/journey/collect/hidden-id.ts';
import type { Source } from '../../shared/journey/collect/source.ts';
import { sourceSecrets } from '../../shared/journey/collect/webhook-key.ts';
import { mailStopToken, readMailStopToken, type MailStop } from '../../shared/journey/outreach/mail-stop.ts';
import { subscriptionSecrets } from '../../shared/journey/subscription/key.ts';
import type { Subscription } from '../../shared/journey/subscription/subscription.ts';
import { endToken, readEndToken, type Ended } from '../../shared/order/mandate/end-link.ts';
import { derivePrivateKey, deriveWebhookSecret, type WebhookDirection } from '../../shared/retailer/key.ts';
import { publicKeyOf } from '../../shared/retailer/ed25519.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import { generationsOf } from '../../shared/retailer/rotation.ts';
import type { Instant } from '../../shared/values.ts';
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

type KeysOf = Pick<Retailer, 'retailerId' | 'keyGeneration' | 'previousKeyUntil' | 'publicKeys'>;

/** The secrets of one direction, the newest first; two while keys are changed. */
export async function webhookSecrets(retailer: KeysOf, direction: WebhookDirection, now: Instant): Promise<string[]> {
  const key = { root: await rootSecret(), retailerId: retailer.retailerId, direction };
  return generationsOf(retailer, now).map((generation) => deriveWebhookSecret({ ...key, generation }));
}

/** What a message to this shop is signed with: `v1` for whoever shares a secret with us, `v1a` for whoever would rather hold our public key. */
export async function signingKeys(retailer: KeysOf, now: Instant): Promise<string[]> {
  return [...(await webhookSecrets(retailer, 'to-retailer', now)), ...(await privateKeys(retailer, now))];
}

/** What a message from this shop may be signed with. */
export const verifyingKeys = async (retailer: KeysOf, now: Instant): Promise<string[]> => [
  ...(await webhookSecrets(retailer, 'from-retailer', now)),
  ...(retailer.publicKeys ?? []),
];

/** For a shop that checks `v1a`: no secret. */
export const ourPublicKeys = async (retailer: KeysOf, now: Instant): Promise<string[]> => (await privateKeys(retailer, now)).map(publicKeyOf);

/** Of the generations that are good now, the newest first. */
export async function privateKeys(retailer: KeysOf, now: Instant): Promise<string[]> {
  const key = { root: await rootSecret(), retailerId: retailer.retailerId };
  return generationsOf(retailer, now).map((generation) => derivePrivateKey({ ...key, generation }));
}

/** For the fragment of a link, which no server and no log sees. */
export const endMandateToken = async (about: Ended): Promise<string> => endToken(await rootSecret(), about);
export const endedByToken = async (token: string): Promise<Ended | undefined> => readEndToken(await rootSecret(), token);

/** For the link that stops e-mails to one member. */
export const stopMailToken = async (about: MailStop): Promise<string> => mailStopToken(await rootSecret(), about);
export const mailStoppedBy = async (token: string): Promise<MailStop | undefined> => readMailStopToken(await rootSecret(), token);

/** With it addresses and telephone numbers are hidden in the journey. */
export const identityKey = async (): Promise<Uint8Array> => hidingKey(await rootSecret());

/** What a source's webhooks may be signed with, the newest first. */
export const sourceWebhookSecrets = async (source: Source): Promise<string[]> => sourceSecrets(await rootSecret(), source);

/** What our messages to a subscription are signed with, the newest first. */
export const subscriptionKeys = async (subscription: Subscription): Promise<string[]> => subscriptionSecrets(await rootSecret(), subscription);

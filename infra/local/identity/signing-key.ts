/** The one key that signs on this machine, made on the first start; nobody else on this machine may read it. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import { z } from 'zod';
import { readIfThere, writePrivately } from '../broker/files.ts';

/** As Cognito signs. */
export const ALGORITHM = 'RS256';

const privateJwkSchema = z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string(), d: z.string() });

export interface SigningKey {
  /** With `kid`, `use` and `alg`, as a set of keys wants it. */
  readonly jwk: z.infer<typeof privateJwkSchema> & { readonly kid: string };
  readonly privateKey: Awaited<ReturnType<typeof importJWK>>;
  readonly publicKey: Awaited<ReturnType<typeof importJWK>>;
}

export async function openSigningKey(file: string): Promise<SigningKey> {
  const text = (await readIfThere(file)) ?? (await makeKey(file));
  const parsed = privateJwkSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${file} does not hold a key; remove it, and sign in again afterwards`);
  const { kty, n, e } = parsed.data;
  const kid = await calculateJwkThumbprint({ kty, n, e });
  return {
    jwk: { ...parsed.data, kid, use: 'sig', alg: ALGORITHM },
    privateKey: await importJWK(parsed.data, ALGORITHM),
    publicKey: await importJWK({ kty, n, e }, ALGORITHM),
  };
}

async function makeKey(file: string): Promise<string> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const text = JSON.stringify(await exportJWK(privateKey));
  await writePrivately(file, text);
  return text;
}

/** The custom authorizer of AWS IoT: what it is asked about a client without a certificate, and what it may answer. */
import { z } from 'zod';
import { readPolicy, type Policy } from './policy.ts';

/** The event of the authorizer's function (AWS IoT developer guide, “Defining your Lambda function”); the password is base64. */
export type ConnectionRequest = Readonly<{
  token?: string;
  signatureVerified: boolean;
  protocols: readonly ('tls' | 'http' | 'mqtt')[];
  protocolData: Readonly<{ mqtt: Readonly<{ username?: string; password?: string; clientId: string }> }>;
  connectionMetadata: Readonly<{ id: string }>;
}>;

/** Asks the authorizer; whatever it answers is judged here. Rejects when it cannot be asked, or fails. */
export type AuthorizeConnection = (request: ConnectionRequest) => Promise<unknown>;

export type Authorization = Readonly<{ principalId: string; policies: readonly Policy[]; disconnectAfterSeconds: number; refreshAfterSeconds: number }>;

/** The limits of the guide: 300 to 86,400 seconds, at most ten documents, and nothing but letters and digits in a principal id. */
const secondsSchema = z.int().min(300).max(86_400);
const allowedSchema = z.strictObject({
  isAuthenticated: z.literal(true),
  principalId: z.string().regex(/^[a-zA-Z0-9]{1,128}$/),
  disconnectAfterInSeconds: secondsSchema,
  refreshAfterInSeconds: secondsSchema,
  policyDocuments: z
    .array(z.union([z.string(), z.record(z.string(), z.unknown())]))
    .min(1)
    .max(10),
});
const answerSchema = z.discriminatedUnion('isAuthenticated', [allowedSchema, z.looseObject({ isAuthenticated: z.literal(false) })]);

/** Undefined when the authorizer does not know the client. Throws when it fails, or answers what AWS would not take either. */
export async function authorize(request: ConnectionRequest, ask: AuthorizeConnection): Promise<Authorization | undefined> {
  const { data: answer, error } = answerSchema.safeParse(await ask(request));
  if (error !== undefined) throw new Error(`the authorizer’s answer: ${z.prettifyError(error)}`);
  if (!answer.isAuthenticated) return undefined;
  return {
    principalId: answer.principalId,
    policies: answer.policyDocuments.map((document) => readPolicy({ name: `of ${answer.principalId}`, document: parsed(document) })),
    disconnectAfterSeconds: answer.disconnectAfterInSeconds,
    refreshAfterSeconds: answer.refreshAfterInSeconds,
  };
}

const parsed = (document: string | object): unknown => (typeof document === 'string' ? JSON.parse(document) : document);

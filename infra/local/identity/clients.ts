/** The app clients of the template, as the provider of this machine takes them. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Template } from '../template/read-assembly.ts';

export interface AppClient {
  readonly clientId: string;
  /** The construct's path: what the source code calls it. */
  readonly path: string;
  readonly flow: 'code' | 'client_credentials';
  readonly scopes: readonly string[];
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  /** Machines have one. */
  readonly secret: string | undefined;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
}

const SECONDS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
const unitSchema = z.enum(['seconds', 'minutes', 'hours', 'days']);
/** How people prove who they are to Cognito; here they choose a name. */
const atSignIn = z.unknown().optional();

const clientSchema = z.strictObject({
  UserPoolId: z.string(),
  ClientName: z.string().optional(),
  AllowedOAuthFlowsUserPoolClient: z.literal(true),
  AllowedOAuthFlows: z.tuple([z.enum(['code', 'client_credentials'])]),
  AllowedOAuthScopes: z.array(z.string()).min(1),
  CallbackURLs: z.array(z.string()).default([]),
  LogoutURLs: z.array(z.string()).default([]),
  GenerateSecret: z.boolean().default(false),
  AccessTokenValidity: z.number().default(1),
  IdTokenValidity: z.number().default(1),
  RefreshTokenValidity: z.number().default(30),
  TokenValidityUnits: z
    .strictObject({ AccessToken: unitSchema.default('hours'), IdToken: unitSchema.default('hours'), RefreshToken: unitSchema.default('days') })
    .prefault({}),
  /** Every refresh gives a new token here too. */
  RefreshTokenRotation: z.unknown().optional(),
  EnableTokenRevocation: z.boolean().optional(),
  ...{ ExplicitAuthFlows: atSignIn, SupportedIdentityProviders: atSignIn, PreventUserExistenceErrors: atSignIn },
});

/**
 * @param secretRoot a machine's secret is made from it and the client's id: the same on every start, and different on every machine
 * @throws naming the client, at anything that Cognito would do and this does not
 */
export function appClientsOf(template: Pick<Template, 'resources'>, secretRoot: string): AppClient[] {
  return template.resources
    .filter(({ type }) => type === 'AWS::Cognito::UserPoolClient')
    .map(({ logicalId, type, ref, path, properties }) => {
      const parsed = clientSchema.safeParse(properties);
      if (!parsed.success) throw new Error(`${logicalId} (${type}): ${z.prettifyError(parsed.error)}`);
      const client = parsed.data;
      const { AccessToken, IdToken, RefreshToken } = client.TokenValidityUnits;
      return {
        ...{ clientId: ref, path, flow: client.AllowedOAuthFlows[0], scopes: client.AllowedOAuthScopes },
        ...{ callbackUrls: client.CallbackURLs, logoutUrls: client.LogoutURLs },
        secret: client.GenerateSecret ? createHmac('sha256', secretRoot).update(ref).digest('hex') : undefined,
        accessTokenSeconds: client.AccessTokenValidity * SECONDS[AccessToken],
        idTokenSeconds: client.IdTokenValidity * SECONDS[IdToken],
        refreshTokenSeconds: client.RefreshTokenValidity * SECONDS[RefreshToken],
      };
    });
}

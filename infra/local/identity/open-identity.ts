/** Who is who on this machine: one key, the people, the app clients, and the OpenID provider over them. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { z } from 'zod';
import { readIfThere, writePrivately } from '../broker/files.ts';
import { reportTrouble } from '../functions/trouble.ts';
import type { Template } from '../template/read-assembly.ts';
import { appClientsOf, type AppClient } from './clients.ts';
import { People } from './people.ts';
import { AUTHORIZE_PATH, openProvider, SIGN_IN_PATH } from './provider.ts';
import { handleSignIn } from './sign-in.ts';
import { SignIns } from './sign-ins.ts';
import { openSigningKey } from './signing-key.ts';
import { openTokens, type Tokens } from './tokens.ts';

export interface Identity {
  readonly tokens: Tokens;
  readonly people: People;
  readonly clients: readonly AppClient[];
  /** Told the member who has signed in to the app, each time. */
  readonly onSignIn: (listener: (memberId: string) => void) => void;
  /** Serves everything below the issuer's path. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

const seedsSchema = z.strictObject({ cookieKey: z.string().min(32), clientSecretRoot: z.string().min(32) });

async function openSeeds(file: string): Promise<z.infer<typeof seedsSchema>> {
  const text = await readIfThere(file);
  if (text !== undefined) return seedsSchema.parse(JSON.parse(text));
  const made = { cookieKey: randomBytes(32).toString('hex'), clientSecretRoot: randomBytes(32).toString('hex') };
  await writePrivately(file, JSON.stringify(made));
  return made;
}

/**
 * @param dataDirectory keeps `people.json` and `identity/`
 * @param issuer where the provider will be reached, with a path and without a slash at the end
 */
export async function openIdentity(dataDirectory: string, template: Pick<Template, 'resources'>, issuer: string): Promise<Identity> {
  const inside = (file: string) => path.join(dataDirectory, 'identity', file);
  const key = await openSigningKey(inside('signing-key.json'));
  const { cookieKey, clientSecretRoot } = await openSeeds(inside('seeds.json'));
  const clients = appClientsOf(template, clientSecretRoot);
  await writePrivately(inside('clients.json'), `${JSON.stringify(clients.map(shown(issuer)), undefined, 2)}\n`);
  const people = await People.open(path.join(dataDirectory, 'people.json'));
  const signIns = await SignIns.open(inside('sign-ins.json'));
  const provider = openProvider({ issuer, key, cookieKey, clients, people, signIns });
  provider.on('server_error', (_, error) => reportTrouble('sign-in', error));
  const serve = provider.callback();
  const { host, pathname: mountPath } = new URL(issuer);

  return {
    tokens: openTokens(key, issuer),
    people,
    clients,
    onSignIn: (listener) => {
      provider.on('grant.success', ({ oidc: { params, account } }) => {
        if (params?.['grant_type'] === 'authorization_code' && account !== undefined) listener(account.accountId);
      });
    },
    handle: async (request, response) => {
      // Another name for this machine would be another page's way to it (DNS rebinding), and no password stands in between.
      if (request.headers.host !== host) return void response.writeHead(421, { 'content-type': 'text/plain' }).end(`Sign in at ${issuer}\n`);
      const below = (request.url ?? '/').slice(mountPath.length);
      if (below.startsWith(`${SIGN_IN_PATH}/`)) return handleSignIn(provider, people, request, response);
      if (below.startsWith(AUTHORIZE_PATH)) forgetWhoWasHere(request);
      // The provider finds out from the two where it is mounted.
      Object.assign(request, { originalUrl: request.url, url: below === '' ? '/' : below });
      return serve(request, response);
    },
  };
}

/**
 * Several people use one browser here, side by side on the stage: each sign-in says anew who it is, and none takes another's place.
 * Cognito would let the last one in unasked for an hour.
 */
function forgetWhoWasHere({ headers }: IncomingMessage): void {
  headers.cookie = (headers.cookie ?? '')
    .split('; ')
    .filter((pair) => !pair.startsWith('_session'))
    .join('; ');
}

/** What somebody needs who writes a client of their own: in a file that only they can read. */
const shown =
  (issuer: string) =>
  ({ clientId, path: construct, flow, scopes, callbackUrls, secret }: AppClient) => ({
    ...{ client: construct.split('/').at(-2), clientId, ...(secret !== undefined && { clientSecret: secret }), flow, scopes, callbackUrls },
    ...{ authorizeUrl: `${issuer}/oauth2/authorize`, tokenUrl: `${issuer}/oauth2/token` },
  });

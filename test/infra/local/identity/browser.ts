/** A browser as far as signing in needs one: it keeps cookies, follows redirects by hand, and knows PKCE. */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { OpenedIdentity } from './opened-identity.ts';

export class Browser {
  /** By path and name: of two sign-ins at the same time each has cookies of its own. */
  readonly #cookies = new Map<string, { readonly path: string; readonly pair: string }>();

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = [...this.#cookies.values()]
      .filter(({ path }) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`))
      .map(({ pair }) => pair)
      .join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...(init.headers as Record<string, string> | undefined), cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const path = /; path=([^;]+)/i.exec(line)?.[1] ?? '/';
      const [name = '', value = ''] = pair.split('=');
      if (value === '') this.#cookies.delete(`${path} ${name}`);
      else this.#cookies.set(`${path} ${name}`, { path, pair });
    }
    return response;
  }

  /** Goes on until it leaves the provider or stands on a page. */
  async follow(response: Response, base: string): Promise<Response | URL> {
    const location = response.headers.get('location');
    if (location === null) return response;
    const next = new URL(location, base);
    if (!next.href.startsWith(base)) return next;
    return this.follow(await this.fetch(next.href), base);
  }
}

export const tokenAnswerSchema = z.object({
  access_token: z.string(),
  id_token: z.string().optional(),
  refresh_token: z.string().optional(),
  expires_in: z.number(),
  token_type: z.literal('Bearer'),
});

export const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}
export const newPkce = (): Pkce => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};

export function authorizeUrl(opened: OpenedIdentity, { challenge }: Pkce, more: Record<string, string> = {}): string {
  const { issuer, callbackUrl } = opened;
  const query = {
    ...{ response_type: 'code', client_id: opened.clientId('App'), redirect_uri: callbackUrl, scope: 'openid email nachschub/household', state: 'st4te' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256', ...more },
  };
  return `${issuer}/oauth2/authorize?${new URLSearchParams(query).toString()}`;
}

/** As far as the page that asks who it is; answers its address. */
export async function startSignIn(browser: Browser, opened: OpenedIdentity, pkce: Pkce, more: Record<string, string> = {}): Promise<string> {
  const response = await browser.fetch(authorizeUrl(opened, pkce, more));
  const location = response.headers.get('location');
  if (location === null) throw new Error(`expected a redirect to the sign-in page, not ${response.status}: ${await response.text()}`);
  return new URL(location, opened.issuer).href;
}

/** Clicks on a name; answers the address of the app that the browser is sent back to. */
export async function choose(browser: Browser, opened: OpenedIdentity, page: string, memberId: string): Promise<URL> {
  const end = await browser.follow(await browser.fetch(page, form({ member: memberId })), opened.issuer);
  if (!(end instanceof URL)) throw new Error(`expected to come back to the app, not ${end.status}: ${await end.text()}`);
  return end;
}

export async function redeem(opened: OpenedIdentity, code: string, verifier: string): Promise<Response> {
  const { issuer, callbackUrl } = opened;
  const fields = { grant_type: 'authorization_code', code, redirect_uri: callbackUrl, client_id: opened.clientId('App'), code_verifier: verifier };
  return fetch(`${issuer}/oauth2/token`, form(fields));
}

/** The whole way, as one person. */
export async function signIn(opened: OpenedIdentity, memberId: string, browser = new Browser(), more: Record<string, string> = {}) {
  const pkce = newPkce();
  const page = await startSignIn(browser, opened, pkce, more);
  const back = await choose(browser, opened, page, memberId);
  const response = await redeem(opened, back.searchParams.get('code') ?? '', pkce.verifier);
  if (!response.ok) throw new Error(`no tokens: ${response.status} ${await response.text()}`);
  return tokenAnswerSchema.parse(await response.json());
}

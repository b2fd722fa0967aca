/** Who is signed in in this window, and the way in and out. */
import { signal } from '@preact/signals';
import { ApiProblem } from '../api/problem.ts';
import { setCaller } from '../api/request.ts';
import { forgetResources } from '../api/resources.ts';
import { noteAnswer } from '../offline/connection.ts';
import { forgetCopies, openCopies } from '../offline/copies.ts';
import { forgetQueue } from '../offline/queue.ts';
import { isConsole, paths } from '../urls.ts';
import { loadConfig, type AppConfig } from './config.ts';
import type { PendingSignIn } from './oauth.ts';
import { dropSession, dropTokens, emailOf, isUsable, keepSession, keptSession, lastMemberId, memberIdOf, sideTaken, takeSide, type Tokens } from './tokens.ts';

export type Session =
  | { readonly kind: 'starting' }
  | { readonly kind: 'signed-out'; readonly because?: 'sign-in-failed' | 'expired' | undefined }
  /** `away`: known from before, without a token; copies can be read until the network is back. */
  | { readonly kind: 'signed-in' | 'away'; readonly memberId: string; readonly email?: string | undefined };

export const session = signal<Session>({ kind: 'starting' });
let config: AppConfig | undefined;
let tokens: Tokens | undefined;

export const appConfig = (): AppConfig | undefined => config;

const redirectUri = (): string => `${location.origin}${paths.signedIn}`;
const pendingAs = (state: string): string => `nachschub-sign-in:${state}`;

/** While the network is away and no token is there: is it back? Then the person may sign in. */
export async function lookForIssuer(): Promise<void> {
  config = await loadConfig();
  noteAnswer(true);
}

/** Called once, before anything is drawn. May leave the page for the issuer's. */
export async function startSession(): Promise<void> {
  const current = new URL(location.href);
  takeSide(isConsole(pendingIn(current)?.returnTo ?? current.pathname) ? 'company' : 'household');
  const kept = keptSession();
  config = kept?.config;
  try {
    config ??= await loadConfig();
  } catch {
    startAway();
    return;
  }
  setCaller({ apiUrl: config.apiUrl, accessToken });
  if (current.pathname === paths.signedIn) return comeBack(config, current);
  const expected = current.searchParams.get('as');
  if (expected !== null) {
    current.searchParams.delete('as');
    history.replaceState(null, '', current);
    if (kept === undefined || emailOf(kept.tokens)?.toLowerCase() !== expected.toLowerCase()) return signIn(expected);
  }
  if (kept === undefined) session.value = { kind: 'signed-out' };
  else enter(config, kept.tokens);
}

/** Leaves the page; never settles unless the issuer cannot be reached. @param loginHint an e-mail address */
export async function signIn(loginHint?: string): Promise<void> {
  try {
    config ??= await loadConfig();
    const { beginAt } = await import('./oauth.ts');
    const returnTo = location.pathname === paths.signedIn ? startOfSide() : `${location.pathname}${location.search}`;
    const { url, pending } = await beginAt(config, redirectUri(), { side: sideTaken(), returnTo, loginHint });
    sessionStorage.setItem(pendingAs(pending.state), JSON.stringify(pending));
    location.assign(url);
    await new Promise(() => undefined);
  } catch {
    session.value = { kind: 'signed-out', because: 'sign-in-failed' };
  }
}

const startOfSide = (): string => (sideTaken() === 'company' ? paths.console : paths.home);

/** The sign-in that the issuer answers with this address; written by this very file. */
function pendingIn(current: URL): PendingSignIn | undefined {
  const found = sessionStorage.getItem(pendingAs(current.searchParams.get('state') ?? ''));
  return found === null ? undefined : (JSON.parse(found) as PendingSignIn);
}

async function comeBack(at: AppConfig, current: URL): Promise<void> {
  const state = current.searchParams.get('state') ?? '';
  const pending = pendingIn(current);
  sessionStorage.removeItem(pendingAs(state));
  // After signing out people come back here too, with nothing in their hands.
  if (pending === undefined) {
    leaveTo(paths.home, state === '' ? undefined : 'sign-in-failed');
    return;
  }
  try {
    const { finishAt } = await import('./oauth.ts');
    const got = await finishAt(at, current, pending);
    history.replaceState(null, '', pending.returnTo);
    enter(at, got);
  } catch {
    leaveTo(pending.returnTo, 'sign-in-failed');
  }
}

function leaveTo(page: string, because?: 'sign-in-failed'): void {
  history.replaceState(null, '', page);
  session.value = { kind: 'signed-out', because };
}

function enter(at: AppConfig, got: Tokens): void {
  const memberId = memberIdOf(got.accessToken);
  if (memberId === undefined) {
    leaveTo(startOfSide(), 'sign-in-failed');
    return;
  }
  tokens = got;
  keepSession({ tokens: got, config: at });
  // Of the households that somebody looks after, nothing stays on their machine.
  openCopies(sideTaken() === 'company' ? undefined : memberId);
  session.value = { kind: 'signed-in', memberId, email: emailOf(got) };
}

function startAway(): void {
  const memberId = lastMemberId();
  if (memberId === undefined) {
    session.value = { kind: 'signed-out', because: 'sign-in-failed' };
    return;
  }
  setCaller({ apiUrl: '', accessToken: () => Promise.reject(new ApiProblem(0, 'offline', 'not connected yet')) });
  openCopies(memberId);
  noteAnswer(false);
  session.value = { kind: 'away', memberId };
}

let renewing: Promise<string | undefined> | undefined;

/** @param refused a token that the API did not take: then another one is got, once for all who wait for it */
export async function accessToken(refused?: string): Promise<string | undefined> {
  if (tokens === undefined) return undefined;
  if (refused !== tokens.accessToken && isUsable(tokens.accessToken, Date.now() / 1_000)) return tokens.accessToken;
  renewing ??= renew().finally(() => (renewing = undefined));
  return renewing;
}

async function renew(): Promise<string | undefined> {
  if (tokens === undefined || config === undefined) return undefined;
  const { refreshAt, Refused } = await import('./oauth.ts');
  try {
    enter(config, await refreshAt(config, tokens));
    return tokens.accessToken;
  } catch (error) {
    if (!(error instanceof Refused)) {
      noteAnswer(false);
      throw new ApiProblem(0, 'offline', 'the token could not be renewed');
    }
    tokens = undefined;
    dropTokens();
    session.value = { kind: 'signed-out', because: 'expired' };
    return undefined;
  }
}

/** Forgets the person on this device, then tells the issuer. */
export async function signOut(): Promise<void> {
  const before = tokens;
  tokens = undefined;
  dropSession();
  forgetResources();
  await forgetQueue();
  await forgetCopies();
  openCopies(undefined);
  const at = config;
  const end = at && before && (await import('./oauth.ts').then(({ endAt }) => endAt(at, redirectUri(), before)).catch(() => undefined));
  if (end === undefined) leaveTo(startOfSide());
  else location.assign(end);
}

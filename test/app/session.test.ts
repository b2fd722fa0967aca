/** Signing in at the provider that stands in for Cognito, with a browser that follows its redirects. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Browser, choose } from '../infra/local/identity/browser.ts';
import { openedIdentity, type OpenedIdentity } from '../infra/local/identity/opened-identity.ts';
import { freshly, MemoryStorage, openWindow, type WindowInTest } from './browser-world.ts';

/** The provider answers in its own time on a busy machine. */
const PATIENTLY = { timeout: 20_000 };

let opened: OpenedIdentity;
beforeAll(async () => {
  opened = await openedIdentity();
});
afterAll(() => opened.close());
afterEach(() => {
  vi.unstubAllGlobals();
});

const configOf = () => ({ issuer: opened.issuer, clientId: opened.clientId('App'), apiUrl: '/api', mqttUrl: '', authorizerName: '' });
const appUrl = () => new URL(opened.callbackUrl).origin;

/** The page's own address answers what is installed beside the app; everything else is the real network. */
function openApp(wishes: Omit<WindowInTest, 'href'> & { readonly at: string; readonly offline?: boolean }) {
  const opening = openWindow({ ...wishes, href: `${appUrl()}${wishes.at}` });
  const overNetwork = globalThis.fetch;
  const beside = (): Promise<Response> => (wishes.offline === true ? Promise.reject(new TypeError('away')) : Promise.resolve(Response.json(configOf())));
  vi.stubGlobal('fetch', (url: string | URL | Request, init?: RequestInit) => (url === '/app/config.json' ? beside() : overNetwork(url, init)));
  return opening;
}
const loadSession = () => freshly(() => import('../../app/session/session.ts'));

/** Through the provider's page, as far as the address that the browser is sent back to. */
async function passTheProvider(left: readonly URL[], memberId: string): Promise<URL> {
  await expect.poll(() => left.length, PATIENTLY).toBe(1);
  const browser = new Browser();
  const url = left[0]?.href ?? '';
  const page = (await browser.fetch(url)).headers.get('location') ?? '';
  vi.unstubAllGlobals();
  return choose(browser, opened, new URL(page, opened.issuer).href, memberId);
}

async function signInAs(memberId: string, wishes: Omit<WindowInTest, 'href'>, at = '/app/orders/ord_1?from=mail') {
  const { left } = openApp({ ...wishes, at });
  const leaving = await loadSession();
  await leaving.startSession();
  expect(leaving.session.value).toEqual({ kind: 'signed-out' });
  void leaving.signIn(`${memberId.slice(4)}@example.org`);
  const back = await passTheProvider(left, memberId);
  const { here } = openApp({ ...wishes, at: `${back.pathname}${back.search}` });
  const arriving = await loadSession();
  await arriving.startSession();
  return { ...arriving, here, asked: left[0], back };
}

describe('signing in', () => {
  it('leads back to the page where one was, with a token for the API and nothing secret in the address', async () => {
    const session = new MemoryStorage();
    const { session: now, here, asked, accessToken } = await signInAs('mem_anna', { session });
    expect(now.value).toEqual({ kind: 'signed-in', memberId: 'mem_anna', email: 'anna@example.org' });
    expect(`${here.pathname}${here.search}`).toBe('/app/orders/ord_1?from=mail');
    const parameters = Object.fromEntries(asked?.searchParams ?? []);
    expect(parameters).toMatchObject({ code_challenge_method: 'S256', login_hint: 'anna@example.org', response_type: 'code' });
    expect([parameters['state'], parameters['nonce'], parameters['code_challenge']].map((one) => (one ?? '').length)).toEqual([43, 43, 43]);
    const token = await accessToken();
    expect((await fetch(`${opened.origin}/api/households/hh_anna`, { headers: { authorization: `Bearer ${token ?? ''}` } })).status).toBe(200);
  });

  it('is begun at once by an address that names whom it expects, unless that person is here already', async () => {
    const session = new MemoryStorage();
    const first = openApp({ session, at: '/app/?as=anna@example.org' });
    const { startSession } = await loadSession();
    void startSession();
    await expect.poll(() => first.left[0]?.searchParams.get('login_hint'), PATIENTLY).toBe('anna@example.org');
    expect(first.here.search).toBe('');
    vi.unstubAllGlobals();
    await signInAs('mem_anna', { session });
    const again = openApp({ session, at: '/app/?as=Anna@example.org' });
    const second = await loadSession();
    await second.startSession();
    expect([second.session.value.kind, again.left]).toEqual(['signed-in', []]);
  });

  it('takes no answer that this window has not asked for, nor one twice', async () => {
    const session = new MemoryStorage();
    const { back } = await signInAs('mem_anna', { session });
    for (const storage of [session, new MemoryStorage()]) {
      vi.unstubAllGlobals();
      openApp({ session: storage, at: `${back.pathname}${back.search}` });
      const { startSession, session: now } = await loadSession();
      await startSession();
      expect(now.value).toEqual({ kind: 'signed-out', because: 'sign-in-failed' });
    }
  });

  it('keeps two people apart who are in two frames of one window', async () => {
    const [session, local] = [new MemoryStorage(), new MemoryStorage()];
    await signInAs('mem_anna', { session, local, name: 'left' });
    vi.unstubAllGlobals();
    await signInAs('mem_otto', { session, local, name: 'right' });
    const reloaded = async (name: string) => {
      vi.unstubAllGlobals();
      openApp({ session, local, name, at: '/app/' });
      const { startSession, session: now } = await loadSession();
      await startSession();
      return now.value;
    };
    expect(await reloaded('left')).toMatchObject({ kind: 'signed-in', memberId: 'mem_anna' });
    expect(await reloaded('right')).toMatchObject({ kind: 'signed-in', memberId: 'mem_otto' });
    expect(await reloaded('third')).toEqual({ kind: 'signed-out' });
  });
});

describe('a session', () => {
  it('gets another token for all who were refused at once, and ends when the issuer gives none', async () => {
    const { accessToken, session: now } = await signInAs('mem_anna', { session: new MemoryStorage() });
    const first = await accessToken();
    const [second, third] = await Promise.all([accessToken(first), accessToken(first)]);
    expect(second).toBe(third);
    expect(second).not.toBe(first);
    expect(await accessToken()).toBe(second);
    const kept = z.object({ tokens: z.looseObject({}), config: z.looseObject({}) }).parse(JSON.parse(sessionStorage.getItem('nachschub-session:') ?? ''));
    sessionStorage.setItem('nachschub-session:', JSON.stringify({ ...kept, tokens: { ...kept.tokens, refreshToken: 'made-up' } }));
    const later = await loadSession();
    await later.startSession();
    expect(await later.accessToken(await later.accessToken())).toBeUndefined();
    expect(later.session.value).toEqual({ kind: 'signed-out', because: 'expired' });
    expect(now.value.kind).toBe('signed-in');
  });

  it('shows who was here last while the network is away, without a token, and nobody after signing out', async () => {
    const local = new MemoryStorage();
    const { signOut } = await signInAs('mem_anna', { local, session: new MemoryStorage() });
    const startedOffline = async () => {
      openApp({ local, session: new MemoryStorage(), at: '/app/', offline: true });
      const offline = await loadSession();
      await offline.startSession();
      return offline;
    };
    vi.unstubAllGlobals();
    const offline = await startedOffline();
    expect(offline.session.value).toEqual({ kind: 'away', memberId: 'mem_anna' });
    expect(await offline.accessToken()).toBeUndefined();
    vi.unstubAllGlobals();
    openApp({ local, at: '/app/' });
    await signOut();
    vi.unstubAllGlobals();
    expect((await startedOffline()).session.value).toMatchObject({ kind: 'signed-out' });
  });
});

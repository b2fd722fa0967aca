/** One visit with a slow processor and a slow network, and what the browser itself says of it. */
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { HOUSEHOLD, MEMBER } from './app-server.ts';

export interface FirstView {
  readonly scripts: readonly { readonly file: string; readonly gzipBytes: number }[];
  readonly lcpMillis: number;
  readonly shift: number;
}

const BITS_PER_BYTE = 8;
/** Lighthouse's slow 4G: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / BITS_PER_BYTE, uploadThroughput: 750_000 / BITS_PER_BYTE };
const SLOWER = 4;
/** Runs in the page, as text: this program knows no window. */
const WATCH = `
  window.measured = { lcp: 0, shift: 0 };
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.measured.lcp = entry.startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.measured.shift += entry.value; })
    .observe({ type: 'layout-shift', buffered: true });`;
const measuredSchema = z.object({ lcp: z.number(), shift: z.number() });

/** Nobody verifies it here: the API is a stub. */
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const TOKEN = `${part({ alg: 'none' })}.${part({ username: MEMBER, exp: 4_102_444_800 })}.none`;

/** @param visit `again`: the household is remembered; the files come over the network all the same */
export async function openOnSlowPhone(browser: Browser, url: string, visit: 'first' | 'again'): Promise<FirstView> {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, isMobile: true, serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    const kept = { tokens: { accessToken: TOKEN }, config: { issuer: 'http://127.0.0.1:9/oidc', clientId: 'app', apiUrl: '/api' } };
    const remembered = visit === 'again' ? `localStorage.setItem('nachschub-household:${MEMBER}', '${HOUSEHOLD}');` : '';
    await page.addInitScript(`sessionStorage.setItem('nachschub-session:', ${JSON.stringify(JSON.stringify(kept))}); ${remembered} ${WATCH}`);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', NETWORK);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const scripts: { file: string; gzipBytes: number }[] = [];
    page.on('response', (response) => {
      if (!response.url().endsWith('.js')) return;
      scripts.push({ file: response.url().split('/').at(-1) ?? '', gzipBytes: Number(response.headers()['content-length']) });
    });
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.waitForSelector('.card');
    const { lcp, shift } = measuredSchema.parse(await page.evaluate('window.measured'));
    return { scripts, lcpMillis: lcp, shift };
  } finally {
    await context.close();
  }
}

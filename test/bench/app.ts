/** What a phone pays for the app's first view: bytes, and the seconds until it is drawn, on a slow network and a slow processor. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';
import { buildApp, siteDirectory } from '../../infra/site/build.ts';
import { findChromium, FLAGS } from '../browser/find-chromium.ts';
import { serveApp } from './app-server.ts';
import { openOnSlowPhone, type FirstView } from './slow-phone.ts';
import { quantile, table, times } from './table.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const BUDGET = { scriptBytes: 50_000, lcpMillis: 1_200, shift: 0.02 };
const RUNS = 5;
const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`;

export async function app(): Promise<void> {
  await buildApp();
  const site = siteDirectory();
  const server = await serveApp(site);
  const browser = await chromium.launch({ executablePath: await findChromium(), args: FLAGS, headless: true });
  try {
    const first = await several(browser, server.url, 'first');
    const again = await several(browser, server.url, 'again');
    print(`First view of the home page, a phone of 360 × 640 with a processor slowed four times, 1.6 Mbit/s, 150 ms; median of ${RUNS}\n`);
    print(table(['', 'measured', 'budget', 'of it'], rowsOf(first, again)));
    print('\nWhat it loads, and what the other pages load when somebody goes there (gzip)\n');
    print(table(['file', 'gzip', ''], chunksOf(site, first)));
  } finally {
    await browser.close();
    await server.close();
  }
}

async function several(browser: Browser, url: string, visit: 'first' | 'again'): Promise<FirstView> {
  const views: FirstView[] = [];
  for (let run = 0; run < RUNS; run += 1) views.push(await openOnSlowPhone(browser, url, visit));
  const median = (pick: (view: FirstView) => number): number => quantile(views.map(pick), 0.5);
  return { scripts: views[0]?.scripts ?? [], lcpMillis: median(({ lcpMillis }) => lcpMillis), shift: median(({ shift }) => shift) };
}

function rowsOf(first: FirstView, again: FirstView): string[][] {
  const bytes = first.scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  const seconds = (view: FirstView): string[] => [
    `${(view.lcpMillis / 1_000).toFixed(2)} s`,
    `${BUDGET.lcpMillis / 1_000} s`,
    times(view.lcpMillis / BUDGET.lcpMillis),
  ];
  return [
    ['JavaScript, gzip', kilobytes(bytes), kilobytes(BUDGET.scriptBytes), times(bytes / BUDGET.scriptBytes)],
    ['largest contentful paint, never here before', ...seconds(first)],
    ['largest contentful paint, here before', ...seconds(again)],
    ['cumulative layout shift', first.shift.toFixed(4), String(BUDGET.shift), times(first.shift / BUDGET.shift)],
  ];
}

function chunksOf(site: string, { scripts }: FirstView): string[][] {
  const inFirst = new Set(scripts.map(({ file }) => file));
  const assets = path.join(site, 'assets');
  return readdirSync(assets)
    .filter((file) => file.endsWith('.js') || file.endsWith('.css'))
    .map((file) => ({ file, bytes: gzipSync(readFileSync(path.join(assets, file))).length }))
    .sort((a, b) => Number(inFirst.has(b.file)) - Number(inFirst.has(a.file)) || b.bytes - a.bytes)
    .map(({ file, bytes }) => [file, kilobytes(bytes), inFirst.has(file) ? 'first view' : '']);
}

/** A Chromium for the tests: the one that an npm package ships for Linux, or the system's. */
import sparticuz from '@sparticuz/chromium';
import { existsSync } from 'node:fs';

const OF_THE_SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
];

/** @throws one sentence that says what to install */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM names ${named}, which is not there.`);
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    // Pages are drawn without WebGL, so its archive need not be unpacked.
    sparticuz.setGraphicsMode = false;
    return sparticuz.executablePath();
  }
  const found = OF_THE_SYSTEM.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error('The browser tests need Chromium: install Google Chrome or Chromium, or say where it is with CHROMIUM=/path/to/chrome.');
}

/** For a machine that may reach nothing but itself: no look at updates, no reports, no lists of bad addresses. */
export const FLAGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  '--font-render-hinting=none',
  // Chromium's own sandbox refuses to run as root, as in a container.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

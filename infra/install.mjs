/**
 * Makes a fresh clone ready, or does nothing: `npm start` and `npm test` begin here. Plain JavaScript, because nothing is installed yet.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const inside = (...parts) => path.join(root, ...parts);
const { engines } = JSON.parse(readFileSync(inside('package.json'), 'utf8'));

const [wantedMajor, wantedMinor] = engines.node.replace(/^>=/, '').split('.').map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  process.stderr.write(`Nachschub needs Node.js ${engines.node.slice(2)} or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

/** npm writes this file last, so an installation that broke off is made again. */
const installed = inside('node_modules', '.package-lock.json');
const isCurrent = existsSync(installed) && statSync(installed).mtimeMs >= statSync(inside('package-lock.json')).mtimeMs;
if (!isCurrent) {
  process.stdout.write('Installing what Nachschub needs (about 600 MB on disk, a minute or two the first time)\n');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write('npm could not install the packages; see its message above.\n');
    process.exit(status ?? 1);
  }
}

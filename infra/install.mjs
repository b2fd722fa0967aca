/**
 * Makes a fresh clone ready, or does nothing: `npm start` and `npm test` begin here. Plain JavaScript, because nothing is installed yet.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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

/**
 * npm writes its hidden lock file last, so an installation that broke off is made again. Versions are compared and not times: a checkout
 * makes files younger without changing them. What is optional may be missing, because it is for other machines.
 */
function isInstalled() {
  const installed = inside('node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const found = packagesIn(installed);
  return Object.entries(packagesIn(inside('package-lock.json'))).every(
    ([place, { version, optional, devOptional }]) =>
      place === '' || found[place]?.version === version || (found[place] === undefined && (optional || devOptional)),
  );
}
if (!isInstalled()) {
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

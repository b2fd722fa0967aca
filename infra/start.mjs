/** `npm start`: installs what is missing, then runs the product on this machine. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import './install.mjs';

const root = path.join(import.meta.dirname, '..');
const child = spawn(
  process.execPath,
  ['--import', 'tsx', '--enable-source-maps', path.join(root, 'infra', 'local', 'run', 'main.ts'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
// The child ends in its own time: it drains first.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal === null ? code : 1));

/** What goes wrong at the start is said in one clear sentence, and nothing is left behind. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Run } from '../run.ts';

describe('npm start', () => {
  let run: Run;
  let other: Server | undefined;
  beforeEach(async () => {
    run = await Run.prepare();
  });
  afterEach(async () => {
    other?.close();
    other = undefined;
    await run.remove();
  });

  it('names the port that is taken', async () => {
    other = createServer().listen(run.port, '127.0.0.1');
    const { code, output } = await run.start(['--headless', '--days', '1']);
    expect(output).toContain(`Port ${run.port} is taken by another program; choose another with --port.`);
    // No option was wrong: a list of them would push the sentence out of sight.
    expect(output).not.toMatch(/ {4}at |--households N/);
    expect(code).toBe(2);
  });

  it('says where the run is that uses the folder already', async () => {
    const data = path.join(run.data, 'data');
    await mkdir(data, { recursive: true });
    await writeFile(path.join(data, 'running.json'), JSON.stringify({ pid: process.pid, url: 'http://127.0.0.1:4580' }));
    const { code, output } = await run.start(['--headless', '--days', '1']);
    expect(output).toContain(
      `${data} is in use by another run at http://127.0.0.1:4580 (process ${process.pid}); stop it or choose another folder with --data.`,
    );
    expect(output).not.toContain('--households N');
    expect(code).toBe(2);
  });

  it('names the option that it does not understand and shows all', async () => {
    const { code, output } = await run.start(['--until', 'tomorrow']);
    expect(output).toContain('--until: expected a span such as 3d04h12m');
    expect(output).toContain('--households N');
    expect(code).toBe(2);
  });

  it('refuses a folder that holds another run', async () => {
    await mkdir(path.join(run.data, 'data'), { recursive: true });
    await writeFile(path.join(run.data, 'data', 'run.json'), JSON.stringify({ seed: 7, households: 2, simulate: true }));
    const { code, output } = await run.start(['--headless', '--days', '1']);
    expect(output).toContain('holds a run with --seed 7 --households 2');
    expect(code).toBe(2);
  });

  it('empties no folder that is not its own', async () => {
    const precious = path.join(run.data, 'data', 'letters.txt');
    await mkdir(path.dirname(precious), { recursive: true });
    await writeFile(precious, 'Dear Anna');
    const { code, output } = await run.start(['--headless', '--days', '1', '--fresh']);
    expect(output).toContain('is not the folder of a run; nothing was removed.');
    expect(await readFile(precious, 'utf8')).toBe('Dear Anna');
    expect(code).toBe(2);
  });

  it('names a damaged data folder', async () => {
    const store = path.join(run.data, 'data', 'store');
    await mkdir(store, { recursive: true });
    await writeFile(path.join(run.data, 'data', 'run.json'), JSON.stringify({ seed: 1, households: 1, simulate: true }));
    await writeFile(path.join(store, 'CURRENT'), 'nonsense');
    const { code, output } = await run.start(['--headless', '--days', '1', '--households', '1']);
    expect(output).toContain(store);
    expect(output).not.toContain('    at ');
    expect(code).toBe(1);
  }, 60_000);

  it('names a data folder below a file', async () => {
    await writeFile(path.join(run.data, 'data'), '');
    await chmod(path.join(run.data, 'data'), 0o600);
    const { code, output } = await run.start(['--headless', '--days', '1']);
    expect(output).toMatch(/The data folder .*data (lies below a file|is a file), not a folder; choose another with --data\./);
    expect(code).toBe(2);
  });
});

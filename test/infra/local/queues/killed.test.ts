import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { QueuesOnDisk, WORK, workAndLetters } from './queue-set-up.ts';

it('has every acknowledged message after its process was killed while sending', async () => {
  const disk = await QueuesOnDisk.create(workAndLetters);
  const ledgers = await mkdtemp(join(tmpdir(), 'nachschub-ledger-'));
  try {
    const ledger = join(ledgers, 'acknowledged');
    const sender = new URL('killed-sender.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--import', 'tsx', sender, disk.directory, ledger], { stdio: ['ignore', 'inherit', 'inherit'] });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    const acknowledged = (await readFile(ledger, 'utf8')).trimEnd().split('\n');
    expect(acknowledged).toHaveLength(41);

    const { queues, activity } = await disk.open();
    const found = (await queues.receive(WORK, 1_000_000)).map(({ body }) => body.split(' ')[0]);
    expect(acknowledged.filter((body) => !found.includes(body))).toEqual([]);
    expect(new Set(found).size).toBe(found.length);
    expect(activity.count).toBe(found.length);
  } finally {
    await disk.remove();
    await rm(ledgers, { recursive: true, force: true });
  }
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { QueuesOnDisk, WORK, workAndLetters } from './queue-set-up.ts';

it('has every acknowledged message after its process was killed while sending', async () => {
  const disk = await QueuesOnDisk.create(workAndLetters);
  try {
    const child = spawn(process.execPath, ['--import', 'tsx', new URL('killed-sender.ts', import.meta.url).pathname, disk.directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const acknowledged = new Set<string>();
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.add(line);
      if (acknowledged.size === 2_000) child.kill('SIGKILL');
    }
    expect((await exited)[1]).toBe('SIGKILL');

    const { queues, activity } = await disk.open();
    const found = (await queues.receive(WORK, 1_000_000)).map(({ body }) => body);
    expect(acknowledged.size).toBeGreaterThanOrEqual(2_000);
    expect([...acknowledged].filter((body) => !found.includes(body))).toEqual([]);
    expect(new Set(found).size).toBe(found.length);
    expect(activity.count).toBe(found.length);
  } finally {
    await disk.remove();
  }
});

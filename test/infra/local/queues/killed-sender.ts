/** Sends as fast as it can, on many lines at once, and writes each message down once it is acknowledged, until somebody kills it. */
import { Activity } from '../../../../infra/local/activity.ts';
import { openQueues } from '../../../../infra/local/queues/queues.ts';
import { WORK, workAndLetters } from './queue-set-up.ts';

const queues = await openQueues({ directory: process.argv[2] ?? '', queues: workAndLetters, activity: new Activity() });

async function sendForEver(line: number): Promise<never> {
  for (let index = 0; ; index += 1) {
    const body = `${line}/${index}`;
    await queues.send(WORK, body);
    await new Promise((resolve) => process.stdout.write(`${body}\n`, resolve));
  }
}

await Promise.all(Array.from({ length: 20 }, (_, line) => sendForEver(line)));

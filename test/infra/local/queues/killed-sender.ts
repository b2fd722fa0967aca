/** Sends on many lines at once, writes each message down once it is acknowledged, and kills itself in the middle of it. */
import { openSync, writeSync } from 'node:fs';
import { Activity } from '../../../../infra/local/activity.ts';
import { openQueues } from '../../../../infra/local/queues/queues.ts';
import { WORK, workAndLetters } from './queue-set-up.ts';

const [directory = '', ledgerFile = ''] = process.argv.slice(2);
const LINES = 20;
/** Every line sends twice, and one of them once more: the kill comes with the first acknowledgement of a group. */
const ACKNOWLEDGED_MAX = 2 * LINES + 1;
/** A group is 10 MB then, and takes much longer to write than to acknowledge. */
const PADDING = 'x'.repeat(500_000);
const ledger = openSync(ledgerFile, 'a');
const queues = await openQueues({ directory, queues: workAndLetters, activity: new Activity() });
let acknowledged = 0;

async function sendForEver(line: number): Promise<never> {
  for (let index = 0; ; index += 1) {
    await queues.send(WORK, `${line}/${index} ${PADDING}`);
    writeSync(ledger, `${line}/${index}\n`);
    acknowledged += 1;
    // At once, so that nothing that is still on its way to the disk gets there in time.
    if (acknowledged === ACKNOWLEDGED_MAX) process.kill(process.pid, 'SIGKILL');
  }
}

await Promise.all(Array.from({ length: LINES }, (_, line) => sendForEver(line)));

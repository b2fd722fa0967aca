/** `npm run workbench -- send|log|replay|inject|check --shop ID`: the workbench by command, for a run on this machine. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runCommand } from '../commands/run-command.ts';
import { findRunningCloud } from '../commands/running-cloud.ts';
import { operatorOf, productTimeIn } from '../conformance/operator.ts';
import { findingInWords, resultInWords } from '../conformance/report.ts';
import { reportOf } from '../conformance/run-checks.ts';
import { UsageError } from '../options.ts';
import { samples } from './exchange.ts';
import { failures } from './failures.ts';
import { deliveryInWords, sentInWords } from './in-words.ts';
import { keepSamples } from './sample-log.ts';
import { shopsIn } from './shops.ts';
import { simulatedIn } from './simulated.ts';
import { Workbench } from './workbench.ts';

const usage = `npm run workbench -- COMMAND --shop ID  [--data DIR]
  shops                        the shops of this run, and which are live
  send [SAMPLE]                sends a signed sample order now: ${samples.join(', ')}
  log                          every message to the shop, with each attempt and its answer
  replay MESSAGE_ID            sends a message again, with the same id
  inject FAILURE[,FAILURE]     lets the next order fail that a simulated shop gets: ${failures.join(', ')}
  check                        a conformance run; a shop that passes is live`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function readOptions(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { shop: { type: 'string' }, data: { type: 'string', default: '.nachschub' } },
    });
    const [command = '', word] = positionals;
    if (command !== 'shops' && values.shop === undefined) throw new UsageError(usage);
    return { command, word, shop: values.shop ?? '', data: values.data };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${error instanceof Error ? error.message : 'not understood'}\n\n${usage}`);
  }
}

function oneOf<Word extends string>(words: readonly Word[], word: string): Word {
  const found = words.find((candidate) => candidate === word);
  if (found === undefined) throw new UsageError(`There is no ${JSON.stringify(word)}; it may be one of these: ${words.join(', ')}.`);
  return found;
}

async function carryOut(workbench: Workbench, { command, word, shop }: ReturnType<typeof readOptions>): Promise<void> {
  switch (command) {
    case 'shops':
      for (const { retailerId, name, webhookUrl, conformance } of await workbench.shops())
        print(
          `${retailerId}  ${name}  ${conformance === undefined ? 'not live' : `live since ${conformance.passedAt}`}  ${webhookUrl}${workbench.isAsleep(retailerId) ? '  (simulated, does not run: --no-sim)' : ''}`,
        );
      return;
    case 'send':
      print(sentInWords(await workbench.send(shop, oneOf(samples, word ?? 'order'))));
      return;
    case 'log':
      print((await workbench.log(shop)).map(deliveryInWords).join('\n\n') || 'No message was sent to this shop yet.');
      return;
    case 'replay':
      print(deliveryInWords(await workbench.replay(shop, z.string({ error: usage }).parse(word))));
      return;
    case 'inject':
      await workbench.failNext(
        shop,
        (word ?? '').split(',').map((failure) => oneOf(failures, failure)),
      );
      print(`The next order that ${shop} gets will meet this.`);
      return;
    case 'check': {
      const { run, isLive } = await workbench.check(shop);
      const report = reportOf(run);
      print([...report.findings.map(findingInWords), '', resultInWords(report)].join('\n'));
      process.exitCode = isLive ? 0 : 1;
      return;
    }
    default:
      throw new UsageError(usage);
  }
}

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  const cloud = findRunningCloud(options.data);
  const workbench = new Workbench({
    operator: () => operatorOf({ data: options.data, deployed: undefined }),
    shops: () => shopsIn(cloud.access),
    now: () => productTimeIn(path.resolve(options.data, 'clock.json')),
    keep: (deliveries) => keepSamples(cloud.access, deliveries),
    ledgers: cloud.inside('ledgers'),
    simulated: () => simulatedIn(cloud.inside()),
  });
  await carryOut(workbench, options);
});

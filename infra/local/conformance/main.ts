/** `npm run conformance -- --url URL`: does to a shop what the product and its accidents will do, and says what to mend. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { isPassed } from '../../../shared/retailer/conformance.ts';
import { instantOf } from '../../../shared/values.ts';
import { runCommand } from '../commands/run-command.ts';
import { findRunningCloud } from '../commands/running-cloud.ts';
import { shopsIn } from '../workbench/shops.ts';
import { goLive, operatorOf, productTimeIn, secretsOf, testAnswersOf } from './operator.ts';
import { demandRegistered, readConformanceOptions } from './options.ts';
import { findingInWords, resultInWords } from './report.ts';
import { inLanguage, reportOf, runChecks, type Found } from './run-checks.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

await runCommand(async () => {
  const { webhookUrl, apiUrl, secret, retailerId, data, deployed, now, json } = readConformanceOptions(process.argv.slice(2));
  const operator = retailerId === undefined ? undefined : await operatorOf({ data, deployed });
  const secrets = operator === undefined || retailerId === undefined ? ([secret ?? ''] as const) : await secretsOf(operator, retailerId);
  const isHere = operator !== undefined && deployed === undefined;
  const time = () => now ?? (isHere ? productTimeIn(path.resolve(data, 'clock.json')) : instantOf(Date.now()));
  const ours = operator !== undefined && retailerId !== undefined && { testAnswers: () => testAnswersOf(operator, retailerId) };
  // Of a deployed one only the API knows, and says so when the run is over.
  const known = isHere ? (await shopsIn(findRunningCloud(data).access)).find((shop) => shop.retailerId === retailerId) : undefined;
  if (known !== undefined) demandRegistered(known, { webhookUrl, apiUrl });
  print(`${webhookUrl}, and orders at ${apiUrl}/orders/{orderId}\n`);
  const tell = (found: Found) => print(findingInWords(inLanguage('en', found)));
  const report = reportOf(await runChecks({ webhookUrl, apiUrl, secrets: [...secrets], now: time, ...ours }, tell));
  print(`\n${resultInWords(report)}`);
  if (ours === false) print('Whether we take what you sign is seen when the operator makes the run (--retailer).');
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, undefined, 2)}\n`);
  if (!isPassed(report)) {
    process.exitCode = 1;
    if (known?.conformance !== undefined && known.disabled === undefined)
      print(`${known.retailerId} stays live: it passed ${known.conformance.passedAt} (product time).`);
  } else if (operator !== undefined && retailerId !== undefined) {
    await goLive(operator, retailerId, report);
    print(`${retailerId} is live: households' orders may go there.`);
  }
});

/** `npm run churn`: who will come again, how often and for how much, from nothing but when customers bought. */
import { writeFileSync } from 'node:fs';
import { runCommand } from '../commands/run-command.ts';
import { UsageError } from '../options.ts';
import { readOptions, usage } from './options.ts';
import { readEvents, readSummary } from './read-customers.ts';
import { resultOf, type Result } from './result.ts';

await runCommand(() => {
  const options = readOptions(process.argv.slice(2));
  const { summary, events, unit, end, json, ...asked } = options;
  if ((summary === undefined) === (events === undefined)) throw new UsageError(`Expected either --summary or --events.\n\n${usage}`);
  if (asked.k !== undefined && asked.model !== 'cnbdk') throw new UsageError(`Expected --model cnbdk beside --k: the others are without it.\n\n${usage}`);
  const customers = summary === undefined ? readEvents(events ?? '', unit, end) : readSummary(summary);
  const result = resultOf(customers, asked);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(result)}\n`);
  process.stdout.write(`${linesOf(result).join('\n')}\n`);
  return Promise.resolve();
});

function linesOf(result: Result): string[] {
  const { parameters, horizon, regularity, spend } = result;
  const digits = (value: number): string => value.toFixed(4);
  const alive = result.rows.reduce((sum, row) => sum + row.probabilityAlive, 0);
  return [
    `${result.customers} customers${result.end === undefined ? '' : ` up to ${result.end}`}${regularity === undefined ? '' : `, regularity ${regularity.toFixed(2)}`}`,
    ...result.compared.map(
      ({ model, k, logLikelihood, bic }) =>
        `  ${`${model}${model === 'cnbdk' ? ` k=${k}` : ''}`.padEnd(12)} LL ${logLikelihood.toFixed(2)}  BIC ${bic.toFixed(1)}`,
    ),
    `${result.model}: r ${digits(parameters.r)}  alpha ${digits(parameters.alpha)}  a ${digits(parameters.a)}  b ${digits(parameters.b)}`,
    ...(result.converged ? [] : ['  The likelihood still rises at the edge of what was searched: something never happens here, or all are alike.']),
    `still here: ${alive.toFixed(1)} of ${result.customers}; purchases to be expected within ${horizon}: ${result.expectedPurchases.toFixed(1)}`,
    ...(spend === undefined
      ? []
      : [
          `spend: p ${digits(spend.parameters.p)}  q ${digits(spend.parameters.q)}  gamma ${digits(spend.parameters.gamma)}  LL ${spend.logLikelihood.toFixed(2)} of ${spend.customers}`,
          `  a purchase of somebody unknown: ${spend.expectedSpendOfNew.toFixed(2)}; how often and how much go together by ${(spend.correlation ?? 0).toFixed(3)}`,
        ]),
  ];
}

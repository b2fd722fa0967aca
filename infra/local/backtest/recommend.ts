/** `npm run backtest -- --recommend`: which five products a household's next basket will hold, by ours and by popularity. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../options.ts';
import { fileThatIsThere, parsedBy } from './options.ts';
import { dayOf, readPurchases } from './read-purchases.ts';
import { recommendLines, recommendReport } from './recommend-table.ts';
import { runRecommend } from './recommend-run.ts';

export const recommendUsage = `npm run backtest -- --recommend --purchases FILE [options]
  --purchases FILE         real purchases: customer_id,date,basket_seq,item_id as CSV, also gzipped
  --split DATE             baskets from here on are predicted, each from the days before it (default 2012-08-01)
  --customers WHICH        even, odd or all, by their number (default all)
  --json OUT               writes everything that is printed as JSON`;

const FLAG = '--recommend';
export const asksForRecommendation = (args: readonly string[]): boolean => args.includes(FLAG);

const optionsSchema = z.strictObject({
  purchases: fileThatIsThere,
  split: z.iso.date('expected a date such as 2012-08-01').default('2012-08-01'),
  customers: z.enum(['even', 'odd', 'all'], 'expected even, odd or all').default('all'),
  json: z.string().optional(),
});

/** @throws UsageError */
export function backtestRecommendation(args: readonly string[]): void {
  const { purchases, split, customers, json } = parsedBy(
    optionsSchema,
    args.filter((arg) => arg !== FLAG),
    recommendUsage,
  );
  const read = readPurchases(purchases, (customer) => customers === 'all' || (Number(customer) % 2 === 0) === (customers === 'even'));
  const results = runRecommend(read.pairs, dayOf(split));
  if (results.length === 0) throw new UsageError(`${purchases}: no household has ten days of purchases before ${split} and one after.`);
  const report = recommendReport(results);
  process.stdout.write(`${recommendLines(report).join('\n')}\n`);
  if (json !== undefined)
    writeFileSync(json, `${JSON.stringify({ options: { purchases: path.basename(purchases), split, customers }, ...report }, null, 2)}\n`);
}

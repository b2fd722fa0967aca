/** `npm run priors`: learns from purchases how a supply begins of which nobody has said how fast it goes, and says what that is worth. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { fileThatIsThere, parsedBy } from '../backtest/options.ts';
import { readPurchases } from '../backtest/read-purchases.ts';
import { runCommand } from '../commands/run-command.ts';
import { UsageError } from '../options.ts';
import type { ColdStart } from './cold-start.ts';
import { tryPriors } from './hold-out.ts';
import { DAYS_BOUGHT_MIN, itemsOf, readCategories } from './items.ts';
import { learnPriors } from './learn.ts';
import { tableText } from './table-text.ts';

const usage = `npm run priors -- --purchases FILE [--categories FILE] [--origin TEXT] [--out FILE]
  --purchases FILE    real purchases: customer_id,date,basket_seq,item_id as CSV, also gzipped
  --categories FILE   item_id,category; without it one prior of anything is learnt
  --origin TEXT       where the purchases come from, for the table
  --out FILE          writes the table as shared/supply/prior/prior-table.ts holds it`;

const optionsSchema = z.strictObject({
  purchases: fileThatIsThere,
  categories: fileThatIsThere.optional(),
  origin: z.string().max(200).optional(),
  out: z.string().optional(),
});

await runCommand(() => {
  const options = parsedBy(optionsSchema, process.argv.slice(2), usage);
  const { pairs } = readPurchases(options.purchases);
  const items = itemsOf(pairs, readCategories(options.categories));
  if (items.length === 0) throw new UsageError(`${options.purchases}: no item was bought on ${DAYS_BOUGHT_MIN} days by a household.`);
  const learnt = learnPriors(items);
  const { any } = learnt;
  const lines = [any, ...learnt.rows].map((row) =>
    [
      row.category.padEnd(20),
      `a pack in ${(row.rateDays / row.shape).toFixed(0)} days`.padEnd(22),
      `shape ${row.shape.toFixed(2)}`.padEnd(14),
      `${row.items} items of ${row.households} households`,
    ].join(''),
  );
  process.stdout.write(`${lines.join('\n')}\n\n`);
  if (options.out !== undefined) writeFileSync(options.out, tableText(learnt, options.origin ?? path.basename(options.purchases)));
  process.stdout.write(`${triedLines(tryPriors(items)).join('\n')}\n`);
  return Promise.resolve();
});

function triedLines(tried: Readonly<Record<string, ColdStart>>): string[] {
  const head = ['the first ten uses from'.padEnd(26), 'bits of the first', 'bits a use', 'missed %', 'units held'].map((text) => text.padStart(20));
  const rows = Object.entries(tried).map(([name, { firstBits, bits, items, uses, tally }]) =>
    [
      name.padEnd(26),
      (firstBits / items).toFixed(3),
      (bits / uses).toFixed(3),
      ((100 * tally.missed) / tally.needs).toFixed(2),
      (tally.unitDays / tally.itemDays).toFixed(3),
    ].map((text) => text.padStart(20)),
  );
  return [
    'Learnt in four fifths of the households, tried in the last. Fewer bits: the day of the next use was less of a surprise.',
    ...[head, ...rows].map((row) => row.join('')),
  ];
}

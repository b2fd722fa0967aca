/** `npm run backtest -- --receipts FILE`: a household's own year, with and without us. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { fileThatIsThere, parsedBy, rangeOption } from '../options.ts';
import { sentencesOf, tableOf } from './in-words.ts';
import { pageOf } from './page.ts';
import { readReceipts } from './read-receipts.ts';
import { replay } from './replay.ts';
import { languageOfEnvironment } from './words.ts';

export const receiptsUsage = `npm run backtest -- --receipts FILE [options]
  --receipts FILE          your own receipts as CSV: date,item,quantity,price (2026-03-14,Milk,2,2.58: what was paid for both)
  --lead-time-days D|A-B   from the yes to the goods (default 2)
  --approval-hours H|A-B   until somebody says yes (default 0)
  --service-level P        how often it must be there: 0.8, 0.9, 0.95 or 0.99 (default 0.99)
  --delivery-fee EUROS     of one delivery (default 3.90)
  --json OUT               everything as JSON
  --html OUT               the same as a page
  --language de|en         of what is printed and of the page (default: that of your environment, LC_ALL, LC_MESSAGES or LANG)`;

export const asksForReceipts = (args: readonly string[]): boolean => args.some((arg) => arg === '--receipts' || arg.startsWith('--receipts='));

const optionsSchema = z.strictObject({
  receipts: fileThatIsThere,
  'lead-time-days': rangeOption(30).default({ least: 2, most: 2 }),
  'approval-hours': rangeOption(240).default({ least: 0, most: 0 }),
  'service-level': z
    .string()
    .default('0.99')
    .transform(Number)
    .refine((level) => level >= 0.5 && level <= 0.999, 'expected a share from 0.5 to 0.999, such as 0.95'),
  'delivery-fee': z
    .string()
    .regex(/^\d{1,3}(\.\d{1,2})?$/, 'expected euros such as 3.90')
    .default('3.90'),
  json: z.string().optional(),
  html: z.string().optional(),
  language: z.enum(['de', 'en'], 'expected de or en').optional(),
});

/** @throws UsageError */
export function backtestReceipts(args: readonly string[]): void {
  const options = parsedBy(optionsSchema, args, receiptsUsage);
  const replayed = replay(readReceipts(options.receipts), {
    delays: { leadTimeDays: options['lead-time-days'], approvalHours: options['approval-hours'] },
    serviceLevel: options['service-level'],
    deliveryFeeMinor: Math.round(Number(options['delivery-fee']) * 100),
  });
  const language = options.language ?? languageOfEnvironment(process.env);
  process.stdout.write(`${[...sentencesOf(replayed, language), '', ...tableOf(replayed.items, language)].join('\n')}\n`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ receipts: path.basename(options.receipts), ...replayed }, null, 2)}\n`);
  if (options.html !== undefined) writeFileSync(options.html, pageOf(replayed, language));
}

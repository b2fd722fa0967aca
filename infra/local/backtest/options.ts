/** What stands behind `npm run backtest --`. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { UsageError } from '../options.ts';

export const usage = `npm run backtest -- --purchases FILE [options]
  --purchases FILE         real purchases: customer_id,date,basket_seq,item_id as CSV, also gzipped
  --split DATE             parameters rest on what was bought before; it is tested on what came after (default 2012-08-01)
  --scenario NAME          purchases (nothing senses the shelf) or sensor (default purchases)
  --lead-time-days D|A-B   from the yes to the goods, fixed or drawn anew for every order (default 3)
  --approval-hours H|A-B   until somebody says yes (default 0)
  --customers WHICH        even, odd or all, by their number (default all)
  --json OUT               writes everything that is printed, and more, as JSON
  --svg DIR                draws the trade-off curve and the calibration
npm run backtest -- --heat FILE [--json OUT] [--svg DIR] forecasts what one house's heating uses: date,heat_kwh
npm run backtest -- --recommend --purchases FILE [--split DATE] [--json OUT] foretells the next basket by five products
npm run backtest -- --receipts FILE [--html OUT] says what would have happened in a household's own year: date,item,quantity,price`;

export const rangeSchema = z.strictObject({ least: z.number(), most: z.number() });
export type Range = z.infer<typeof rangeSchema>;

/** `3`, or `1-5`. */
export const rangeOption = (most: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?(-\d+(\.\d+)?)?$/, 'expected a number such as 3, or a range such as 1-5')
    .transform((text): Range => {
      const [least = 0, last = least] = text.split('-').map(Number);
      return { least, most: last };
    })
    .refine(({ least, most: last }) => least <= last && last <= most, `expected at most ${most}, the smaller number first`);

export const fileThatIsThere = z.string().transform((file, context) => {
  if (existsSync(file)) return path.resolve(file);
  context.addIssue(`there is no file ${file}`);
  return z.NEVER;
});

const optionsSchema = z.strictObject({
  purchases: fileThatIsThere,
  split: z.iso.date('expected a date such as 2012-08-01').default('2012-08-01'),
  scenario: z.enum(['purchases', 'sensor'], 'expected purchases or sensor').default('purchases'),
  'lead-time-days': rangeOption(30).default({ least: 3, most: 3 }),
  'approval-hours': rangeOption(240).default({ least: 0, most: 0 }),
  customers: z.enum(['even', 'odd', 'all'], 'expected even, odd or all').default('all'),
  json: z.string().optional(),
  svg: z.string().optional(),
});
export type Options = z.infer<typeof optionsSchema>;

/** @throws UsageError */
export const readOptions = (args: readonly string[]): Options => parsedBy(optionsSchema, args, usage);

/** Reads options that all take a value. @throws UsageError with each that is wrong, and how it is used */
export function parsedBy<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, args: readonly string[], howToUse: string): z.output<z.ZodObject<Shape>> {
  const options = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, { type: 'string' } as const]));
  try {
    return schema.parse(parseArgs({ args: [...args], options }).values);
  } catch (error) {
    const sentences =
      error instanceof z.ZodError
        ? error.issues.map(({ path: [name], code, message }) => (code === 'invalid_type' ? `--${String(name)} is missing.` : `--${String(name)}: ${message}`))
        : [error instanceof Error ? error.message : String(error)];
    throw new UsageError(`${sentences.join('\n')}\n\n${howToUse}`);
  }
}

/** What stands behind `npm run churn --`. */
import { z } from 'zod';
import { modelNames } from '../../../shared/journey/churn/purchase-model.ts';
import { K_MAX } from '../../../shared/journey/churn/fit-purchases.ts';
import { fileThatIsThere, parsedBy } from '../backtest/options.ts';

export const usage = `npm run churn -- --summary FILE | --events FILE [options]
  --summary FILE  a line for each customer: frequency,recency,T[,monetary_value] or x,t.x,T[,litt][,m.x]; also gzipped; other columns are left alone
  --events FILE   a line for each purchase: customer,date[,amount]; purchases of a day are one, and the first is the beginning
  --unit U        day or week: of times made from events (default week)
  --end DATE      the last day that was seen, for events (default the last date in the file)
  --model NAME    bgnbd, mbgnbd or cnbdk; without it all three are fitted, and the one with the least BIC is used
  --k N           how evenly, for cnbdk: 1 to ${K_MAX} (default the likeliest)
  --horizon N     purchases to be expected within N units of time (default 52)
  --json OUT      writes everything as JSON`;

const number = (expected: string, schema: z.ZodNumber) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, expected)
    .transform(Number)
    .pipe(schema);

const optionsSchema = z.strictObject({
  summary: fileThatIsThere.optional(),
  events: fileThatIsThere.optional(),
  unit: z.enum(['day', 'week'], 'expected day or week').default('week'),
  end: z.iso.date('expected a date such as 2026-06-30').optional(),
  model: z.enum(modelNames, `expected ${modelNames.join(', ')}`).optional(),
  k: number(`expected a whole number from 1 to ${K_MAX}`, z.int(`expected a whole number from 1 to ${K_MAX}`).min(1).max(K_MAX)).optional(),
  horizon: number('expected a number of units of time such as 52', z.number().positive('expected more than 0').max(100_000, 'expected at most 100000')).default(
    52,
  ),
  json: z.string().optional(),
});
export type Options = z.infer<typeof optionsSchema>;

/** @throws UsageError */
export const readOptions = (args: readonly string[]): Options => parsedBy(optionsSchema, args, usage);

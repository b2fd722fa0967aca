/** What stands behind `npm run attribution --`. */
import { z } from 'zod';
import { modelNames } from '../../../shared/journey/attribution/attribution.ts';
import { orders, type Order } from '../../../shared/journey/attribution/graph.ts';
import { HALF_LIFE_STEPS } from '../../../shared/journey/attribution/shares.ts';
import { fileThatIsThere, parsedBy } from '../backtest/options.ts';
import { UsageError } from '../options.ts';

export const usage = `npm run attribution -- --paths FILE --model NAME [options]
  --paths FILE    touch paths: path,total_conversions[,total_conversion_value][,total_null] as CSV, also gzipped; steps are set apart by >
  --model NAME    ${modelNames.join(', ')}
  --order N       of markov: how many touches it remembers, 1 to 4 (default 1)
  --no-null       leaves paths aside that did not convert
  --half-life N   of decay: in so many touches one loses half its weight (default ${HALF_LIFE_STEPS})
  --json OUT      writes the result as JSON
npm run attribution -- --paths FILE --all [options] compares all models, and says which order foretells best and what channels do for each other
  --draws N       for the intervals of markov, 0 to 1000 (default 100)
  --seed N        the same draws for the same number (default 1)
  --svg DIR       draws the comparison`;

const whole = (least: number, most: number) => {
  const expected = `expected a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .pipe(z.int(expected).min(least, expected).max(most, expected));
};
const optionsSchema = z.strictObject({
  paths: fileThatIsThere,
  model: z.enum(modelNames, `expected ${modelNames.join(', ')}`).optional(),
  order: z
    .string()
    .transform((text, context): Order => {
      const order = orders.find((one) => String(one) === text);
      if (order !== undefined) return order;
      context.addIssue('expected a whole number from 1 to 4');
      return z.NEVER;
    })
    .optional(),
  'half-life': z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'expected a number of touches such as 1')
    .transform(Number)
    .pipe(z.number().positive('expected more than 0').max(1_000, 'expected at most 1000'))
    .default(HALF_LIFE_STEPS),
  draws: whole(0, 1_000).default(100),
  seed: whole(0, 999_999_999).default(1),
  json: z.string().optional(),
  svg: z.string().optional(),
});
const FLAGS = ['--no-null', '--all'];

export interface Options extends z.infer<typeof optionsSchema> {
  readonly all: boolean;
  readonly withNulls: boolean;
}

/** @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  const options = parsedBy(
    optionsSchema,
    args.filter((word) => !FLAGS.includes(word)),
    usage,
  );
  const all = args.includes('--all');
  if (all === (options.model !== undefined)) throw new UsageError(`Expected either --model or --all.\n\n${usage}`);
  if (options.svg !== undefined && !all) throw new UsageError(`Expected --all beside --svg: it draws the comparison.\n\n${usage}`);
  return { ...options, all, withNulls: !args.includes('--no-null') };
}
